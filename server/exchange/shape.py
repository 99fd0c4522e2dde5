"""Which tables and columns the package of a domain has: read off the declaration, nothing listed by hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from graph_schema.domain import Domain
from graph_schema.kernel import Kind, NodeType, Property, Relationship, Rules, Through

SOURCE = "Source"
SUPPORT = "sources"
DISPUTE = "disputedBy"
ONE_SOURCE = "source_url"
MANY_SOURCES = "source_urls"
LOCATORS = "source_locators"
DISPUTES = "disputed_by_urls"


class Role(Enum):
    """What a column's cells say."""

    KEY = "which record the row is or belongs to"
    OTHER = "the record at the other end of the row's relationship"
    VALUE = "a property"
    LATITUDE = "the first half of a place"
    LONGITUDE = "the second half of a place"
    REPEATED = "a property of a related record, said again"
    ONE = "the related record"
    MANY = "the related records, in order"
    EDGE = "a property of the row's relationship"
    SOURCE = "the address that supports the row"
    SOURCES = "the addresses that support the row, in order"
    LOCATORS = "where in each source the support stands"
    DISPUTES = "the addresses that dispute the row, in order"


class Purpose(Enum):
    """What a table's rows are."""

    RECORDS = "records"
    EXTENSION = "further properties of records"
    TIES = "relationships between records"


@dataclass(frozen=True, slots=True)
class Column:
    """One column and what it fills."""

    name: str
    role: Role
    description: str
    required: bool = False
    declared: Property | None = None
    relationship: Relationship | None = None
    label: str | None = None
    """The label of the records that its cells name."""

    @property
    def listed(self) -> bool:
        """Whether its cells are lists."""
        of_texts = self.declared is not None and self.declared.kind is Kind.TEXT_LIST
        return of_texts or self.role in (Role.MANY, Role.SOURCES, Role.DISPUTES, Role.LOCATORS)

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        of_numbers = self.declared is not None and self.declared.kind in (Kind.INT, Kind.FLOAT)
        return of_numbers or self.role in (Role.LATITUDE, Role.LONGITUDE)

    @property
    def slot(self) -> str:
        """The part of a record that it fills."""
        if self.relationship:
            return self.relationship.field
        return self.declared.field if self.declared else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """One table: whose rows it has, and its columns in order."""

    name: str
    label: str
    purpose: Purpose
    description: str
    columns: tuple[Column, ...]
    source_column: str | None
    relationship: Relationship | None = None
    licence: str | None = None

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((each for each in self.columns if each.name == name), None)

    def having(self, *roles: Role) -> tuple[Column, ...]:
        """The columns of these roles."""
        return tuple(each for each in self.columns if each.role in roles)

    @property
    def key(self) -> tuple[Column, ...]:
        """The columns that tell its rows apart."""
        return self.having(Role.KEY, Role.OTHER)

    @property
    def support(self) -> str:
        """The part of a record that its source columns fill; an extension's sources support what it fills."""
        return SUPPORT if self.purpose is Purpose.RECORDS else f"{SUPPORT}:{self.name}"


@dataclass(frozen=True)
class Shape:
    """All tables of a domain's package, in the order in which they refer to each other."""

    domain: Domain
    tables: dict[str, Table]

    def records(self, label: str) -> Table | None:
        """The table whose rows are the records of a label."""
        return next((each for each in self.tables.values() if each.purpose is Purpose.RECORDS and each.label == label), None)

    def of(self, label: str) -> tuple[Table, ...]:
        """Every table that says something of a label's records."""
        return tuple(each for each in self.tables.values() if each.label == label)


def shape_of(domain: Domain) -> Shape:
    """The package of a domain."""
    records = [_records(node) for node in domain if node.table]
    extensions = [table for node in domain for table in _extensions(node)]
    ties = [_ties(node, each) for node in domain for each in node.relationships if each.stored and each.table and each.column]
    return Shape(domain, {table.name: table for table in (*records, *extensions, *ties)})


def label_key(label: str) -> str:
    """`ClimateCityContract` → `climate_city_contract_id`: the column that names a record of the label."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", label).lower() + "_id"


def stored(node: NodeType, table: str | None = None) -> Iterator[Property]:
    """The properties of a node type that stand in a table and in the graph."""
    for each in node.properties:
        if each.column is not None and each.table == table and is_stored(each):
            yield each


def is_stored(declared: Property) -> bool:
    """Whether the graph holds it; what follows from others is only held where a source may say otherwise."""
    return declared.derived is None or (isinstance(declared.derived, Rules) and declared.derived.otherwise_stored)


def own_relationships(node: NodeType) -> Iterator[Relationship]:
    """The relationships that a list cell or a reference cell of the node's own table holds."""
    return (each for each in node.relationships if each.stored and each.column and not each.table)


def _records(node: NodeType) -> Table:
    assert node.table
    key = Column(node.table_key, Role.KEY, _key_description(node), True, declared=_key_property(node), label=node.label)
    values = [column for each in stored(node) if each.column != node.table_key for column in _values(each)]
    repeated = [
        Column(each.column, Role.REPEATED, each.description, declared=each)
        for each in node.properties
        if each.column is not None and isinstance(each.derived, Through)
    ]
    related = [_related(each) for each in own_relationships(node)]
    status = [each for each in values if each.name == "status"]
    support = _support(node.source_column, required=True) if node.sourced else ()
    disputes = (Column(DISPUTES, Role.DISPUTES, "Public addresses that dispute the row."),) if node.sourced else ()
    return Table(
        name=node.table,
        label=node.label,
        purpose=Purpose.RECORDS,
        description=node.description,
        columns=(key, *(each for each in values if each.name != "status"), *repeated, *related, *status, *disputes, *support),
        source_column=node.source_column if node.sourced else None,
        licence=node.licence,
    )


def _extensions(node: NodeType) -> Iterator[Table]:
    for name in dict.fromkeys(each.table for each in node.properties if each.table):
        key = Column(label_key(node.label), Role.KEY, f"{node.label} that the row extends.", True, label=node.label)
        values = [column for each in stored(node, name) for column in _values(each)]
        description = f"Further properties of {node.plural}, with the sources that support them."
        columns = (key, *values, *_support(MANY_SOURCES, required=True))
        yield Table(name, node.label, Purpose.EXTENSION, description, columns, MANY_SOURCES, licence=node.licence)


def _ties(node: NodeType, tie: Relationship) -> Table:
    assert tie.table
    assert tie.column
    key = Column(label_key(node.label), Role.KEY, f"{node.label} of the row.", True, label=node.label)
    other = Column(tie.column, Role.OTHER, tie.description, True, relationship=tie, label=tie.target)
    told = [each for each in tie.edge if each.column is not None]
    edge = [Column(each.column or each.name, Role.EDGE, each.description, declared=each) for each in told if each.name != SUPPORT]
    sources = next((each.column for each in told if each.name == SUPPORT), None)
    support = tuple(each for each in _support(sources, required=True) if each.role is not Role.LOCATORS) if sources else ()
    return Table(tie.table, node.label, Purpose.TIES, tie.description, (key, other, *edge, *support), sources, tie, node.licence)


def _values(declared: Property) -> Iterator[Column]:
    assert declared.column is not None
    if declared.kind is not Kind.POINT:
        yield Column(declared.column, Role.VALUE, declared.description, declared.required and declared.name != "status", declared=declared)
        return
    prefix = "" if declared.name == "location" else f"{declared.column}_"
    yield Column(f"{prefix}latitude", Role.LATITUDE, f"{declared.description} Latitude, degrees.", declared=declared)
    yield Column(f"{prefix}longitude", Role.LONGITUDE, f"{declared.description} Longitude, degrees.", declared=declared)


def _related(declared: Relationship) -> Column:
    assert declared.column
    role = Role.MANY if declared.many else Role.ONE
    return Column(declared.column, role, declared.description, declared.required, relationship=declared, label=declared.target)


def _support(name: str | None, *, required: bool) -> tuple[Column, ...]:
    # One address or several: whichever of the two columns is there will do.
    return (
        Column(ONE_SOURCE, Role.SOURCE, "Public address that supports the row.", required and name == ONE_SOURCE),
        Column(
            MANY_SOURCES, Role.SOURCES, "Public addresses that support the row, separated by semicolons.", required and name == MANY_SOURCES
        ),
        Column(LOCATORS, Role.LOCATORS, "Where in each source the support stands, in the order of the sources."),
    )


def _key_property(node: NodeType) -> Property | None:
    return next((each for each in node.properties if each.column == node.table_key), None)


def _key_description(node: NodeType) -> str:
    found = _key_property(node)
    return found.description if found else "Stable identifier."
