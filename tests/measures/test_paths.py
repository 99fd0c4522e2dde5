"""Replication paths: worked by hand, and against all simple paths of networkx."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.measures.network import Transfer
from server.measures.paths import FoundPaths, PathFinder, PathOptions
from tests.measures import mission
from tests.measures.drawn import a_transfer, chain
from tests.measures.path_oracle import all_paths
from tests.measures.synthetic import network

EVERYTHING = PathOptions(max_transfers=6, same_innovation=False, include_inferred=True, include_failed=True, first=100)


def found(transfers: list[Transfer], ends: str, **options: object) -> list[str]:
    """The cities of the paths between two one-letter cities."""
    answer = PathFinder(transfers).find(ends[0], ends[1], PathOptions(**options))  # type: ignore[arg-type]
    return ["".join(path.cities) for path in answer.paths]


def as_found(answer: FoundPaths) -> list[tuple[int, bool, tuple[str, ...], tuple[str, ...]]]:
    return [(len(path.transfers), not path.time_respecting, path.cities, path.transfers) for path in answer.paths]


def test_shorter_paths_come_first_and_then_those_that_respect_time() -> None:
    transfers = [*chain("abd", 2010), a_transfer("a", "c", 2012), a_transfer("c", "d", 2011), a_transfer("a", "d")]

    assert found(transfers, "ad") == ["ad", "abd", "acd"]


def test_an_untimely_path_comes_after_a_timely_one_with_later_slugs() -> None:
    transfers = [a_transfer("a", "b", 2012), a_transfer("b", "d", 2011), a_transfer("a", "c", 2011), a_transfer("c", "d", 2012)]

    assert found(transfers, "ad") == ["acd", "abd"]


def test_an_undated_step_keeps_a_path_from_respecting_time_and_is_counted() -> None:
    transfers = [a_transfer("a", "b", 2010), a_transfer("b", "c")]

    answer = PathFinder(transfers).find("a", "c", PathOptions())

    assert (answer.paths[0].time_respecting, answer.paths[0].undated_steps, answer.undated_steps) == (False, 1, 1)
    assert found(transfers, "ac", time_respecting=True) == []


def test_two_steps_of_one_year_respect_time() -> None:
    assert found([a_transfer("a", "b", 2010), a_transfer("b", "c", 2010)], "ac", time_respecting=True) == ["abc"]


def test_parallel_transfers_make_a_path_each() -> None:
    transfers = [a_transfer("a", "b", 2010, slug=slug) for slug in ("t2", "t1")] + [a_transfer("b", "c", 2011, slug="t0")]

    answer = PathFinder(transfers).find("a", "c", PathOptions())

    assert [path.transfers for path in answer.paths] == [("t1", "t0"), ("t2", "t0")]


def test_of_parallel_transfers_only_those_in_time_make_a_timely_path() -> None:
    transfers = [a_transfer("a", "b", year, slug=f"ab{year}") for year in (2009, 2012)]
    transfers += [a_transfer("b", "c", year, slug=f"bc{year}") for year in (2008, 2010)]

    answer = PathFinder(transfers).find("a", "c", PathOptions(time_respecting=True))

    assert [path.transfers for path in answer.paths] == [("ab2009", "bc2010")]


def test_no_city_is_passed_twice() -> None:
    assert found([*chain("aba"), a_transfer("b", "c", slug="out")], "ac") == ["abc"]


def test_a_transfer_within_one_city_is_no_step_but_its_other_givers_are() -> None:
    assert found([a_transfer("ab", "b"), a_transfer("b", "c")], "ac") == ["abc"]


def test_every_giver_of_a_joint_transfer_begins_a_path_and_its_step_says_so() -> None:
    transfers = [a_transfer("xya", "b"), a_transfer("bz", "c", degree="HYBRIDISATION")]

    answer = PathFinder(transfers).find("y", "c", PathOptions())

    assert [(path.cities, path.joint_steps) for path in answer.paths] == [(("y", "b", "c"), 1)]


def test_within_one_innovation_all_steps_are_of_it() -> None:
    first, second = chain("abc")
    transfers = [first, second._replace(innovation="other")]

    assert found(transfers, "ac") == []
    assert found(transfers, "ac", same_innovation=False) == ["abc"]
    assert found(transfers, "ab", innovation="other") == []


def test_a_transfer_without_an_innovation_is_no_step_within_one() -> None:
    transfers = [transfer._replace(innovation=None) for transfer in chain("abc")]

    assert found(transfers, "ac") == []
    assert found(transfers, "ac", same_innovation=False) == ["abc"]


@pytest.mark.parametrize("left_out", [{"outcome": "FAILED"}, {"outcome": "ABANDONED"}, {"degree": "REJECTION"}])
def test_what_failed_is_passed_only_if_asked_for(left_out: dict[str, str]) -> None:
    transfers = [transfer._replace(**left_out) for transfer in chain("ab")]  # type: ignore[arg-type]

    assert found(transfers, "ab") == []
    assert found(transfers, "ab", include_failed=True) == ["ab"]


def test_what_is_inferred_is_passed_only_if_asked_for() -> None:
    transfers = [transfer._replace(claim_level="INFERRED") for transfer in chain("ab")]

    assert found(transfers, "ab") == []
    assert found(transfers, "ab", include_inferred=True) == ["ab"]
    assert found(transfers, "ab", include_inferred=True, counted_only=True) == []


def test_only_the_kinds_asked_for_are_passed() -> None:
    transfers = [a_transfer("a", "b", kind="TWINNING")]

    assert found(transfers, "ab", kinds=frozenset({"TWINNING"})) == ["ab"]
    assert found(transfers, "ab", kinds=frozenset({"TRANSFER"})) == []
    assert found(transfers, "ab", kinds=frozenset()) == []
    assert found(transfers, "ab", counted_only=True) == []


def test_a_longer_path_than_asked_for_is_not_found() -> None:
    assert found(chain("abcdefg"), "ag", max_transfers=5) == []
    assert found(chain("abcdefg"), "ag", max_transfers=6) == ["abcdefg"]


def test_truncated_says_whether_there_are_more() -> None:
    finder = PathFinder([a_transfer("a", "b", slug=f"t{number}") for number in range(3)])

    assert not finder.find("a", "b", PathOptions(first=3)).truncated
    assert finder.find("a", "b", PathOptions(first=2)).truncated


@pytest.mark.parametrize("effort", range(11))
def test_a_search_that_may_not_go_on_gives_the_beginning_and_says_so(effort: int) -> None:
    transfers = [*chain("abdc"), *chain("acd"), *chain("aed")]
    complete = PathFinder(transfers).find("a", "d", PathOptions())

    answer = PathFinder(transfers, effort).find("a", "d", PathOptions())

    assert answer.paths == complete.paths[: len(answer.paths)]
    assert answer.truncated
    assert not complete.truncated


def test_cities_that_no_transfer_names_have_no_path() -> None:
    assert found(chain("ab"), "xb") == []
    assert found(chain("ab"), "ax") == []
    assert found(chain("ab"), "ba") == []


def test_equal_ends_and_impossible_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="both ends are 'a'"):
        found(chain("ab"), "aa")
    with pytest.raises(ValueError, match="1 to 6 transfers, not 7"):
        PathOptions(max_transfers=7)
    with pytest.raises(ValueError, match="1 to 6 transfers, not 0"):
        PathOptions(max_transfers=0)
    with pytest.raises(ValueError, match="1 to 100 paths can be asked for, not 101"):
        PathOptions(first=101)


def test_reachable_cities_come_with_the_fewest_transfers() -> None:
    finder = PathFinder([*chain("abcd"), a_transfer("a", "c"), a_transfer("d", "e")._replace(innovation="other")])

    reached = [(city.city, city.transfers) for city in finder.reachable("a", 3)]

    assert reached == [("b", 1), ("c", 1), ("d", 2)]
    assert [city.city for city in finder.reachable("a", 1, "idea")] == ["b", "c"]
    assert finder.reachable("a", 3, "other") == finder.reachable("x", 3) == ()


@pytest.mark.parametrize(
    ("ends", "options"),
    [
        (("curitiba", "johannesburg"), PathOptions(first=100)),
        (("curitiba", "johannesburg"), PathOptions(first=100, time_respecting=True)),
        (("barcelona", "glasgow"), PathOptions(same_innovation=False, first=100)),
        (
            ("barcelona", "glasgow"),
            PathOptions(same_innovation=False, max_transfers=3, include_inferred=True, include_failed=True, first=7),
        ),
        (("stockholm", "milan"), PathOptions(same_innovation=False, counted_only=True, first=50)),
        (("singapore", "gothenburg"), PathOptions(include_inferred=True)),
        (("groningen", "birmingham"), PathOptions(first=20)),
    ],
)
def test_on_the_missions_data_the_paths_are_those_of_networkx(ends: tuple[str, str], options: PathOptions) -> None:
    expected = all_paths(mission.transfers(), *ends, options)

    answer = PathFinder(mission.transfers()).find(*ends, options)

    assert as_found(answer) == expected[: options.first]
    assert answer.truncated == (len(expected) > options.first)


@st.composite
def tangles(draw: st.DrawFn) -> list[Transfer]:
    """Few cities and many transfers: circles, parallel ones, hybrids, undated, inferred and failed ones, a target among its givers."""
    return [
        Transfer(
            slug=slug,
            innovation=draw(st.sampled_from(("idea", "idea", "other", None))),
            kind=draw(st.sampled_from(("TRANSFER", "TRANSFER", "ADAPTATION", "TWINNING"))),
            degree=draw(st.sampled_from(("UNKNOWN", "UNKNOWN", "HYBRIDISATION", "REJECTION"))),
            outcome=draw(st.sampled_from(("IMPLEMENTED", "PARTIAL", "COMMITTED", "FAILED"))),
            claim_level=draw(st.sampled_from(("SELF_REPORTED", "SELF_REPORTED", "INFERRED"))),
            year=draw(st.sampled_from((None, 2000, 2001, 2002, 2003))),
            givers=tuple(draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=3))),
            target=draw(st.sampled_from("abcdef")),
        )
        for slug in draw(st.permutations([f"t{number:02}" for number in range(draw(st.integers(1, 18)))]))
    ]


OPTIONS = st.builds(
    PathOptions,
    max_transfers=st.integers(1, 6),
    innovation=st.sampled_from((None, None, "idea")),
    kinds=st.sampled_from((None, None, frozenset({"TRANSFER", "TWINNING"}))),
    same_innovation=st.booleans(),
    counted_only=st.booleans(),
    time_respecting=st.booleans(),
    include_inferred=st.booleans(),
    include_failed=st.booleans(),
    first=st.integers(1, 100),
)


@settings(deadline=None, max_examples=150)
@given(tangles(), OPTIONS | st.builds(replace, st.just(EVERYTHING), first=st.integers(1, 100)))
def test_on_drawn_networks_the_paths_are_those_of_networkx(transfers: list[Transfer], options: PathOptions) -> None:
    expected = all_paths(transfers, "a", "b", options)

    answer = PathFinder(transfers).find("a", "b", options)

    assert as_found(answer) == expected[: options.first]
    assert answer.truncated == (len(expected) > options.first)


@settings(deadline=None, max_examples=50)
@given(tangles(), st.integers(1, 4), st.sampled_from((None, "idea")))
def test_a_city_is_reachable_in_as_many_transfers_as_its_shortest_path_has(
    transfers: list[Transfer], most: int, innovation: str | None
) -> None:
    options = PathOptions(most, innovation, first=1)
    shortest = {city: all_paths(transfers, "a", city, options) for city in "bcdef"}

    reached = PathFinder(transfers).reachable("a", most, innovation)

    assert {city.city: city.transfers for city in reached} == {city: paths[0][0] for city, paths in shortest.items() if paths}
    assert [(city.transfers, city.city) for city in reached] == sorted((city.transfers, city.city) for city in reached)


def test_in_a_large_network_with_hubs_the_paths_between_two_hubs_are_the_first_in_order() -> None:
    transfers = network(transfers=2_000, cities=140, seed=4)
    options = PathOptions(max_transfers=3, same_innovation=False, first=100)

    answer = PathFinder(transfers).find("city-00000", "city-00001", options)

    assert as_found(answer) == all_paths(transfers, "city-00000", "city-00001", options)[:100]
    assert answer.truncated
