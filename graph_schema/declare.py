"""The words in which a node type is declared."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from graph_schema.answer import Argument
from graph_schema.kernel import (
    Composed,
    CountedBy,
    Difference,
    Inverse,
    Kind,
    Localized,
    NodeType,
    Property,
    Relationship,
    Rules,
    Searched,
    Spread,
    Tally,
    Through,
    Vocabulary,
)


def text(description: str, **more: Any) -> Property:
    """Text that people read; filters and orders compare its folded form."""
    return Property(Kind.TEXT, description, **more)


def title(description: str, **more: Any) -> Property:
    """The text a record is called by."""
    usual: dict[str, Any] = {"max_length": 300, "indexed": True, "searched": Searched.TITLE}
    return Property(Kind.TEXT, description, **(usual | more))


def code(description: str, **more: Any) -> Property:
    """Text that machines compare, exactly as it is."""
    return Property(Kind.CODE, description, **more)


def integer(description: str, **more: Any) -> Property:
    """A whole number."""
    return Property(Kind.INT, description, **more)


def number(description: str, **more: Any) -> Property:
    """A number with a fraction."""
    return Property(Kind.FLOAT, description, **more)


def truth(description: str, **more: Any) -> Property:
    """Yes, no or not reported."""
    return Property(Kind.BOOLEAN, description, **more)


def partial_date(description: str, **more: Any) -> Property:
    """A date at the precision known."""
    return Property(Kind.PARTIAL_DATE, description, **more)


def moment(description: str, **more: Any) -> Property:
    """A point in time, in UTC."""
    return Property(Kind.DATE_TIME, description, **more)


def texts(description: str, **more: Any) -> Property:
    """A list of texts; None where nothing is reported, empty where a source reports none."""
    return Property(Kind.TEXT_LIST, description, **more)


def point(description: str) -> Property:
    """A place on Earth, WGS84."""
    return Property(Kind.POINT, description, unit="degrees")


def choice(vocabulary: Vocabulary, description: str, **more: Any) -> Property:
    """A value of a closed list."""
    return Property(Kind.ENUM, description, vocabulary=vocabulary, **more)


def through(relationship: str, of: Property, property_name: str, description: str) -> Property:
    """The property of the record that a to-one relationship reaches."""
    return replace(of, description=description, derived=Through(relationship, property_name), required=False, unique=False, indexed=False)


def ruled(base: Property, *cases: tuple[Mapping[str, Any], Any], otherwise: Any = None, otherwise_stored: bool = False) -> Property:
    """A property that follows from a record's others."""
    return replace(base, derived=Rules(cases, otherwise, otherwise_stored), column=base.column if otherwise_stored else None)


def tally(base: Property, relationship: str) -> Property:
    """How many different records a relationship reaches."""
    return replace(base, required=True, column=None, derived=Tally(relationship))


def difference(base: Property, of: str, less: str) -> Property:
    """One number of the record less another."""
    return replace(base, column=None, derived=Difference(of, less))


def localized(description: str, stored: str, languages: tuple[str, ...]) -> Property:
    """A text in the language asked for, else in the first."""
    return Property(Kind.TEXT, description, required=True, column=None, derived=Localized(stored, languages))


def composed(type: str, description: str, *arguments: Argument, measure: str, many: bool = False, through: str = "") -> Composed:
    """What is worked out of several things around a record, as an object of a type of its own or a list of them."""
    return Composed(type, description, measure, arguments, many, through=through)


def spread(type: str, description: str, of: Spread, *, measure: str) -> Composed:
    """How many of the records around it have which value of a closed list."""
    return Composed(type, description, measure, many=True, spread=of)


def counted_by(description: str, *ways: tuple[str, ...]) -> CountedBy:
    """A facet at the end of one way of relationships or of several, named as the attribute is."""
    return CountedBy(description, ways)


def one(type: str, target: str, description: str, *, inverse: Inverse | None = None, **more: Any) -> Relationship:
    """A relationship to at most one record."""
    return Relationship(type, (target,), description, many=False, inverse=inverse, **more)


def many(type: str, target: str, description: str, *, inverse: Inverse | None = None, **more: Any) -> Relationship:
    """A relationship to any number of records."""
    return Relationship(type, (target,), description, many=True, inverse=inverse, **more)


def either(type: str, targets: tuple[str, ...], description: str, *, union: str, many: bool = True, incoming: bool = False) -> Relationship:
    """Several relationships of one type read together, whatever they reach; without targets, any record."""
    return Relationship(type, targets, description, many=many, union=union, incoming=incoming, stored=False)


def inverse(name: str, description: str, *, many: bool = True) -> Inverse:
    """How the other end calls the relationship."""
    return Inverse(name, description, many)


def node(*, plural: str = "", **more: Any) -> Callable[[type], NodeType]:
    """Make the decorated class the declaration of a node type: its docstring describes it, its attributes are its parts."""

    def declared(noun: type) -> NodeType:
        parts = {name: value for name, value in vars(noun).items() if isinstance(value, Property | Relationship | Composed | CountedBy)}
        named = [replace(value, name=name) for name, value in parts.items()]
        return NodeType(
            label=noun.__name__,
            plural=plural or f"{noun.__name__[:1].lower()}{noun.__name__[1:]}s",
            description=" ".join((noun.__doc__ or "").split()),
            properties=tuple(_columned(part) for part in named if isinstance(part, Property)),
            relationships=tuple(part for part in named if isinstance(part, Relationship)),
            composed=tuple(part for part in named if isinstance(part, Composed)),
            counted_by=tuple(part for part in named if isinstance(part, CountedBy)),
            **more,
        )

    return declared


def _columned(part: Property) -> Property:
    return replace(part, column=part.name) if part.column == "" else part
