"""Facets and aggregates of a list, over plain dictionaries."""

import operator
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

from graph_schema.facets import Facet, facets_of, numbers_of
from graph_schema.kernel import Kind, Property
from tests.oracle.relations import Seen
from tests.oracle.world import Record

MOST = 100
Value = tuple[str, str]
"""Key and label."""


@dataclass(frozen=True)
class Counting:
    """The records of a list, to be counted."""

    seen: Seen
    label: str
    records: Sequence[Record]

    def facets(self, by: Sequence[str]) -> list[dict[str, Any]]:
        """How they spread over the values of each facet."""
        return [self._facet(name) for name in by]

    def aggregate(self, group_by: str | None) -> dict[str, Any]:
        """Their numbers, in all and by group."""
        whole = self._numbers(self.records)
        if group_by is None:
            return whole
        groups, without = self._spread(group_by)
        listed = [{"key": key, "label": label, **self._numbers(found)} for (key, label), found in groups[:MOST]]
        rest = [{"key": None, "label": None, **self._numbers(without)}] if without else []
        return {**whole, "groups": listed + rest, "moreGroups": max(0, len(groups) - MOST)}

    def _facet(self, name: str) -> dict[str, Any]:
        groups, without = self._spread(name)
        values = [{"key": key, "label": label, "count": len(found)} for (key, label), found in groups[:MOST]]
        return {"by": name, "values": values, "missing": len(without), "more": max(0, len(groups) - MOST)}

    def _spread(self, name: str) -> tuple[list[tuple[Value, list[Record]]], list[Record]]:
        """The groups in their order, and the records in none."""
        facet = facets_of(self.seen.domain, self.seen.domain.in_common(self.label))[name]
        groups: dict[Value, list[Record]] = defaultdict(list)
        without = []
        for record in self.records:
            values = self._values(record, facet)
            for value in values:
                groups[value].append(record)
            if not values:
                without.append(record)
        return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0][0])), without

    def _values(self, record: Record, facet: Facet) -> set[Value]:
        if facet.of:
            held = self.seen.value(record, facet.of)
            return set() if held is None else {_of_property(facet.of, held)}
        if not facet.ways:
            name = re.sub("(?<=[a-z])(?=[A-Z])", "_", record["label"]).upper()
            return {(name, name[0] + name[1:].lower().replace("_", " "))}
        reached = next(filter(None, (self._at_the_end(record, way) for way in facet.ways)), [])
        target = self.seen.domain[facet.label]
        title = {"Concept": "prefLabelEn"}.get(facet.label, target.title)
        return {(each[target.lookup], each[title]) for each in reached}

    def _at_the_end(self, record: Record, way: Sequence[str]) -> list[Record]:
        reached = [record]
        for name in way:
            reached = [further for each in reached for further in self.seen.related(each, name)]
        return reached

    def _numbers(self, records: Sequence[Record]) -> dict[str, Any]:
        in_order = sorted(records, key=lambda each: str(each["slug"]))
        numbers = numbers_of(self.seen.domain.in_common(self.label))
        return {"count": len(records)} | {name: partial(self._figures, in_order, of) for name, of in numbers.items()}

    def _figures(self, records: Sequence[Record], of: Property) -> Mapping[str, Any]:
        return figures([self.seen.value(each, of) for each in records])


def _of_property(of: Property, held: Any) -> Value:
    match of.kind:
        case Kind.BOOLEAN:
            return ("true", "Yes") if held else ("false", "No")
        case Kind.ENUM:
            return held, held[0] + held[1:].lower().replace("_", " ")
        case Kind.PARTIAL_DATE:
            return held[:4], held[:4]
    return str(held), str(held)


def figures(values: Sequence[Any]) -> Mapping[str, Any]:
    """The parts of a `NumberAggregate`."""
    held = [each for each in values if each is not None]
    counts = {"count": len(held), "missing": len(values) - len(held)}
    if not held:
        return {**counts, "min": None, "max": None, "sum": None, "mean": None, "median": None}
    # Not `sum`, which from Python 3.12 on adds fractions more exactly than a database does.
    total = reduce(operator.add, held)
    ordered = sorted(held)
    middle = (ordered[(len(held) - 1) // 2] + ordered[len(held) // 2]) / 2
    exact = {"min": float(ordered[0]), "max": float(ordered[-1])}
    return {**counts, **exact, "sum": _rounded(total), "mean": _rounded(total / len(held)), "median": _rounded(middle)}


def _rounded(figure: float) -> float:
    return float(figure) if float(figure).is_integer() else float(f"{figure:.12g}")
