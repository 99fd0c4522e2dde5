"""The public contract: the root fields over every declared noun."""

import graphene
from graphql import GraphQLSchema

from graph_schema.domain import Domain
from graph_schema.kernel import NodeType
from server.api.composed import composed_types, has_network, network_fields
from server.api.facets import facet_types
from server.api.inputs import filters_and_orders
from server.api.making import Book, field, later, listed, made
from server.api.output import enums, interfaces, levels, objects, unions
from server.api.paging import connections, page_arguments, page_info
from server.api.service import service_types
from server.operations.lasting import resting


def build_schema(domain: Domain) -> GraphQLSchema:
    """The GraphQL schema of a domain. It has no resolvers: the reading room answers."""
    with resting():
        return _built(domain)


def _built(domain: Domain) -> GraphQLSchema:
    book: Book = {}
    book |= enums(domain)
    book |= {"PageInfo": page_info()} | filters_and_orders(domain, book)
    book |= interfaces(domain, book)
    book |= objects(domain, book) | levels(domain, book) | composed_types(domain, book)
    book |= unions(domain, book)
    book |= connections(domain, book) | facet_types(domain, book)
    book |= service_types(book)
    types = [book[node.label] for node in domain]
    built: GraphQLSchema = graphene.Schema(query=_query(domain, book), types=types, auto_camelcase=False).graphql_schema
    return built


def _query(domain: Domain, book: Book) -> type:
    ids = graphene.Argument(graphene.NonNull(listed(graphene.ID)), name="ids")
    fields = {
        "node": field(book["Node"], "Any record by its global id.", "node", {"id": _required(graphene.ID, "id")}),
        "nodes": field(
            graphene.List(book["Node"]),
            "Records by their global ids, 100 at the most; null where there is none.",
            "nodes",
            {"ids": ids},
            required=True,
        ),
        "service": field(book["Service"], "What the service says of itself.", "service", required=True),
    }
    if has_network(domain):
        fields |= network_fields(book)
    for node in domain:
        fields |= {node.field: _lookup(node, book), node.plural: _list(node, book)}
    return made(graphene.ObjectType, "Query", "What can be asked.", fields)


def _lookup(node: NodeType, book: Book) -> graphene.Field:
    key = {node.lookup: _required(graphene.String, node.lookup)}
    return field(later(book, node.label), f"One {node.label} by its {node.lookup}; null where there is none.", node.field, key)


def _list(node: NodeType, book: Book) -> graphene.Field:
    connection = later(book, f"{node.label}Connection")
    return field(connection, f"All {node.label} records. {node.description}", node.plural, page_arguments(node.label, book), required=True)


def _required(of: type, name: str) -> graphene.Argument:
    return graphene.Argument(graphene.NonNull(of), name=name)
