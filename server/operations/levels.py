"""What follows from declared rules, decided for all records at once: each condition in them is asked by itself, and sets do the rest."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from server.reading.plan import All, Choice, Condition, Not, Some, meaning
from server.reading.values import Value

Slugs = frozenset[str]


def asked_of(rules: Choice) -> dict[Hashable, Condition]:
    """The conditions of which the rules are made, each once: what a database has to answer."""
    return {meaning(found): found for case, _ in rules.cases for found in _simple(case)}


def decided(rules: Choice, everyone: Slugs, fulfilling: Mapping[Hashable, Slugs]) -> dict[str, Any]:
    """The value of the first case that holds, for each record."""
    assert isinstance(rules.otherwise, Value)
    values = dict.fromkeys(everyone, rules.otherwise.constant)
    for condition, then in reversed(rules.cases):
        values.update(dict.fromkeys(_fulfilling(condition, everyone, fulfilling), then.constant))
    return values


def _simple(condition: Condition) -> Iterator[Condition]:
    match condition:
        case All(parts) | Some(parts):
            for part in parts:
                yield from _simple(part)
        case Not(part):
            yield from _simple(part)
        case _:
            yield condition


def _fulfilling(condition: Condition, everyone: Slugs, found: Mapping[Hashable, Slugs]) -> Slugs:
    # Conditions have two values, so whoever does not fulfil one fulfils its opposite.
    match condition:
        case All(parts):
            return everyone.intersection(*(_fulfilling(part, everyone, found) for part in parts))
        case Some(parts):
            return frozenset[str]().union(*(_fulfilling(part, everyone, found) for part in parts))
        case Not(part):
            return everyone - _fulfilling(part, everyone, found)
        case _:
            return found[meaning(condition)] & everyone
