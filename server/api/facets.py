"""What every list of records is counted and summed up by: the fields of a connection and the types of their answers."""

from typing import Any

import graphene

from graph_schema.domain import Domain
from graph_schema.facets import FACET_COST, MOST_VALUES, Facet, facets_of, numbers_of
from graph_schema.kernel import NodeType, Property
from server.api.making import Book, field, later, listed, made

_FACETS = (
    "How many records there are of each value, over the whole list that `where` leaves, whatever page is shown. "
    f"Costs {FACET_COST} for each facet of a list at the root, a tenth of it in a list under a record or of what a measure chose, "
    "thrice that where it is computed."
)
_AGGREGATE = (
    "The numbers of the whole list that `where` leaves, whatever page is shown, in all and, with `groupBy`, for each of its values. "
    "Costs as a facet, and as another one for the groups."
)


def counting_fields(node: NodeType, domain: Domain, book: Book) -> dict[str, graphene.Field]:
    """`facets` and `aggregate` of a connection."""
    facets = bool(facets_of(domain, node))
    of = later(book, f"{node.label}Facet")
    by = {"by": graphene.Argument(graphene.NonNull(listed(of)), name="by", description="What to count by, in this order.")}
    group_by = {"groupBy": graphene.Argument(of, name="groupBy", description="By what the records are put into groups.")}
    counted = {"facets": field(listed(later(book, "FacetCounts")), _FACETS, "facets", by, required=True)}
    summed = field(later(book, f"{node.label}Aggregate"), _AGGREGATE, "aggregate", group_by if facets else None, required=True)
    return (counted if facets else {}) | {"aggregate": summed}


def facet_types(domain: Domain, book: Book) -> Book:
    """The types that lists share, and of each node type its facets, its numbers and its groups."""
    found: Book = {"FacetValue": _value(), "FacetCounts": _counts(book), "NumberAggregate": _number()}
    for node in (*domain, *domain.mixed()):
        facets = facets_of(domain, node)
        found[f"{node.label}Aggregate"] = _aggregate(node, book, grouped=bool(facets))
        if facets:
            found[f"{node.label}Facet"] = _facets(node, facets)
            found[f"{node.label}Group"] = _group(node, book)
    return found


def _facets(node: NodeType, facets: dict[str, Facet]) -> Any:
    def about(value: Any) -> str:
        return facets[value.value].description if value else f"What a list of {node.label} records can be counted by."

    return graphene.Enum(f"{node.label}Facet", [(name, name) for name in facets], description=about)


def _value() -> type:
    fields = {
        "key": field(graphene.String, "A name of a closed list, a year, or the slug or code of a record.", "key", required=True),
        "label": field(graphene.String, "The value in words.", "label", required=True),
        "count": field(graphene.Int, "How many records of the list have it.", "count", required=True),
    }
    return made(graphene.ObjectType, "FacetValue", "One value, and how many records have it.", fields)


def _counts(book: Book) -> type:
    values = f"The values, the most frequent first, then by key; {MOST_VALUES} at the most. A record of several values counts for each."
    fields = {
        "by": field(graphene.String, "What is counted by, as it was asked for.", "by", required=True),
        "values": field(listed(later(book, "FacetValue")), values, "values", required=True),
        "missing": field(graphene.Int, "How many records of the list have no value.", "missing", required=True),
        "more": field(graphene.Int, "How many further values there are.", "more", required=True),
    }
    return made(graphene.ObjectType, "FacetCounts", "How the records of a list spread over the values of one facet.", fields)


def _number() -> type:
    rounded = "a fraction is rounded to 12 significant digits."
    figures = {
        "min": "The smallest value; null without values.",
        "max": "The largest value; null without values.",
        "sum": f"The sum of the values; null without values; {rounded}",
        "mean": f"The arithmetic mean of the values; null without values; {rounded}",
        "median": f"The value in the middle, of an even number of values the mean of the two in the middle; null without values; {rounded}",
    }
    fields = {name: field(graphene.Float, about, name) for name, about in figures.items()}
    counts = {
        "missing": field(graphene.Int, "How many records have no value; they count for nothing else.", "missing", required=True),
        "count": field(graphene.Int, "How many records have a value.", "count", required=True),
    }
    return made(graphene.ObjectType, "NumberAggregate", "One number over several records.", fields | counts)


def _aggregate(node: NodeType, book: Book, *, grouped: bool) -> type:
    groups = {
        "groups": field(
            listed(later(book, f"{node.label}Group")),
            f"One for each value of `groupBy`, which has to be given: the largest first, then by key, {MOST_VALUES} at the most; "
            "last, without a key, the records that have no value. A record of several values is in several groups.",
            "groups",
            required=True,
        ),
        "moreGroups": field(graphene.Int, "How many further groups there are.", "moreGroups", required=True),
    }
    fields = _numbers(node, book) | {"count": _count("How many records the list has.")} | (groups if grouped else {})
    return made(graphene.ObjectType, f"{node.label}Aggregate", f"A list of {node.label} records in numbers.", fields)


def _group(node: NodeType, book: Book) -> type:
    value = {
        "key": field(graphene.String, "The value, as a facet has it; null for the records that have none.", "key"),
        "label": field(graphene.String, "The value in words; null for the records that have none.", "label"),
        "count": _count("How many records the group has."),
    }
    return made(graphene.ObjectType, f"{node.label}Group", f"{node.label} records of one value, in numbers.", _numbers(node, book) | value)


def _numbers(node: NodeType, book: Book) -> dict[str, graphene.Field]:
    return {name: _of_number(each, name, book) for name, each in numbers_of(node).items()}


def _of_number(of: Property, name: str, book: Book) -> graphene.Field:
    unit = f" In {of.unit}." if of.unit else ""
    return field(later(book, "NumberAggregate"), of.description + unit, name, required=True)


def _count(about: str) -> graphene.Field:
    return field(graphene.Int, about, "count", required=True)
