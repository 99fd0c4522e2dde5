"""What the records of a list are counted by and which of their numbers are summed up, as the declaration has it."""

from dataclasses import dataclass

from graph_schema.domain import Domain
from graph_schema.kernel import CountedBy, Kind, NodeType, Property, Relationship
from graph_schema.names import lower_first, upper_snake
from graph_schema.record import OF_EVERY_RECORD

MOST_VALUES = 100
"""How many values of a facet are given."""

FACET_COST = 500
"""What a facet of a whole type costs, in records."""

WAYS_ON = {"City": ("country", "networks")}
"""By what a list is counted as well, where its records have to do with these."""

TYPE = "TYPE"
"""The facet of a list of records of several types."""

_NUMBERS = (Kind.INT, Kind.FLOAT)
_YEARS_OF_DATES = ("_DATE", "_ON")


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to count by: a property, or the records at the end of a way of relationships; without either, their types.

    Of several ways the first that leads anywhere counts. `label` is the type at their end. Of a date the year is taken.
    """

    name: str
    description: str
    of: Property | None = None
    ways: tuple[tuple[str, ...], ...] = ()
    label: str = ""


def facets_of(domain: Domain, node: NodeType) -> dict[str, Facet]:
    """By its name everything that a list of these records can be counted by; where they are of several types, by those."""
    if node.label not in domain.nodes:
        return {TYPE: Facet(TYPE, "The type of the record.")}
    found = [_of_property(each) for each in _own(node) if _is_a_facet(each)]
    for each in node.relationships:
        if _leads_to_a_facet(domain, node, each):
            found += _of_relationship(domain, each)
    for declared in node.counted_by:
        found += _of_ways(domain, node, declared)
    return {each.name: each for each in found}


def numbers_of(node: NodeType) -> dict[str, Property]:
    """The numbers of these records by their GraphQL names."""
    return {each.field: each for each in _own(node) if each.kind in _NUMBERS}


def _own(node: NodeType) -> tuple[Property, ...]:
    return tuple(each for each in node.properties if each.name not in OF_EVERY_RECORD)


def _is_a_facet(of: Property) -> bool:
    if of.kind is Kind.INT:
        return bool(of.reasons) or of.field == "year" or of.field.endswith("Year")
    return of.kind in (Kind.ENUM, Kind.BOOLEAN, Kind.PARTIAL_DATE)


def _of_property(of: Property) -> Facet:
    name = upper_snake(of.field)
    if of.kind is not Kind.PARTIAL_DATE:
        return Facet(name, of.description, of)
    for ending in _YEARS_OF_DATES:
        name = name.removesuffix(ending)
    return Facet(f"{name}_YEAR", f"The year: {lower_first(of.description)}", of)


def _leads_to_a_facet(domain: Domain, node: NodeType, relationship: Relationship) -> bool:
    if relationship.union or relationship.closing or relationship.passing or not (relationship.stored or relationship.plain):
        return False
    target = domain[relationship.target]
    return bool(target.title) and target.sourced and not (relationship.many and target == node)


def _of_relationship(domain: Domain, relationship: Relationship) -> list[Facet]:
    return _along(
        domain, Facet(_singular(relationship), relationship.description, ways=((relationship.field,),), label=relationship.target)
    )


def _of_ways(domain: Domain, node: NodeType, declared: CountedBy) -> list[Facet]:
    for name in declared.ways[0]:
        node = domain[node.relationship_named(name).target]
    return _along(domain, Facet(upper_snake(declared.name), declared.description, ways=declared.ways, label=node.label))


def _along(domain: Domain, facet: Facet) -> list[Facet]:
    """A facet, and those a step further along its ways."""
    found = [facet]
    for further in WAYS_ON.get(facet.label, ()):
        step = domain[facet.label].relationship_named(further)
        stem = facet.name.removesuffix(upper_snake(facet.label))
        about = f"{facet.description.rstrip('.')}: {lower_first(step.description)}"
        # Where the name does not end with the type, as `HOME_CITY` does, it is the whole stem.
        joined = f"{stem}_{_singular(step)}" if stem == facet.name else f"{stem}{_singular(step)}"
        found.append(Facet(joined, about, ways=tuple((*way, further) for way in facet.ways), label=step.target))
    return found


def _singular(relationship: Relationship) -> str:
    name = upper_snake(relationship.field)
    if not relationship.many:
        return name
    return f"{name.removesuffix('IES')}Y" if name.endswith("IES") else name.removesuffix("S")
