"""The network in figures: worked by hand, and a second time with networkx."""

import math
import statistics
from collections.abc import Collection
from fractions import Fraction

import networkx as nx
import pytest
from hypothesis import given

from server.measures.brokers import Broker, betweenness_of, credit_of
from server.measures.network import Transfer
from server.measures.overview import NetworkOverview, against_the_rest, gini, overview, reciprocity, small_city_share
from tests.measures import drawn, mission
from tests.measures.drawn import a_transfer, chain


def expected_reciprocity(transfers: Collection[Transfer]) -> float | None:
    ties = [(giver, transfer.target) for transfer in transfers for giver in transfer.givers]
    pairs = {frozenset(tie) for tie in ties if len(set(tie)) == 2}
    mutual = {pair for pair in pairs if len({tie for tie in ties if set(tie) == pair}) == 2}
    return len(mutual) / len(pairs) if pairs else None


def expected_gini(amounts: Collection[Fraction]) -> float | None:
    size, exact = len(amounts), [float(amount) for amount in amounts]
    apart = math.fsum(abs(one - other) for one in exact for other in exact)
    return apart / (2 * size**2 * statistics.fmean(exact)) if amounts else None


def expected_credit(transfers: Collection[Transfer]) -> dict[str, Fraction]:
    credit = {city: Fraction() for transfer in transfers for city in (*transfer.givers, transfer.target)}
    for transfer in transfers:
        for giver in transfer.givers:
            credit[giver] += Fraction(1, len(transfer.givers))
    return credit


def expected_betweenness(transfers: Collection[Transfer]) -> dict[str, float]:
    graph = nx.DiGraph([(giver, transfer.target) for transfer in transfers for giver in transfer.givers])
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return dict(nx.betweenness_centrality(graph, normalized=True)) if len(graph) > 2 else {}


def check(transfers: Collection[Transfer]) -> NetworkOverview:
    found = overview(transfers)
    credit = expected_credit(transfers)
    between = {city: value for city, value in expected_betweenness(transfers).items() if value > 0}

    assert found.reciprocity == pytest.approx(expected_reciprocity(transfers))
    assert found.source_gini == pytest.approx(expected_gini(credit.values()))
    assert {broker.city: broker.betweenness for broker in found.brokers} == pytest.approx(between)
    assert {broker.city: broker.credit for broker in found.brokers} == pytest.approx({city: float(credit[city]) for city in between})
    order = [(-broker.betweenness, broker.city) for broker in found.brokers]
    assert order == sorted(order)
    for broker in found.brokers:
        assert broker.given == sum(broker.city in transfer.givers for transfer in transfers)
        assert broker.received == sum(broker.city == transfer.target for transfer in transfers)
    return found


def test_without_transfers_nothing_is_made_up() -> None:
    assert overview([]) == NetworkOverview(0, 0, 0, None, None, 0, 0, ())


def test_two_cities_have_no_broker() -> None:
    found = overview(chain("aba", 2001))

    assert (found.reciprocity, found.source_gini, found.brokers) == (1.0, 0.0, ())


def test_a_city_that_only_gave_to_itself_makes_no_pair() -> None:
    found = overview([a_transfer("a", "a")])

    assert (found.reciprocity, found.source_gini, found.giving_cities, found.receiving_cities) == (None, 0.0, 1, 1)


def test_reciprocity_is_the_share_of_pairs_with_transfers_both_ways() -> None:
    # a-b both ways and b-c both ways, a-c and c-d one way: two of four; a second a-b changes nothing.
    transfers = [*chain("abcb"), a_transfer("b", "a"), a_transfer("a", "c"), a_transfer("c", "d"), a_transfer("a", "b", slug="again")]

    assert reciprocity(transfers) == 0.5


def test_each_of_several_givers_has_its_part_of_the_credit() -> None:
    credit = credit_of([a_transfer("abcd", "e"), a_transfer("ab", "f"), a_transfer("a", "g")])

    assert credit == {"a": 1.75, "b": 0.75, "c": 0.25, "d": 0.25}


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([], None),
        ([0.0, 0.0], None),
        ([2.0], 0.0),
        ([3.0, 3.0, 3.0], 0.0),
        # One of four has it all: 2×3×1 / (2×16×¼) = 6/8.
        ([0.0, 0.0, 0.0, 1.0], 0.75),
        # 1, 2, 3: twice (1 + 2 + 1) = 8, by 2×9×2 = 36.
        ([3.0, 1.0, 2.0], 8 / 36),
    ],
)
def test_gini_is_zero_for_equals_and_nears_one_for_one_who_has_it_all(amounts: list[float], expected: float | None) -> None:
    assert gini(amounts) == pytest.approx(expected)


def test_betweenness_is_the_share_of_ordered_pairs_of_others() -> None:
    # In a-b-c-d, b lies on a-c and a-d, c on a-d and b-d: 2 of 3×2 pairs each.
    assert betweenness_of(chain("abcd")) == pytest.approx({"a": 0, "b": 1 / 3, "c": 1 / 3, "d": 0})


def test_equal_brokers_stand_by_slug() -> None:
    ways = [transfer for middle in "gcebd" for transfer in chain(f"a{middle}h")]

    found = overview(ways).brokers

    # One pair (a, h) with five shortest paths, among seven cities: 1/5 of 1 by 6×5.
    assert [broker.city for broker in found] == list("bcdeg")
    assert {broker.betweenness for broker in found} == {0.00666666666667}


def test_a_broker_says_what_it_gave_received_and_is_credited_with() -> None:
    (broker,) = overview([a_transfer("a", "b"), a_transfer("bc", "d"), a_transfer("b", "e")]).brokers

    # b lies on a-d and a-e, 2 of 4×3 pairs.
    assert broker == Broker("b", betweenness=0.166666666667, given=2, received=1, credit=1.5)


def test_a_member_is_told_from_the_rest_by_what_it_gave_or_received() -> None:
    transfers = [*chain("abcde"), a_transfer("hb", "g")]

    found = against_the_rest(transfers, {"b"})

    assert found.members == overview([transfers[0], transfers[1], transfers[4]])
    assert found.rest == overview([transfers[2], transfers[3]])


def test_the_share_of_small_cities_leaves_out_givers_of_unknown_population() -> None:
    transfers = [a_transfer("ab", "h"), a_transfer("b", "g"), a_transfer("c", "g"), a_transfer("de", "a")]

    found = small_city_share(transfers, {"a": 249_999, "b": 250_000, "c": None, "d": 1_000, "h": 5})

    # a ½ and d ½ of a ½, b 1½ and d ½; c and e are unknown.
    assert (found.share, found.small_cities, found.known_cities, found.unknown_cities) == (0.4, 2, 3, 2)


def test_the_share_of_small_cities_is_unknown_where_no_population_is() -> None:
    assert small_city_share(chain("abc"), {}).share is None


@given(drawn.transfers())
def test_a_drawn_network_has_the_figures_networkx_finds(transfers: list[Transfer]) -> None:
    check(transfers)


@given(drawn.transfers())
def test_an_overview_does_not_depend_on_the_order_in_which_transfers_come(transfers: list[Transfer]) -> None:
    one, other = overview(transfers), overview(transfers[::-1])

    assert (one, one.brokers) == (other, other.brokers)


def test_the_missions_network_has_the_figures_networkx_finds() -> None:
    found = check([transfer for transfer in mission.transfers() if transfer.claim_level != "INFERRED"])

    assert (found.transfers, found.giving_cities, found.receiving_cities) == (1074, 254, 623)
    assert (found.missing_years, found.joint, len(found.brokers)) == (149, 300, 152)
    # 14 pairs of 1,748 went both ways.
    assert found.reciprocity == pytest.approx(14 / 1748)
    assert found.source_gini == pytest.approx(0.8332, abs=5e-5)
    assert [broker.city for broker in found.brokers[:3]] == ["malmo", "milan", "barcelona"]


def test_a_joint_attribution_of_nine_givers_makes_nine_ninths_of_credit() -> None:
    (transfer,) = (each for each in mission.transfers() if each.slug == "viable-cities-climate-neutral-2030--boras--climate-city-contract")

    credit = credit_of([transfer])

    assert set(credit.values()) == {1 / 9}
    assert sum(credit.values()) == pytest.approx(1)
    assert overview([transfer]).joint == 1
