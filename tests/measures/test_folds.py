"""Lineages folded from country to country."""

from collections import Counter

from hypothesis import given

from server.measures.folds import Fold, fold
from server.measures.lineage import lineage
from server.measures.network import Transfer, counts
from tests.measures import drawn, mission
from tests.measures.drawn import CITIES, a_transfer, chain


def folded(transfers: list[Transfer]) -> tuple[Fold, ...]:
    found = lineage(transfers, CITIES, first_year=None, earliest_pilot_year=None)
    return fold(found.steps, {each.slug: each for each in transfers}, CITIES)


def test_steps_of_one_generation_and_pair_of_countries_are_one_fold() -> None:
    # a, b and c lie in x; d and e in y.
    found = folded(
        [a_transfer("a", "b", 2001), a_transfer("a", "c"), a_transfer("a", "d", 2000), a_transfer("d", "e", 1999, kind="TWINNING")]
    )

    assert found == (
        Fold(1, "x", "x", transfers=2, counting=2, cities=2, joint=0, first_year=2001, missing_years=1),
        Fold(1, "x", "y", transfers=1, counting=1, cities=1, joint=0, first_year=2000, missing_years=0),
        Fold(2, "y", "y", transfers=1, counting=0, cities=1, joint=0, first_year=1999, missing_years=0),
    )


def test_a_step_with_givers_of_two_countries_stands_in_the_fold_of_each_once() -> None:
    found = folded([a_transfer("abd", "e")])

    assert [(each.giving, each.receiving, each.transfers, each.joint) for each in found] == [("x", "y", 1, 1), ("y", "y", 1, 1)]


def test_the_largest_fold_of_a_generation_comes_first() -> None:
    found = folded([a_transfer("d", "a"), a_transfer("d", "e"), a_transfer("d", "f"), *chain("eb")])

    assert [(each.generation, each.giving, each.receiving, each.transfers) for each in found] == [
        (1, "y", "y", 2),
        (1, "y", "x", 1),
        (2, "y", "x", 1),
    ]


def test_a_lineage_without_transfers_has_no_folds() -> None:
    assert folded([]) == ()


@given(drawn.transfers())
def test_every_pair_of_countries_has_as_many_steps_folded_as_led_from_one_to_the_other(transfers: list[Transfer]) -> None:
    pairs, counting = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for each in transfers:
        own = {(CITIES[giver].country, CITIES[each.target].country) for giver in each.givers}
        pairs.update(own)
        counting.update(own if counts(each) else ())

    found = folded(transfers)

    assert Counter({pair: sum(each.transfers for each in found if (each.giving, each.receiving) == pair) for pair in pairs}) == pairs
    assert sum(each.counting for each in found) == counting.total()
    assert [each.place for each in found] == sorted({each.place for each in found})


def test_the_missions_lineages_fold_into_as_many_steps_as_their_countries_had() -> None:
    cities = mission.cities()
    for transfers in mission.lineages(include_inferred=True).values():
        steps = lineage(transfers, cities, first_year=None, earliest_pilot_year=None).steps

        found = fold(steps, {each.slug: each for each in transfers}, cities)

        assert sum(each.transfers for each in found) == sum(len({cities[giver].country for giver in each.givers}) for each in transfers)
