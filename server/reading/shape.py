"""What the answer looks like: names, and where in the record their values stand."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from server.reading.plan import Column, One, Relation, Row, Side
from server.reading.values import Value

ColumnKey = Hashable


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value as it stands in the row."""

    column: ColumnKey
    required: bool
    named: str


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A point, from its pair of degrees."""

    column: ColumnKey
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value known without reading: a type name, a version."""

    value: object


@dataclass(frozen=True, slots=True)
class Related:
    """The one record that a relationship reaches."""

    column: ColumnKey
    required: bool
    record: "Record"
    named: str


OfReason = Literal["rule", "record"] | Constant


@dataclass(frozen=True, slots=True)
class LevelItself:
    """`level` of a level that is answered with its reasons."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """Records that bear out a level, in one column: under each name an object made of them."""

    level: int
    column: ColumnKey
    records: "tuple[tuple[str, Record], ...]"


@dataclass(frozen=True, slots=True)
class Reasons:
    """`reasons` of a level, of which those are given that bear out the level reached or one below."""

    fields: "tuple[tuple[str, OfReason], ...]"
    bearing: tuple[Bearing, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level with the records that bear it out."""

    column: ColumnKey
    fields: "tuple[tuple[str, LevelItself | Reasons | Constant], ...]"


Makers = Mapping[str, Callable[[list[Any]], dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Composed:
    """What is worked out of a row: `compose` gets it, the values of some columns, what makes objects of rows in them, and the variables.

    `records` are the shapes of those objects, by the name under which `compose` finds what makes one.
    """

    columns: tuple[ColumnKey, ...]
    compose: Callable[[list[Any], tuple[Any, ...], Makers, Mapping[str, Any]], Any]
    records: "tuple[tuple[str, Record], ...]"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A field whose records were chosen by a measure: `key` names the choice among the variables, `slug` the column that
    tells for which record, None at the root. `compose` gets the choice, that slug, and the makers."""

    key: str
    slug: ColumnKey | None
    compose: Callable[[Any, str, Makers], Any]
    records: "tuple[tuple[str, Record], ...]"


@dataclass(frozen=True, slots=True)
class Listed:
    """A short list of records, whole."""

    column: ColumnKey
    record: "Record"


@dataclass(frozen=True, slots=True)
class Connected:
    """A page of records: the parts of a connection that were asked for, under their names."""

    column: ColumnKey
    fields: "tuple[tuple[str, Part], ...]"
    record: "RowLayout | None"
    size: int
    backward: bool
    total_of: str | None
    counted: bool
    outside: tuple[Side, ...]
    tallies: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class Nodes:
    """`nodes` of a connection."""

    record: "Record"


@dataclass(frozen=True, slots=True)
class Edges:
    """`edges` of a connection."""

    fields: "tuple[tuple[str, EdgePart], ...]"


@dataclass(frozen=True, slots=True)
class EdgeNode:
    """`node` of an edge."""

    record: "Record"


@dataclass(frozen=True, slots=True)
class Cursor:
    """`cursor` of an edge: made of the row's keys and of what settles a tie."""

    keys: tuple[ColumnKey, ...]
    tie: ColumnKey
    label: str
    order: str


@dataclass(frozen=True, slots=True)
class PageInfo:
    """`pageInfo` of a connection; each field by what it tells."""

    fields: tuple[tuple[str, "str | Constant"], ...]
    cursor: Cursor | None


@dataclass(frozen=True, slots=True)
class Total:
    """`totalCount` of a connection."""


@dataclass(frozen=True, slots=True)
class Worked:
    """`facets` or `aggregate` of a connection: `compose` gets the tallies of the list by their names."""

    compose: Callable[[Mapping[Hashable, Any]], Any]


Part = Nodes | Edges | PageInfo | Total | Worked | Constant
EdgePart = EdgeNode | Cursor | Leaf | Constant
Field = Leaf | Level | Composed | Chosen | Coordinates | Constant | Related | Listed | Connected


@dataclass(frozen=True, slots=True)
class Record:
    """An object made of one row; with several types, one list of fields for each label."""

    layout: "RowLayout"
    fields: tuple[tuple[str, tuple[tuple[str, Field], ...]], ...]


@dataclass(frozen=True, slots=True)
class RootRecord:
    """A root field that finds one record or none."""

    root: int
    record: Record


@dataclass(frozen=True, slots=True)
class RootRecords:
    """A root field that finds records by their ids, null in the place of each that is not there."""

    root: int
    ids: Value
    record: Record


@dataclass(frozen=True, slots=True)
class Service:
    """The service of itself: what is known already, the revision, the number of records of each type."""

    fields: tuple[tuple[str, "ServicePart"], ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """The graph's revision."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many records of each type there are: for each label the fields under their names."""

    fields: tuple[tuple[str, str | Constant], ...]
    labels: tuple[tuple[str, str], ...]


ServicePart = Constant | Revision | Totals
RootField = RootRecord | RootRecords | Connected | Chosen | Service | Constant


@dataclass(frozen=True, slots=True)
class Pending:
    """One record that a relationship reaches, its columns not settled yet."""

    relation: Relation
    layout: "RowLayout"


@dataclass(slots=True)
class RowLayout:
    """The columns that a row needs, gathered while a selection is walked; settled once, in an order
    that depends neither on names nor on the order of asking."""

    labels: tuple[str, ...]
    known: Mapping[str, Value] = field(default_factory=dict)
    """By label the slugs of the records that the rows are of, where they are known before the rows are read."""
    columns: dict[str, dict[ColumnKey, Column | Pending]] = field(default_factory=dict)
    places: dict[str, dict[ColumnKey, int]] = field(default_factory=dict)

    def need(self, label: str, key: ColumnKey, column: Column | Pending) -> ColumnKey:
        """Note a column; asked for twice it stands once."""
        self.columns.setdefault(label, {}).setdefault(key, column)
        return key

    def pending(self, label: str, key: ColumnKey, relation: Relation, labels: tuple[str, ...]) -> "RowLayout":
        """The layout of the one record that a relationship reaches, shared by all who ask for it."""
        noted = self.columns.setdefault(label, {}).setdefault(key, Pending(relation, RowLayout(labels)))
        assert isinstance(noted, Pending)
        return noted.layout

    def settle(self) -> Row:
        """The row's columns in their final order."""
        return Row(tuple((label, self._settled(label)) for label in self.labels))

    def _settled(self, label: str) -> tuple[Column, ...]:
        wanted = {key: _settled(column) for key, column in self.columns.get(label, {}).items()}
        ordered = sorted(wanted, key=lambda key: repr(wanted[key]))
        self.places[label] = {key: place for place, key in enumerate(ordered)}
        return tuple(wanted[key] for key in ordered)

    @property
    def several(self) -> bool:
        """Whether rows of several types stand in the list; each then begins with its global id."""
        return len(self.labels) > 1

    def place(self, label: str, key: ColumnKey) -> int:
        """Where in the row a column stands."""
        return self.places[label][key] + (1 if self.several else 0)


def _settled(column: Column | Pending) -> Column:
    return One(column.relation, column.layout.settle()) if isinstance(column, Pending) else column
