"""Lineages worked by hand: roots, generations, figures, violations."""

import pytest

from server.measures.lineage import Lineage, lineage
from server.measures.network import Transfer
from server.measures.virality import structural_virality
from tests.measures import mission
from tests.measures.drawn import CITIES, a_transfer, chain


def traced(*transfers: Transfer, first_year: int | None = None, earliest_pilot_year: int | None = None) -> Lineage:
    return lineage(transfers, CITIES, first_year=first_year, earliest_pilot_year=earliest_pilot_year)


def steps(found: Lineage) -> list[tuple[int, str]]:
    return [(step.generation, step.transfer) for step in found.steps]


def test_without_transfers_everything_is_zero_or_unknown_and_censored() -> None:
    found = traced(first_year=1999)

    assert (found.roots, found.steps, found.violations) == ((), (), ())
    measures = found.measures
    assert (measures.cities, measures.countries, measures.depth, measures.width, measures.missing_years) == (0, 0, 0, 0, 0)
    assert (measures.structural_virality, measures.time_to_first_transfer_years, measures.censored) == (None, None, True)


def test_roots_give_and_never_receive_in_each_component() -> None:
    found = traced(*chain("abc", 2000), a_transfer("h", "g"), a_transfer("f", "g"))

    assert found.roots == ("a", "f", "h")


def test_a_circle_starts_at_all_givers_of_its_earliest_year() -> None:
    found = traced(a_transfer("a", "b", 2003), a_transfer("b", "c", 2001), a_transfer("cd", "a", 2001), a_transfer("a", "d"))

    assert found.roots == ("b", "c", "d")


def test_a_circle_without_a_year_starts_at_the_giver_with_the_first_slug() -> None:
    found = traced(a_transfer("c", "b"), a_transfer("b", "c"), a_transfer("b", "a"))

    assert found.roots == ("b",)


def test_a_city_that_gave_to_itself_is_no_root_beside_one_that_never_received() -> None:
    found = traced(a_transfer("a", "a", 1999), a_transfer("a", "c", 2001), a_transfer("b", "c", 2001))

    assert found.roots == ("b",)


def test_a_step_is_one_generation_after_its_nearest_giver() -> None:
    found = traced(*chain("abcd"), a_transfer("ad", "e", degree="HYBRIDISATION"), a_transfer("d", "e"))

    assert steps(found) == [(1, "a-b"), (1, "ad-e"), (2, "b-c"), (3, "c-d"), (4, "d-e")]
    # e is one transfer away from a, so the highest generation of a city is d's.
    assert (found.measures.depth, found.measures.width) == (3, 2)


def test_steps_come_by_generation_then_year_with_undated_last_then_slug() -> None:
    found = traced(
        a_transfer("a", "b"), a_transfer("a", "e", 2002), a_transfer("a", "d", 2002), a_transfer("a", "c", 2010), a_transfer("b", "f", 1990)
    )

    assert steps(found) == [(1, "a-d"), (1, "a-e"), (1, "a-c"), (1, "a-b"), (2, "b-f")]


def test_a_circle_that_no_root_reaches_starts_at_its_earliest_givers_and_adds_no_root() -> None:
    found = traced(a_transfer("a", "b", 2005), a_transfer("d", "c", 2004), a_transfer("c", "d", 2003), a_transfer("d", "b", 2006))

    assert found.roots == ("a",)
    assert steps(found) == [(1, "c-d"), (1, "a-b"), (2, "d-c"), (2, "d-b")]


def test_joint_attribution_is_marked_on_the_step() -> None:
    found = traced(a_transfer("ab", "c"), a_transfer("ab", "d", degree="HYBRIDISATION"))

    assert [(step.transfer, step.joint) for step in found.steps] == [("ab-c", True), ("ab-d", False)]


def test_countries_are_counted_once_and_only_where_known() -> None:
    found = traced(a_transfer("a", "b"), a_transfer("b", "d"), a_transfer("b", "nowhere"))

    assert (found.measures.cities, found.measures.countries) == (4, 2)


@pytest.mark.parametrize(
    ("transfers", "expected"),
    [
        ([], None),
        ([a_transfer("a", "a")], None),
        ([a_transfer("a", "a"), a_transfer("b", "b")], None),
        (chain("ab"), 1.0),
        # a-b 1, b-c 1, a-c 2: 4 over 3 pairs.
        (chain("abc"), 4 / 3),
        # A star of five: 4 pairs at 1, 6 at 2: 16 over 10.
        ([a_transfer("a", taker) for taker in "bcde"], 1.6),
        # A chain of five: 4×1 + 3×2 + 2×3 + 1×4 = 20 over 10.
        (chain("abcde"), 2.0),
        # Two pairs that know nothing of each other, and each way counts once.
        ([*chain("aba"), a_transfer("c", "d")], 1.0),
    ],
)
def test_structural_virality_is_the_mean_distance_over_connected_pairs(transfers: list[Transfer], expected: float | None) -> None:
    assert structural_virality(transfers) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("first_year", "pilot_year", "expected"), [(1998, 1990, 4), (None, 1999, 3), (None, None, None), (2002, None, 0), (2003, 1990, None)]
)
def test_time_to_first_transfer_runs_from_the_first_use(first_year: int | None, pilot_year: int | None, expected: int | None) -> None:
    found = traced(a_transfer("a", "b"), a_transfer("a", "c", 2002), first_year=first_year, earliest_pilot_year=pilot_year)

    assert found.measures.time_to_first_transfer_years == expected
    assert (found.measures.censored, found.measures.missing_years) == (False, 1)


def test_undated_transfers_alone_leave_the_time_unknown_and_are_not_censored() -> None:
    found = traced(a_transfer("a", "b"), first_year=1998)

    assert (found.measures.time_to_first_transfer_years, found.measures.censored) == (None, False)


def test_a_city_cannot_give_before_it_first_received() -> None:
    found = traced(a_transfer("a", "b", 2010), a_transfer("c", "b", 2012), a_transfer("b", "d", 2009), a_transfer("b", "e", 2010))

    assert [(violation.kind, violation.transfer, violation.city) for violation in found.violations] == [("BACKWARDS", "b-d", "b")]
    assert found.violations[0].message == "b is said to have given in 2009, but to have received in 2010 at the earliest."


def test_a_root_of_a_circle_may_give_before_it_received() -> None:
    found = traced(a_transfer("a", "b", 2001), a_transfer("b", "a", 2004))

    assert (found.roots, found.violations) == (("a",), ())


def test_each_giver_of_a_step_is_looked_at() -> None:
    found = traced(a_transfer("a", "b", 2010), a_transfer("a", "c", 2011), a_transfer("bca", "d", 2000))

    assert [violation.city for violation in found.violations] == ["b", "c"]


def test_a_generation_without_a_year_is_told() -> None:
    found = traced(a_transfer("a", "b", 2001), a_transfer("a", "e"), a_transfer("b", "c"), a_transfer("b", "d"), a_transfer("c", "f", 2002))

    assert [(violation.kind, violation.transfer, violation.city) for violation in found.violations] == [("UNDATED_GENERATION", None, None)]
    assert found.violations[0].message == "None of the 2 steps of generation 2 has a year, so its place in time cannot be checked."


def test_a_first_use_after_the_first_transfer_is_told() -> None:
    found = traced(a_transfer("a", "b", 2001), a_transfer("a", "c", 2000), first_year=2003)

    assert [(violation.kind, violation.transfer, violation.city) for violation in found.violations] == [
        ("FIRST_USE_AFTER_TRANSFER", "a-c", None)
    ]
    assert found.violations[0].message == "The first use is said to be in 2003, but c received it in 2000 already."


def test_the_congestion_charge_is_one_chain_only_with_the_inferred_step() -> None:
    told, all_of_it = (mission.lineages(include_inferred=inferred)["congestion-charge"] for inferred in (False, True))

    without, with_inferred = (lineage(found, mission.cities(), first_year=1975, earliest_pilot_year=None) for found in (told, all_of_it))

    assert without.roots == ("durham", "edinburgh", "singapore", "stockholm")
    assert (len(without.steps), without.measures.cities, without.measures.countries) == (9, 9, 6)
    assert (without.measures.depth, without.measures.width, without.measures.missing_years) == (1, 5, 1)
    # Distances over 36 pairs add up to 78.
    assert without.measures.structural_virality == pytest.approx(78 / 36)
    assert with_inferred.roots == ("durham", "singapore")
    assert (len(with_inferred.steps), with_inferred.measures.cities, with_inferred.measures.countries) == (13, 11, 7)
    assert (with_inferred.measures.depth, with_inferred.measures.width, with_inferred.measures.missing_years) == (3, 5, 2)
    assert with_inferred.measures.structural_virality == pytest.approx(111 / 55)
    # Singapore charged in 1975, London followed in 2003.
    assert with_inferred.measures.time_to_first_transfer_years == 28


def test_twenty_seven_of_the_missions_lineages_are_two_generations_deep() -> None:
    lineages = mission.lineages(include_inferred=False).values()

    depths = [lineage(found, mission.cities(), first_year=None, earliest_pilot_year=None).measures.depth for found in lineages]

    assert sum(depth >= 2 for depth in depths) == 27
