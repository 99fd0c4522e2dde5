"""What a node type is made of: properties, relationships and closed lists, as plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from graph_schema.answer import Argument
from graph_schema.names import camel, lower_first, upper_first

RECORD = "Record"
"""The label and the interface that all records share."""


MOST_REASONS = 20
"""How many records of a kind are given as reasons for a level."""


class Kind(Enum):
    """What a property holds."""

    TEXT = "text"
    CODE = "code"
    INT = "int"
    FLOAT = "float"
    BOOLEAN = "boolean"
    ENUM = "enum"
    PARTIAL_DATE = "partial date"
    DATE_TIME = "moment"
    TEXT_LIST = "list of texts"
    POINT = "point"


class Searched(Enum):
    """As what a search takes a property's text."""

    TITLE = "title"
    LABEL = "alias or label"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list: each value with what it means."""

    name: str
    description: str
    values: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Through:
    """A property that is another record's: the one reached over a to-one relationship."""

    relationship: str
    property: str


@dataclass(frozen=True)
class Rules:
    """A property that follows from others: the value of the first case whose filter holds.

    A case is a filter as clients write them, which keeps every rule in the one language of conditions.
    `otherwise` names a stored property or gives None.
    """

    cases: tuple[tuple[Mapping[str, Any], Any], ...]
    otherwise: Any = None
    otherwise_stored: bool = False

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True, slots=True)
class Tally:
    """A property that is a number of different records: those a relationship reaches."""

    relationship: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A property that is one stored number less another; None where either is missing."""

    of: str
    less: str


@dataclass(frozen=True, slots=True)
class Localized:
    """A text held in several languages, one stored property each; the first language is the one to fall back to."""

    stored: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Records that bear out a level: those a relationship reaches that fulfil a filter."""

    level: int
    relationship: str
    fitting: Mapping[str, Any] = field(hash=False)


Derived = Through | Rules | Localized | Tally | Difference


@dataclass(frozen=True, slots=True)
class Property:
    """One property. `column` None: not in the data package; `table` None: the node's own table.

    `definition` names where its meaning is laid down; `measure` is the version of the measures by which it is computed.
    A level with `reasons` is answered together with the records that bear it out. `needed_where` names another property and
    the values of it beside which this one has to be there.
    """

    kind: Kind
    description: str
    name: str = ""
    required: bool = False
    unit: str | None = None
    vocabulary: Vocabulary | None = None
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    whole_day: bool = False
    unique: bool = False
    indexed: bool = False
    column: str | None = ""
    table: str | None = None
    definition: str | None = None
    derived: Derived | None = None
    seen_by: frozenset[str] | None = None
    searched: Searched | None = None
    needed_where: tuple[str, tuple[str, ...]] | None = None
    measure: str | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def field(self) -> str:
        """Its name in GraphQL and in the graph."""
        return camel(self.name)

    @property
    def level_type(self) -> str:
        """The type of a level that is answered with its reasons, such as `EvidenceLevel`."""
        return upper_first(self.field)

    @property
    def reason_type(self) -> str:
        """The type of such a reason, such as `EvidenceReason`."""
        return f"{self.level_type.removesuffix('Level')}Reason"

    @property
    def shadow(self) -> str | None:
        """The stored property that filters and orders compare instead, where there is one."""
        return f"{self.field}Folded" if self.kind in (Kind.TEXT, Kind.TEXT_LIST) and not self.derived else None

    @property
    def stored(self) -> tuple[str, ...]:
        """The names under which the graph holds it."""
        if self.derived:
            return ()
        if self.kind is Kind.POINT:
            return ("latitude", "longitude")
        return (self.field, self.shadow) if self.shadow else (self.field,)


@dataclass(frozen=True, slots=True)
class Hop:
    """One relationship of a path: its type (or types, `A|B`), its direction, the label it reaches.

    `passing` is a filter that what it reaches has to fulfil where the path goes on from there. `first` names the
    property by which only the first of all that it reaches is passed, where it has a value. A hop `within` so many
    steps goes any number of them, none included, whichever way they point.
    """

    type: str
    label: str
    incoming: bool = False
    passing: Mapping[str, Any] | None = field(default=None, hash=False)
    first: str = ""
    within: int = 0


Path = tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Inverse:
    """The same relationship as its other end calls it."""

    name: str
    description: str
    many: bool = True


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship as one of its ends calls it.

    `targets` are the labels it can reach: one, or several for a union. `paths` are its ways through the graph:
    the first that leads anywhere counts. `closing` is a relationship that what is reached must have back to
    where the path began. A relationship `through` others follows them one after the other, and `passing` says,
    by the name of such a step, which filter what it reaches has to fulfil; `first`, by which property only the first
    is passed. One that is `alone` reaches something only where all that its path leads to is one record. One `within`
    so many steps follows itself again and again, either way, and reaches its own start as well. `plain` is a short list
    instead of a connection. `usual` is how many records it usually reaches, for the cost of a request. A relationship that
    is `stored` belongs to this end; the other end, and everything that follows from several hops, only reads. `measure` is
    the version of the measures that define it.
    """

    type: str
    targets: tuple[str, ...]
    description: str
    many: bool
    name: str = ""
    incoming: bool = False
    required: bool = False
    stored: bool = True
    plain: bool = False
    positioned: bool = False
    union: str | None = None
    usual: int | None = None
    edge: tuple[Property, ...] = ()
    inverse: Inverse | None = None
    column: str | None = None
    table: str | None = None
    through: tuple[str, ...] = ()
    passing: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)
    first: Mapping[str, str] = field(default_factory=dict, hash=False)
    alone: bool = False
    closing: str | None = None
    within: int = 0
    measure: str | None = None
    paths: tuple[Path, ...] = ()

    @property
    def field(self) -> str:
        """Its name in GraphQL."""
        return camel(self.name)

    @property
    def target(self) -> str:
        """The label it reaches, where that is one."""
        return self.targets[0]

    def hop(self) -> Hop:
        """Itself as one step."""
        return Hop(self.type, self.union if self.union == RECORD else "|".join(self.targets), self.incoming, within=self.within)


@dataclass(frozen=True, slots=True)
class Spread:
    """The records that a relationship reaches and that fulfil a filter, counted for each value of a closed list."""

    relationship: str
    property: str
    fitting: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Composed:
    """What is worked out of several things around a record: an object of a type of its own, by a definition of `measure`.

    What is worked out `through` a to-one relationship is that of the record it reaches, null where there is none.
    """

    type: str
    description: str
    measure: str
    arguments: tuple[Argument, ...] = ()
    many: bool = False
    name: str = ""
    through: str = ""
    spread: Spread | None = None

    @property
    def field(self) -> str:
        """Its name in GraphQL."""
        return camel(self.name)


@dataclass(frozen=True, slots=True)
class CountedBy:
    """What lists of records are counted by besides their own values: the records at the end of a way of relationships.

    Of several ways the first that leads anywhere counts.
    """

    description: str
    ways: tuple[tuple[str, ...], ...]
    name: str = ""


@dataclass(frozen=True)
class NodeType:
    """One noun: its label, what it holds and how it is called where."""

    label: str
    plural: str
    description: str
    properties: tuple[Property, ...]
    relationships: tuple[Relationship, ...]
    composed: tuple[Composed, ...] = ()
    counted_by: tuple[CountedBy, ...] = ()
    table: str | None = None
    table_key: str = "id"
    lookup: str = "slug"
    title: str = "title"
    sourced: bool = True
    source_column: str = "source_url"
    licence: str | None = None
    _fields: dict[str, Property | Relationship] = field(default_factory=dict, compare=False, repr=False)

    def __hash__(self) -> int:
        return hash(self.label)

    def __post_init__(self) -> None:
        self._fields.update((each.field, each) for each in self.properties)
        self._fields.update((each.field, each) for each in self.relationships)

    @property
    def field(self) -> str:
        """The root field that finds one."""
        return lower_first(self.label)

    def __getitem__(self, name: str) -> Property | Relationship:
        """A property or relationship by its GraphQL name."""
        return self._fields[name]

    def __iter__(self) -> Iterator[Property | Relationship]:
        return iter(self._fields.values())

    def composed_named(self, name: str) -> Composed | None:
        """What is worked out under a GraphQL name, if anything is."""
        return next((each for each in self.composed if each.field == name), None)

    def property_named(self, name: str) -> Property:
        """A property by its GraphQL name."""
        found = self._fields[name]
        assert isinstance(found, Property), f"{self.label}.{name} is a relationship"
        return found

    def relationship_named(self, name: str) -> Relationship:
        """A relationship by its GraphQL name."""
        found = self._fields[name]
        assert isinstance(found, Relationship), f"{self.label}.{name} is a property"
        return found

    def with_relationships(self, more: tuple[Relationship, ...]) -> "NodeType":
        """The same noun, its relationships replaced."""
        return replace(self, relationships=more, _fields={})
