"""Transfers by year, and from group to group."""

from collections import Counter
from dataclasses import astuple

import pytest
from hypothesis import given

from server.measures.flows import by_year, flows, flows_among
from server.measures.network import Transfer, counts
from tests.measures import drawn, mission
from tests.measures.drawn import CITIES, a_transfer

COUNTRIES = {city.slug: city.country for city in CITIES.values()}


def test_years_come_in_order_and_the_undated_stand_apart() -> None:
    transfers = [a_transfer("a", "b"), a_transfer("ac", "d", 2003), a_transfer("a", "d", 2001, kind="TWINNING"), a_transfer("a", "e", 2003)]

    found = by_year(transfers)

    assert [astuple(year) for year in found] == [(2001, 1, 0, 1, 1, 0), (2003, 2, 2, 2, 2, 1), (None, 1, 1, 1, 1, 0)]


def test_a_transfer_with_two_givers_of_one_country_is_one_transfer_from_there() -> None:
    found = flows([a_transfer("ab", "h"), a_transfer("ah", "b", kind="INSPIRATION")], COUNTRIES)

    assert [astuple(flow) for flow in found.rows] == [("x", "x", 1, 0), ("x", "y", 1, 1), ("y", "x", 1, 0)]
    assert found.ungrouped == 0


def test_the_largest_flow_comes_first() -> None:
    found = flows([a_transfer("a", "b"), a_transfer("h", "a"), a_transfer("g", "a")], COUNTRIES)

    assert [(flow.giving, flow.receiving, flow.transfers) for flow in found.rows] == [("y", "x", 2), ("x", "x", 1)]


def test_a_transfer_with_an_end_of_no_known_group_is_counted_apart() -> None:
    found = flows([a_transfer("a", "h"), a_transfer("ab", "h"), a_transfer("b", "c")], {"b": "x", "h": "y"})

    assert [astuple(flow) for flow in found.rows] == [("x", "y", 1, 1)]
    assert found.ungrouped == 2


def test_a_city_of_two_networks_stands_in_the_flows_of_both() -> None:
    found = flows_among([a_transfer("a", "b")], {"a": ("c40", "viable"), "b": ("viable",)})

    assert [(flow.giving, flow.receiving) for flow in found.rows] == [("c40", "viable"), ("viable", "viable")]


@given(drawn.transfers())
def test_years_add_up_to_all_transfers(transfers: list[Transfer]) -> None:
    found = by_year(transfers)

    assert {year.year: year.transfers for year in found} == Counter(transfer.year for transfer in transfers)
    assert sum(year.counting for year in found) == sum(map(counts, transfers))


@given(drawn.transfers())
def test_flows_are_the_distinct_pairs_of_groups_of_each_transfer(transfers: list[Transfer]) -> None:
    pairs = Counter(
        pair for transfer in transfers for pair in {(COUNTRIES[giver], COUNTRIES[transfer.target]) for giver in transfer.givers}
    )

    found = flows(transfers, COUNTRIES)

    assert {(flow.giving, flow.receiving): flow.transfers for flow in found.rows} == pairs


def test_the_missions_transfers_without_a_year_are_154() -> None:
    found = by_year(mission.transfers())

    assert (found[-1].year, found[-1].transfers) == (None, 154)
    assert sum(year.transfers for year in found) == 1085


def test_the_missions_largest_flow_stays_in_one_country() -> None:
    found = flows(mission.transfers(), {city.slug: city.country for city in mission.cities().values()})

    assert found.rows[0].giving == found.rows[0].receiving
    assert found.ungrouped == 0


@pytest.mark.parametrize("amount", [0, 1])
def test_no_transfer_makes_no_flow(amount: int) -> None:
    assert len(flows([a_transfer("a", "b")] * amount, COUNTRIES).rows) == amount
