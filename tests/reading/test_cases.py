"""A choice made into a tree chooses the same, and asks for nothing twice."""

from itertools import product

import pytest

from server.reading.cases import Case, tree
from server.reading.plan import All, Compare, Condition, Stored
from server.reading.values import Value


def named(name: str) -> Condition:
    return Compare(Stored(name), "eq", Value(constant=name))


def every(names: str) -> Condition:
    return All(tuple(map(named, names)))


def cases_of(listed: str) -> list[tuple[Condition, Value]]:
    return [(every(names), Value(constant=names)) for names in listed.split()]


def names_of(condition: Condition) -> str:
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return "".join(part.of.name for part in parts if isinstance(part, Compare) and isinstance(part.of, Stored))


def asked(cases: tuple[Case, ...]) -> str:
    """Every name that a tree asks for, as often as it does."""
    return "".join(names_of(case.condition) + (asked(case.then) if isinstance(case.then, tuple) else "") for case in cases)


def chosen(cases: tuple[Case, ...], holding: frozenset[str]) -> str | None:
    for case in cases:
        if holding >= set(names_of(case.condition)):
            return chosen(case.then, holding) if isinstance(case.then, tuple) else str(case.then.constant)
    return None


def listed_first(listed: str, holding: frozenset[str]) -> str | None:
    return next((names for names in listed.split() if holding >= set(names)), None)


@pytest.mark.parametrize("listed", ["abcd bcd cd d e", "ab b", "ab ac", "ab c b", "abc ab a", "a b c", "abc bd"])
def test_the_same_case_is_chosen_whatever_holds(listed: str) -> None:
    cases = tree(cases_of(listed))

    for choice in product((False, True), repeat=5):
        holding = frozenset(name for name, holds in zip("abcde", choice, strict=True) if holds)
        assert chosen(cases, holding) == listed_first(listed, holding)


def test_what_cases_share_with_the_last_of_them_is_asked_once() -> None:
    assert sorted(asked(tree(cases_of("abcd bcd cd d e")))) == list("abcde")


def test_what_another_case_asks_for_as_well_is_asked_again_where_the_last_may_fail() -> None:
    assert asked(tree(cases_of("ab ac"))) == "abac"
