"""The hits of a search, those of all pages, counted and in numbers."""

import statistics
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from graph_schema.facets import MOST_VALUES
from graph_schema.names import in_words, upper_snake
from server.reading.figures import part_of_number
from server.reading.plan import Figure
from server.search.facets import TYPE, Counts, Scores


@dataclass(frozen=True, slots=True)
class NumberAggregate:
    """A number over several hits."""

    count: int
    missing: int
    min: float | None
    max: float | None
    sum: float | None
    mean: float | None
    median: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one value, or those without any."""

    key: str | None
    label: str | None
    scores: Scores

    @property
    def count(self) -> int:
        """How many hits it has."""
        return sum(self.scores.values())

    @property
    def score(self) -> NumberAggregate:
        """How well they answer."""
        return _numbers(self.scores)


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """What the hits are counted by."""

    by: str
    values: tuple[Group, ...]
    more: int
    missing: int


@dataclass(frozen=True, slots=True)
class SearchAggregate:
    """The hits in numbers."""

    count: int
    score: NumberAggregate
    groups: tuple[Group, ...]
    more_groups: int


def counted(counts: Counts, by: str) -> FacetCounts:
    """The hits, counted by a facet."""
    values, without = _spread(counts, by)
    return FacetCounts(by, values[:MOST_VALUES], _more(values), without.count)


def summed(counts: Counts, group_by: str | None) -> SearchAggregate:
    """The hits in numbers, in all and by the values of a facet."""
    values, without = _spread(counts, group_by) if group_by else ((), _WITHOUT)
    rest = (without,) if without.count else ()
    # Every hit has one type.
    whole = Group(None, None, sum(map(Counter, counts.get(TYPE, {}).values()), Counter()))
    return SearchAggregate(whole.count, whole.score, (*values[:MOST_VALUES], *rest), _more(values))


_WITHOUT = Group(None, None, {})


def _spread(counts: Counts, by: str) -> tuple[tuple[Group, ...], Group]:
    """The groups, the largest first, then by key; and the hits in none."""
    found = {key: Group(*_named(by, key, name), scores) for (key, name), scores in counts.get(by, {}).items()}
    without = found.pop(None, _WITHOUT)
    return tuple(sorted(found.values(), key=lambda group: (-group.count, group.key))), without


def _named(by: str, key: str | None, name: str | None) -> tuple[str | None, str | None]:
    if by != TYPE or key is None:
        return key, name or key
    label = upper_snake(key)
    return label, in_words(label)


def _more(values: tuple[Group, ...]) -> int:
    return max(0, len(values) - MOST_VALUES)


def _numbers(scores: Scores) -> NumberAggregate:
    values = list(Counter(scores).elements())
    told: Mapping[Figure, Any] = {
        "count": len(values),
        "sum": sum(values),
        "min": min(values, default=None),
        "max": max(values, default=None),
        "median": statistics.median(values) if values else None,
    }
    return NumberAggregate(*(part_of_number(part.name, len(values), told) for part in fields(NumberAggregate)))
