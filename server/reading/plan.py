"""What to read, as plain values: no GraphQL, no Cypher."""

from collections.abc import Hashable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from graph_schema.kernel import Path
from server.reading.values import Value

Holder = Literal["record", "edge"]
Operator = Literal["eq", "in", "gt", "gte", "lt", "lte", "contains", "startsWith"]
Side = Literal["before", "after"]
ListOperator = Literal["has", "hasAny", "hasAll", "isEmpty"]
Figure = Literal["count", "max", "median", "min", "sum"]


# What a record holds ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """A property as the graph holds it, of the record or of the relationship by which it is reached."""

    name: str
    holder: Holder = "record"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A property that is not there, or that the viewer may not see."""


@dataclass(frozen=True, slots=True)
class Place:
    """Latitude and longitude."""


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A text under the property that a value names, else under the first language's."""

    chosen: Value
    fallback: str


@dataclass(frozen=True, slots=True)
class Reached:
    """An expression of the one record that a relationship reaches."""

    relation: "Relation"
    of: "Expression"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records a relationship reaches."""

    relation: "Relation"
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class Choice:
    """The value of the first case that holds."""

    cases: tuple[tuple["Condition", Value], ...]
    otherwise: "Value | Stored"


@dataclass(frozen=True, slots=True)
class Less:
    """One stored number less another."""

    of: Stored
    less: Stored


@dataclass(frozen=True, slots=True)
class TypeName:
    """The label of the record's type."""


Expression = Stored | Missing | Place | InLanguage | Reached | Counted | Choice | Less | TypeName


# Conditions, two-valued: a missing value fails every comparison -----------------------------------


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts, always."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """Some part holds; without parts, never."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison with a value; dates at unequal precision are compared on what both know."""

    of: Expression
    operator: Operator
    value: Value
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """There is no value."""

    of: Expression


@dataclass(frozen=True, slots=True)
class Holds:
    """A condition on a list of texts."""

    of: Expression
    operator: ListOperator
    value: Value


@dataclass(frozen=True, slots=True)
class Near:
    """Within a distance of a place, on a sphere of the mean radius of the Earth."""

    latitude: Value
    longitude: Value
    km: Value
    diameter: Value


@dataclass(frozen=True, slots=True)
class Exists:
    """A relationship reaches a record that fits."""

    relation: "Relation"
    condition: "Condition"


Condition = All | Some | Not | Compare | Absent | Holds | Near | Exists

ALWAYS = All()
NEVER = Some()


# What to fetch ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Relation:
    """The ways from one record to others: the first path that leads anywhere counts.

    `closing` is the type of a relationship that what is reached must have back to where the path began.
    `passing` holds, where there are any, the conditions on the records between, for each path step by step. What is to be
    reached `alone` is so only where the path leads to no other record.
    """

    paths: tuple[Path, ...]
    closing: str | None = None
    passing: tuple[tuple["Condition", ...], ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an order."""

    of: Expression
    descending: bool = False
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one record, by position. With several types, one list of columns for each."""

    columns: tuple[tuple[str, tuple["Column", ...]], ...]


@dataclass(frozen=True, slots=True)
class One:
    """The record that a relationship reaches."""

    relation: Relation
    row: Row


@dataclass(frozen=True, slots=True)
class Found:
    """The record that a key finds."""

    label: str
    key: str
    value: Value
    row: Row


@dataclass(frozen=True, slots=True)
class FoundAll:
    """The records that global ids find."""

    ids: Value
    row: Row


@dataclass(frozen=True, slots=True)
class Bound:
    """A position in an order, as a cursor says it: None for a key that has no value, and what settles a tie."""

    values: tuple[Value | None, ...]
    tie: Value


@dataclass(frozen=True, slots=True)
class ByValue:
    """Records are told apart by a value of theirs; of a date by its year."""

    of: Expression
    of_date: bool = False


@dataclass(frozen=True, slots=True)
class ByRecord:
    """Records are told apart by the record, or by each of several, that a relationship reaches; `key` and `label` are read of it."""

    relation: Relation
    key: str
    label: str
    several: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """What is worked out of one number of several records. A sum of fractions depends on the order in which they are added."""

    of: Expression
    wanted: tuple[Figure, ...]
    fractions: bool


@dataclass(frozen=True, slots=True)
class Together:
    """Those records of a list that fulfil a condition, taken together: how many they are, and their numbers."""

    condition: Condition
    numbers: tuple[Figures, ...] = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """The records of a list by what tells them apart: the largest groups, each with its numbers."""

    by: ByValue | ByRecord
    limit: Value
    numbers: tuple[Figures, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinds:
    """How many groups the records of a list make up."""

    by: ByValue | ByRecord


@dataclass(frozen=True, slots=True)
class Grouped:
    """How many records of the list are in any group."""

    by: ByRecord


Tally = Together | Groups | Kinds | Grouped


@dataclass(frozen=True, slots=True)
class Page:
    """A window of an ordered list: all records of a label, or those that a relationship reaches.

    `backward` reads from the end. `row` None: no record is asked for. `limit` None: a short list, whole; only such a one may be
    read in any order (`ordered` false), by a reader who puts it in order.
    `outside` asks whether there are records beyond the cursors that bound it: before `after`, after `before`.
    `tie` is the property that settles what the keys leave open. `tallies` are of the whole list, whatever its window.
    """

    start: str | Relation
    condition: Condition
    keys: tuple[Key, ...]
    row: Row | None
    limit: Value | None = None
    after: Bound | None = None
    before: Bound | None = None
    backward: bool = False
    counted: bool = False
    outside: tuple[Side, ...] = ()
    tie: str = "slug"
    tallies: tuple[Tally, ...] = ()
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Lists:
    """Any number of lists of records, each given by the ids of its records, and what is counted of each."""

    ids: Value
    tallies: tuple[Tally, ...]


Column = Expression | One | Page
Root = Found | FoundAll | Page | Lists


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything one request reads: its root fields, the types it wants the number of, who may see what."""

    roots: tuple[Root, ...]
    totals: tuple[str, ...]
    visible: Condition


def meaning(part: Any) -> Hashable:
    """What a part of a plan reads, its values included: parts of one meaning read the same in every request."""
    if isinstance(part, Value):
        return part.source
    if isinstance(part, tuple):
        return tuple(meaning(each) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        return (type(part).__name__, *(meaning(getattr(part, each.name)) for each in fields(part)))
    return repr(part)
