"""What a list can be asked for: filters and orders of each node type."""

import graphene

from graph_schema.domain import Domain
from graph_schema.kernel import RECORD, Composed, Kind, NodeType, Property, Relationship
from graph_schema.names import camel_of_value
from graph_schema.record import RECORD_PROPERTIES
from server.api.conditions import condition_inputs, condition_name
from server.api.making import Book, input_type, later, listed

UNORDERED = (Kind.TEXT_LIST, Kind.POINT)


def filters_and_orders(domain: Domain, book: Book) -> Book:
    """The inputs of operators; the filter, list filter, count filter and order inputs of every node type."""
    made: Book = condition_inputs(domain, book)
    for node in domain:
        edge = {name: _scalar(each, book) for name, each in domain.edge_properties(node.label).items()}
        if edge:
            made[f"{node.label}EdgeFilter"] = input_type(f"{node.label}EdgeFilter", f"Conditions on how a {node.label} is reached.", edge)
        made |= _of_node(node, book, with_edge=bool(edge))
    for name in {RECORD, *(each.label for each in domain.mixed())}:
        made |= _common(name, book)
    spreads = {each.type: _spread_inputs(each, node, domain, book) for node in domain for each in node.composed if each.spread}
    for inputs in spreads.values():
        made |= inputs
    return made | {
        "CountOrder": input_type(
            "CountOrder", "An order by how many there are.", {"count": graphene.NonNull(later(book, "OrderDirection"))}
        )
    }


def filter_name(relationship: Relationship) -> str:
    """The filter input of what a relationship reaches."""
    return f"{relationship.union or relationship.target}Filter"


def order_name(relationship: Relationship) -> str:
    """The order input of what a relationship reaches."""
    return f"{relationship.union or relationship.target}Order"


def _of_node(node: NodeType, book: Book, *, with_edge: bool) -> Book:
    own = {each.field: _scalar(each, book) for each in node.properties}
    related = {
        each.field: graphene.InputField(later(book, _related_filter(each)), name=each.field)
        for each in node.relationships
        if _askable(each)
    }
    edge = {"edge": graphene.InputField(later(book, f"{node.label}EdgeFilter"), name="edge")} if with_edge else {}
    spread = {each.field: graphene.InputField(later(book, f"{each.type}Filter"), name=each.field) for each in node.composed if each.spread}
    return _inputs(node.label, own | related | spread | edge, _order_fields(node, book), book)


def _spread_inputs(of: Composed, node: NodeType, domain: Domain, book: Book) -> Book:
    """What can be asked of the counts of records around a record by the values of a closed list."""
    assert of.spread
    declared = domain[node.relationship_named(of.spread.relationship).target].property_named(of.spread.property)
    assert declared.vocabulary
    values = {camel_of_value(value): about for value, about in declared.vocabulary.values.items()}

    def fields(type: str) -> dict[str, graphene.InputField]:
        return {name: graphene.InputField(later(book, type), name=name, description=about) for name, about in values.items()}

    return {
        f"{of.type}Filter": input_type(
            f"{of.type}Filter", "Conditions on numbers of records, by how they stand; all given ones hold.", fields("IntFilter")
        ),
        f"{of.type}Order": input_type(
            f"{of.type}Order", "An order by the number of records that stand one way: exactly one field.", fields("OrderDirection")
        ),
    }


def _common(name: str, book: Book) -> Book:
    properties = {each.field: each for each in RECORD_PROPERTIES}
    direction = later(book, "OrderDirection")
    orders = {field: graphene.InputField(direction, name=field) for field in properties}
    return _inputs(name, {field: _scalar(each, book) for field, each in properties.items()}, orders, book)


def _inputs(label: str, conditions: dict[str, object], orders: dict[str, object], book: Book) -> Book:
    own = later(book, f"{label}Filter")
    logic = {
        "and": graphene.InputField(listed(own), name="and", description="All of these hold."),
        "or": graphene.InputField(listed(own), name="or", description="At least one of these holds."),
        "not": graphene.InputField(own, name="not", description="This does not hold."),
        "isNull": graphene.InputField(graphene.Boolean, name="isNull", description=_ABSENCE),
    }
    quantified = {name: graphene.InputField(own, name=name, description=about) for name, about in _QUANTIFIERS.items()}
    count = graphene.InputField(later(book, f"{label}CountFilter"), name="count", description="How many there are.")
    numbers = dict.fromkeys(("eq", "ne", "gt", "gte", "lt", "lte"), graphene.Int) | {"in": listed(graphene.Int)}
    where = graphene.InputField(own, name="where", description="Count only these.")
    return {
        f"{label}Filter": input_type(f"{label}Filter", f"Conditions on a {label}; all given ones hold together.", logic | conditions),
        f"{label}ListFilter": input_type(f"{label}ListFilter", f"Conditions on related records ({label}).", quantified | {"count": count}),
        f"{label}CountFilter": input_type(
            f"{label}CountFilter", f"Conditions on a number of records ({label}).", numbers | {"where": where}
        ),
        f"{label}Order": input_type(f"{label}Order", f"An order of {label} records: exactly one field. Nulls come last.", orders),
    }


_ABSENCE = "In a to-one relation, true: there is no such record. Without it the filter asks for one that fits."
_QUANTIFIERS = {
    "some": "At least one is like this.",
    "every": "All are like this, or there is none.",
    "none": "None is like this.",
    "single": "Exactly one is like this.",
}


def _order_fields(node: NodeType, book: Book) -> dict[str, object]:
    direction = later(book, "OrderDirection")
    own = {each.field: graphene.InputField(direction, name=each.field) for each in node.properties if each.kind not in UNORDERED}
    one = {each.field: later(book, order_name(each)) for each in node.relationships if not each.many and not each.union}
    many = {each.field: later(book, "CountOrder") for each in node.relationships if each.many}
    spread = {each.field: later(book, f"{each.type}Order") for each in node.composed if each.spread}
    return own | {name: graphene.InputField(of, name=name) for name, of in (one | many | spread).items()}


def _scalar(of: Property, book: Book) -> graphene.InputField:
    return graphene.InputField(later(book, condition_name(of)), name=of.field)


def _related_filter(relationship: Relationship) -> str:
    return f"{relationship.union or relationship.target}ListFilter" if relationship.many else filter_name(relationship)


def _askable(relationship: Relationship) -> bool:
    return relationship.many or not relationship.union
