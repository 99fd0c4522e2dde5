"""Root fields whose records are chosen from a snapshot of the network before the statement runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.errors import BadInput
from server.measures.snapshot import Snapshot
from server.reading import shape
from server.reading.plan import FoundAll, Stored
from server.reading.values import Value
from server.reading.walk import Nodes, Walk

_ID = ("leaf", "id")

Choose = Callable[[Snapshot, Mapping[str, Any]], tuple[Any, Mapping[str, list[str]]]]


@dataclass(frozen=True, slots=True)
class Choosing:
    """What is chosen with the variables of a request: the result goes under `key` beside them, with the global ids by label."""

    key: str
    choose: Choose

    def chosen(self, snapshot: Snapshot, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The choice as a further variable; what a measure refuses is bad input."""
        try:
            result, slugs = self.choose(snapshot, variables)
        except ValueError as refused:
            raise BadInput(str(refused)) from None
        return {self.key: {shape.RESULT: result} | {label: [f"{label}:{slug}" for slug in found] for label, found in slugs.items()}}


@dataclass(frozen=True, slots=True)
class Told:
    """A result with the rows of the records in it, and what makes objects of them."""

    result: Any
    rows: Mapping[str, Mapping[str, list[Any]]]
    makers: shape.Makers

    def made(self, how: "Made", slug: str) -> Any:
        """The object of a record that was chosen."""
        return self.makers[how.name](self.rows[how.label][f"{how.label}:{slug}"])

    def has(self, label: str, slug: str) -> bool:
        """Whether the record was still there when it was read."""
        return f"{label}:{slug}" in self.rows[label]


@dataclass(frozen=True, slots=True)
class Made:
    """What makes objects of the rows of one label, as one place of the document asks for them."""

    label: str
    name: str


@dataclass
class Gathered:
    """What is noted while the selection under such a field is walked."""

    walk: Walk
    key: str
    layouts: dict[str, shape.RowLayout] = field(default_factory=dict)
    records: dict[str, shape.Record] = field(default_factory=dict)
    costs: dict[str, int] = field(default_factory=dict)

    def made(self, label: str, nodes: Nodes) -> Made:
        """The selection on a record that will be chosen."""
        if label not in self.layouts:
            self.layouts[label] = shape.RowLayout((label,))
            self.layouts[label].need(label, _ID, Stored("id", required=True))
        record, cost = self.walk.record((label,), nodes, self.layouts[label])
        self.costs[label] = self.costs.get(label, 0) + cost
        name = f"m{len(self.records)}"
        self.records[name] = record
        return Made(label, name)

    def roots(self) -> tuple[FoundAll, ...]:
        """The reads of the records that will be chosen, by label."""
        return tuple(FoundAll(Value(path=(self.key, label)), layout.settle()) for label, layout in self.layouts.items())

    def shaped(self, first: int, compose: Callable[[Told], Any]) -> shape.Chosen:
        """The answer, its records standing in the statement from the root `first` on."""

        def composed(result: Any, rows: Mapping[str, list[list[Any]]], makers: shape.Makers) -> Any:
            by_id = {label: {row[self.layouts[label].place(label, _ID)]: row for row in found} for label, found in rows.items()}
            return compose(Told(result, by_id, makers))

        places = tuple((label, first + place) for place, label in enumerate(self.layouts))
        return shape.Chosen(self.key, places, composed, tuple(self.records.items()))
