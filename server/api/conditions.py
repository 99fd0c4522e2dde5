"""What can be asked of a value: one input of operators for each kind of property."""

import graphene

from graph_schema.domain import Domain
from graph_schema.kernel import Kind, Property, Vocabulary
from server.api.making import Book, input_type, listed
from server.api.scalars import DateTime, PartialDate

_NAMES: dict[Kind, tuple[str, type, str]] = {
    Kind.TEXT: ("TextFilter", graphene.String, "Conditions on text; case and accents do not matter."),
    Kind.CODE: ("CodeFilter", graphene.String, "Conditions on a code, compared exactly."),
    Kind.INT: ("IntFilter", graphene.Int, "Conditions on a whole number."),
    Kind.FLOAT: ("FloatFilter", graphene.Float, "Conditions on a number."),
    Kind.PARTIAL_DATE: ("PartialDateFilter", PartialDate, "Conditions on a date; two dates are compared on what both know."),
    Kind.DATE_TIME: ("DateTimeFilter", DateTime, "Conditions on a moment."),
}
_WITH_PARTS = (Kind.TEXT, Kind.CODE)


def condition_inputs(domain: Domain, book: Book) -> Book:
    """Every input of operators: one for each kind of values, and one for each closed list of which the book has the enum."""
    return _of_kinds() | {f"{name}Filter": _of_enum(each, book[name]) for name, each in domain.vocabularies().items()}


def condition_name(of: Property) -> str:
    """The input of operators that fits a property."""
    if of.vocabulary:
        return f"{of.vocabulary.name}Filter"
    special = {Kind.BOOLEAN: "BooleanFilter", Kind.TEXT_LIST: "TextListFilter", Kind.POINT: "PointFilter"}
    return special.get(of.kind) or _NAMES[of.kind][0]


def _of_kinds() -> Book:
    ordered = {name: _ordered(name, of, about, parts=kind in _WITH_PARTS) for kind, (name, of, about) in _NAMES.items()}
    return ordered | {
        "BooleanFilter": input_type(
            "BooleanFilter", "Conditions on yes or no.", {"eq": graphene.Boolean, "ne": graphene.Boolean, "isNull": graphene.Boolean}
        ),
        "TextListFilter": input_type(
            "TextListFilter",
            "Conditions on a list of texts; case and accents do not matter.",
            {
                "has": graphene.String,
                "hasAny": listed(graphene.String),
                "hasAll": listed(graphene.String),
                "isEmpty": graphene.Boolean,
                "isNull": graphene.Boolean,
            },
        ),
        "NearInput": (near := _near()),
        "PointFilter": input_type("PointFilter", "Conditions on a place.", {"near": near, "isNull": graphene.Boolean}),
    }


def _of_enum(vocabulary: Vocabulary, enum: type) -> type:
    fields = {"eq": enum, "ne": enum, "in": listed(enum), "isNull": graphene.Boolean}
    return input_type(f"{vocabulary.name}Filter", f"Conditions on {vocabulary.name}.", fields)


def _ordered(name: str, of: type, about: str, *, parts: bool) -> type:
    fields = {"eq": of, "ne": of, "in": listed(of), "gt": of, "gte": of, "lt": of, "lte": of}
    return input_type(name, about, fields | ({"contains": of, "startsWith": of} if parts else {}) | {"isNull": graphene.Boolean})


def _near() -> type:
    degrees = {"latitude": graphene.NonNull(graphene.Float), "longitude": graphene.NonNull(graphene.Float)}
    return input_type(
        "NearInput", "Within so many kilometres of a place (great circle, WGS84).", {**degrees, "km": graphene.NonNull(graphene.Float)}
    )
