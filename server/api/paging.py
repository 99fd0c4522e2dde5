"""The connection shape that every list of records shares."""

import graphene

from graph_schema.domain import Domain
from graph_schema.kernel import Property
from server.api.facets import counting_fields
from server.api.making import Book, field, later, listed, made
from server.api.scalars import scalar_type


def page_info() -> type:
    """The type of `pageInfo`."""
    return made(
        graphene.ObjectType,
        "PageInfo",
        "Where a page stands in its list.",
        {
            "hasNextPage": field(graphene.Boolean, "Whether records follow.", "hasNextPage", required=True),
            "hasPreviousPage": field(graphene.Boolean, "Whether records come before.", "hasPreviousPage", required=True),
            "startCursor": field(graphene.String, "Cursor of the first record.", "startCursor"),
            "endCursor": field(graphene.String, "Cursor of the last record.", "endCursor"),
        },
    )


def page_arguments(label: str, book: Book) -> dict[str, graphene.Argument]:
    """The arguments of a list of records of one type."""
    types = {
        "where": later(book, f"{label}Filter"),
        "orderBy": listed(later(book, f"{label}Order")),
        "first": graphene.Int,
        "after": graphene.String,
        "last": graphene.Int,
        "before": graphene.String,
    }
    return {name: graphene.Argument(of, name=name) for name, of in types.items()}


def connections(domain: Domain, book: Book) -> Book:
    """A connection and an edge for every node type and every union of them."""
    made_: Book = {}
    for node in (*domain, *domain.mixed()):
        edge = domain.edge_properties(node.label) if node.label in domain.nodes else {}
        made_ |= _connection(node.label, edge, counting_fields(node, domain, book), book)
    return made_


def _connection(label: str, edge: dict[str, Property], counting: dict[str, graphene.Field], book: Book) -> Book:
    node = later(book, label)
    own = {
        "cursor": field(graphene.String, "Position of the record in the list.", "cursor", required=True),
        "node": field(node, "The record.", "node", required=True),
    }
    said = {name: field(scalar_type(each, book), each.description, name) for name, each in edge.items()}
    edge_type = made(graphene.ObjectType, f"{label}Edge", f"A {label} in a list, with what the relationship to it says.", own | said)
    fields = {
        "nodes": field(listed(node), "The records of this page.", "nodes", required=True),
        "edges": field(listed(edge_type), "The records of this page, each with its cursor.", "edges", required=True),
        "pageInfo": field(later(book, "PageInfo"), "Where this page stands.", "pageInfo", required=True),
        "totalCount": field(graphene.Int, "How many records there are on all pages.", "totalCount", required=True),
    }
    connection = made(graphene.ObjectType, f"{label}Connection", f"A page of {label} records.", fields | counting)
    return {edge_type.__name__: edge_type, connection.__name__: connection}
