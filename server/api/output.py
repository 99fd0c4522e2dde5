"""The object type of each noun, with the interfaces and unions they share."""

from typing import Any

import graphene

from graph_schema.domain import Domain
from graph_schema.kernel import MOST_REASONS, RECORD, Localized, NodeType, Property, Relationship, Vocabulary
from graph_schema.names import upper_snake
from graph_schema.record import RECORD_PROPERTIES
from server.api.composed import composed_field
from server.api.composed import vocabularies as composed_vocabularies
from server.api.making import Book, field, later, listed, made
from server.api.paging import page_arguments
from server.api.scalars import scalar_type


def enums(domain: Domain) -> Book:
    """One enum for every closed list in use, one that names the types of records."""
    labels = Vocabulary("RecordType", "The types of records.", {upper_snake(node.label): node.description for node in domain})
    direction = Vocabulary("OrderDirection", "Which way a list is ordered.", {"ASC": "Smallest first.", "DESC": "Largest first."})
    return {each.name: _enum(each) for each in (*domain.vocabularies().values(), labels, direction, *composed_vocabularies(domain))}


def interfaces(domain: Domain, book: Book) -> Book:
    """`Node` and `Record`."""
    identity = {"id": field(graphene.ID, "Globally unique and readable, such as `City:helsingborg`.", "id", required=True)}
    node = made(graphene.Interface, "Node", "Anything that has a global id.", identity)
    common = {each.field: _scalar_field(each, book) for each in RECORD_PROPERTIES}
    sources = _relation_field(_sources(domain), book)
    record = made(
        graphene.Interface,
        RECORD,
        "What every record has, with the sources it rests on.",
        common | {"sources": sources},
        interfaces=(node,),
    )
    return {"Node": node, RECORD: record}


def unions(domain: Domain, book: Book) -> Book:
    """A union for every relationship that reaches several types."""
    several = {each.union: each for node in domain for each in node.relationships if each.union and each.union != RECORD}
    return {name: _union(name, each, book) for name, each in several.items()}


def objects(domain: Domain, book: Book) -> Book:
    """The object type of every noun."""
    return {node.label: _object(node, book) for node in domain} | {"Point": _point()}


def _object(node: NodeType, book: Book) -> type:
    scalars = {each.field: _scalar_field(each, book) for each in node.properties}
    related = {each.field: _relation_field(each, book) for each in node.relationships}
    composed = {each.field: composed_field(each, book) for each in node.composed}
    interfaces = (book["Node"], book[RECORD]) if node.sourced else (book["Node"],)
    return made(graphene.ObjectType, node.label, node.description, scalars | related | composed, interfaces=interfaces)


def _scalar_field(each: Property, book: Book) -> graphene.Field:
    if each.reasons:
        return field(later(book, each.level_type), each.description, each.field, required=True)
    language = {"language": graphene.Argument(graphene.String, default_value="en")} if isinstance(each.derived, Localized) else {}
    unit = f" In {each.unit}." if each.unit else ""
    return field(scalar_type(each, book), each.description + unit, each.field, language, required=each.required)


def levels(domain: Domain, book: Book) -> Book:
    """The object types of levels that are answered with the records that bear them out."""
    made_of = {each.level_type: each for node in domain for each in node.properties if each.reasons}
    found: Book = {}
    for name, each in made_of.items():
        of_reason = each.reason_type
        reason = {
            "rule": field(graphene.Int, "The level that the record bears out.", "rule", required=True),
            "record": field(later(book, RECORD), "The record.", "record", required=True),
        }
        level = {
            "level": field(graphene.Int, "The level.", "level", required=True),
            "reasons": field(
                listed(later(book, of_reason)), f"Records that bear it out, {MOST_REASONS} of a kind at the most.", "reasons", required=True
            ),
            "definitionVersion": field(graphene.String, "Version of the definition.", "definitionVersion", required=True),
        }
        found[of_reason] = made(graphene.ObjectType, of_reason, "What bears out a level.", reason)
        found[name] = made(graphene.ObjectType, name, each.description, level)
    return found


def _relation_field(each: Relationship, book: Book) -> graphene.Field:
    target = each.union or each.target
    if not each.many:
        return field(later(book, target), each.description, each.field, required=each.required)
    if each.plain:
        return field(listed(later(book, target)), each.description, each.field, required=True)
    return field(
        later(book, f"{target}Connection"), each.description + _cost(each), each.field, page_arguments(target, book), required=True
    )


def _cost(each: Relationship) -> str:
    return f" Costs as {each.usual} unless `first` or `last` is given." if each.usual else ""


def _sources(domain: Domain) -> Relationship:
    return next(node.relationship_named("sources") for node in domain if node.sourced)


def _union(name: str, each: Relationship, book: Book) -> type:
    types = tuple(book[target] for target in each.targets)
    return type(name, (graphene.Union,), {"Meta": type("Meta", (), {"types": types, "description": each.description})})


def _enum(vocabulary: Vocabulary) -> Any:
    about = dict(vocabulary.values)
    return graphene.Enum(
        vocabulary.name,
        [(value, value) for value in about],
        description=lambda value: about[value.value] if value else vocabulary.description,
    )


def _point() -> type:
    degrees = {
        "latitude": field(graphene.Float, "Degrees north of the equator.", "latitude", required=True),
        "longitude": field(graphene.Float, "Degrees east of Greenwich.", "longitude", required=True),
    }
    return made(graphene.ObjectType, "Point", "A place on Earth, WGS84.", degrees)
