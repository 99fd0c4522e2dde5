"""Records that are chosen by a measure and then read: what is noted of a field that needs them, and what comes of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph_schema.kernel import RECORD
from server.errors import BadInput
from server.measures.knowledge import Knowledge
from server.measures.snapshot import Snapshot
from server.reading import shape
from server.reading.shaper import Gap
from server.reading.sought import Seek, Sought
from server.reading.values import Value
from server.reading.walk import Nodes, placing

ROOT = ""
"""The parent of what stands at the root."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a choice is made from. `fitting` holds the slugs of the records that `where` lets through; None is all of them.
    `found` is what a search answers, where the choice is one."""

    network: Snapshot | None
    knowledge: Knowledge | None
    fitting: Sequence[str] | None = None
    found: Any = None


Choose = Callable[[Grounds, str, Mapping[str, Any]], Any]
"""From the grounds, the slug of the parent and the arguments to a result, None for a parent that the grounds do not know; raises
ValueError for arguments that make no sense."""


@dataclass(frozen=True, slots=True)
class Material:
    """The rows of the chosen records by label and id, and what was counted of lists of them, by the name and the place of each."""

    rows: Mapping[str, Mapping[str, list[Any]]] = field(default_factory=dict)
    counts: Mapping[str, Mapping[int, list[Any]]] = field(default_factory=dict)


NOTHING = Material()


@dataclass(frozen=True, slots=True)
class Picked:
    """What was taken of the result for each parent, with what was read for it."""

    results: Mapping[str, Any]
    read: Material = NOTHING

    def of(self, parent: str) -> Any:
        """What was taken for a parent, which has to be there."""
        taken = self.results.get(parent)
        if taken is None:
            raise Gap(f"What was worked out for {parent!r}")
        return taken


class Wanted:
    """Stands where the choice will stand, and notes for which parents it is wanted."""

    def __init__(self) -> None:
        self.parents: dict[str, None] = {}
        self.read = NOTHING

    def of(self, parent: str) -> None:
        """Note a parent."""
        self.parents[parent] = None


@dataclass(frozen=True, slots=True)
class Told:
    """What was read for a choice, and what makes objects of rows."""

    read: Material
    makers: shape.Makers

    def row(self, label: str, slug: str) -> list[Any] | None:
        """The row of a record; None where it was gone when it was read."""
        return self.read.rows[label].get(_id_of(label, slug))

    def counted(self, name: str, place: int) -> list[Any]:
        """What was counted of a list."""
        return self.read.counts[name][place]

    def made(self, how: "Made", row: list[Any]) -> Any:
        """The object of a row."""
        return self.makers[how.name](row)


@dataclass(frozen=True, slots=True)
class Made:
    """What makes objects of the rows of one label, as one place of the document asks for them."""

    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Taking:
    """What is at hand when a result is read: the request's variables, the slugs of the records that each place of the document
    shows, and by name the lists, as ids, that are to be counted."""

    variables: Mapping[str, Any]
    shown: Mapping["Made", set[str]] = field(default_factory=lambda: defaultdict(set))
    lists: Mapping[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))

    def count(self, name: str, label: str, slugs: Iterable[str]) -> int:
        """Have a list of records counted; returns its place among those of that name."""
        self.lists[name].append([_id_of(label, slug) for slug in slugs])
        return len(self.lists[name]) - 1


class Teller:
    """Makes the answer of a result, in two steps: what is worked out is worked out before the records are read, and once."""

    def take(self, taking: Taking, result: Any) -> Any:
        """All that the answer shows of a result, the records it shows noted; None of None. Raises ValueError as measures do."""

    def tell(self, told: Told, taken: Any) -> Any:
        """The answer, with the records."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """A choice to be made: from what, for whom, and where its records are then read.

    `key` names it among the variables, as the shaper looks for it. A choice is `late` that can only be made when the first
    statement has been read. `parents` gives the slugs of those it is made for; it is None where the choice stands at the root,
    and where they are only found in the answer. `fitting` is the root whose rows hold the slugs that `where` lets through.
    `places` are the roots that read the chosen records, in the second statement where it is late, `counting` those that count
    lists of them. One that `takes_long` is not made beside others. `nodes` is the field in the document.
    """

    key: str
    nodes: Nodes
    choose: Choose
    teller: Teller
    arguments: Mapping[str, Callable[[Mapping[str, Any]], Any]]
    needs: frozenset[str]
    late: bool
    at_root: bool
    parents: Value | None
    fitting: int | None
    places: Mapping[str, tuple[int, int]]
    counting: Mapping[str, int]
    seek: Seek | None = None
    takes_long: bool = False

    @property
    def ids(self) -> str:
        """The name, among the variables, of the ids of the chosen records by label and by place, and of lists of them by name."""
        return ids_of(self.key)

    @property
    def no_ids(self) -> dict[str, list[str]]:
        """Those of a choice of nothing."""
        return {name: [] for name in (*self.places, *self.counting)}

    def known_parents(self, variables: Mapping[str, Any]) -> tuple[str, ...]:
        """Whom it is made for, as far as nothing has to be read for it: the root, the record that a slug or an id names, or
        those that another choice shows."""
        if self.at_root:
            return (ROOT,)
        return tuple(self.parents.resolve(variables)) if self.parents else ()

    def chosen(self, grounds: Grounds, parents: Iterable[str], variables: Mapping[str, Any]) -> tuple[Picked, dict[str, list[Any]]]:
        """The choice and the ids to be read; what a measure refuses is bad input."""
        taking = Taking(variables)
        with placing(self.nodes):
            given = self._given(variables)
            try:
                found = {parent: self.choose(grounds, parent, given) for parent in parents}
                results = {parent: None if each is None else self.teller.take(taking, each) for parent, each in found.items()}
            except ValueError as refused:
                raise BadInput(str(refused)) from None
        by_place = {made.name: [_id_of(made.label, slug) for slug in sorted(slugs)] for made, slugs in taking.shown.items()}
        by_label = {
            label: sorted({id for made in taking.shown if made.label == label for id in by_place[made.name]}) for label in self.places
        }
        return Picked(results), {**by_label, **by_place, **{name: taking.lists[name] for name in self.counting}}

    def sought(self, variables: Mapping[str, Any]) -> Sought | None:
        """The search that it takes; None where it is chosen otherwise."""
        with placing(self.nodes):
            return self.seek and self.seek(self._given(variables), self.needs)

    def with_rows(self, picked: Picked, record: Sequence[Any] | None) -> Picked:
        """The choice with what was read for it; None where there was nothing to read."""
        rows = {label: {row[id_at]: row for row in record[root]} if record else {} for label, (root, id_at) in self.places.items()}
        counts = {name: dict(record[root]) if record else {} for name, root in self.counting.items()}
        return Picked(picked.results, Material(rows, counts))

    def _given(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        return {name: resolve(variables) for name, resolve in self.arguments.items()}


def ids_of(key: str) -> str:
    """The name, among the variables, of the ids that the choice of that key shows."""
    return f"{key}.ids"


def shown_at(ids: str, name: str, label: str) -> Value:
    """The slugs of the records of one type that a place of the document shows, once they are chosen."""
    begins = f"{label}:"
    return Value(path=(ids,), convert=lambda chosen: [id.removeprefix(begins) for id in chosen.get(name, ()) if id.startswith(begins)])


def _id_of(label: str, slug: str) -> str:
    """The global id of a record; by which one of any type is chosen itself."""
    return slug if label == RECORD else f"{label}:{slug}"
