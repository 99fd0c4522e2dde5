"""The schema a store must know before the first record: read off the declaration, plus what the service keeps for itself."""

import hashlib
from collections.abc import Sequence

from graph_schema.domain import Domain
from graph_schema.kernel import RECORD, Kind, NodeType, Property, Rules, Searched
from graph_schema.searching import FORM, NAMES, TEXT, searched_as
from server.dialects import FullTextIndex, LabelSchema, PropertyType

_TYPES = {
    Kind.TEXT: PropertyType.STRING,
    Kind.CODE: PropertyType.STRING,
    Kind.ENUM: PropertyType.STRING,
    Kind.PARTIAL_DATE: PropertyType.STRING,
    Kind.DATE_TIME: PropertyType.STRING,
    Kind.INT: PropertyType.INTEGER,
    Kind.FLOAT: PropertyType.FLOAT,
    Kind.BOOLEAN: PropertyType.BOOLEAN,
    Kind.TEXT_LIST: PropertyType.STRINGS,
    Kind.POINT: PropertyType.FLOAT,
}
_STRING, _INTEGER = PropertyType.STRING, PropertyType.INTEGER

SYSTEM = (
    LabelSchema("Graph", (("id", _STRING), ("revision", _INTEGER), ("package", _STRING)), unique=("id",)),
    LabelSchema(
        "Event",
        (("seq", _INTEGER), ("kind", _STRING), ("at", _STRING), ("actor", _STRING), ("actorRole", _STRING)),
        unique=("seq",),
    ),
    LabelSchema(
        "Migration",
        (("number", _INTEGER), ("name", _STRING), ("checksum", _STRING), ("at", _STRING), ("applier", _STRING)),
        unique=("number",),
    ),
    LabelSchema(
        "IdempotencyKey",
        (("id", _STRING), ("viewer", _STRING), ("key", _STRING), ("inputHash", _STRING), ("answer", _STRING), ("at", _STRING)),
        # Viewer and key as one text: the embedded store takes a missing part of a composite key for a value.
        unique=("id",),
    ),
)

FULL_TEXT = (FullTextIndex("record_names", RECORD, (NAMES,)), FullTextIndex("record_texts", RECORD, (TEXT,)))
"""By which records are found: by what they are called, and by all that is read of them."""


def labels_of(domain: Domain) -> tuple[LabelSchema, ...]:
    """Every label, the shared one first."""
    held = (("id", _STRING), (NAMES, _STRING), (TEXT, _STRING))
    shared = LabelSchema(RECORD, held, unique=("id",), searched=(f"form {FORM}",))
    return (shared, *(_label(node) for node in domain), *SYSTEM)


def relationship_types_of(domain: Domain) -> tuple[str, ...]:
    """Every relationship type that is stored, each once."""
    named = (each.type for node in domain for each in node.relationships if each.stored and each.type)
    return tuple(dict.fromkeys([*named, "TOUCHED"]))


def checksum_of(labels: Sequence[LabelSchema], relationship_types: Sequence[str]) -> str:
    """Changes whenever the schema does."""
    return hashlib.sha256(repr((tuple(labels), tuple(relationship_types))).encode()).hexdigest()


def _label(node: NodeType) -> LabelSchema:
    stored = [(name, _TYPES[each.kind]) for each in node.properties for name in held_as(each) if name != "id"]
    return LabelSchema(
        node.label,
        (*stored, ("loaded", _STRING)),
        unique=tuple(each.field for each in node.properties if each.unique),
        indexed=tuple(each.shadow or each.field for each in node.properties if each.indexed),
        also_labels=(RECORD,),
        searched=tuple(f"{each.searched.name} {each.field}" for each in searched_as(node, *Searched) if each.searched),
    )


def held_as(declared: Property) -> tuple[str, ...]:
    """The names under which the graph holds it; what follows from others is held where a source may say otherwise."""
    if isinstance(declared.derived, Rules) and declared.derived.otherwise_stored:
        return (declared.field,)
    return declared.stored
