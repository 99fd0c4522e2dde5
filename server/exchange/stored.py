"""What the graph holds of each record, in the same parts in which a package speaks of it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_schema.folding import folded
from graph_schema.kernel import Kind, NodeType, Property, Relationship
from server.cypher import Statement
from server.dialects import quoted
from server.exchange.content import Slots, tie
from server.exchange.shape import DISPUTE, SOURCE, SUPPORT, Purpose, Shape, is_stored

Run = Callable[[Statement], Awaitable[list[list[Any]]]]

LOADED = "loaded"
"""Hidden property of a record: what the last load said, as JSON."""
PARTS = "parts"
"""Hidden property of SUPPORTED_BY: for each table whose row names the source, at which place and with which locator, as JSON."""
PACKAGE = "package"
"""Hidden property of the graph's own node: name and columns of the last package loaded, as JSON."""


@dataclass(slots=True)
class Record:
    """One record as it stands in the graph."""

    slots: Slots
    loaded: dict[str, Any] | None


@dataclass(slots=True)
class Stored:
    """Every record of the graph."""

    revision: int
    package: dict[str, Any]
    records: dict[str, dict[str, Record]] = field(default_factory=dict)


async def read_head(run: Run) -> Stored | None:
    """The graph's revision and what it knows of its last load; None where it was never prepared."""
    found = await run(Statement(f"MATCH (g:`Graph` {{id: $id}}) RETURN g.revision, g.{PACKAGE}", {"id": "graph"}))
    return Stored(found[0][0], json.loads(found[0][1]) if found[0][1] else {}) if found else None


async def read_stored(run: Run, shape: Shape, head: Stored) -> Stored:
    """Everything that a package could say of the graph's records."""
    head.records = {node.label: {} for node in shape.domain}
    if await run(Statement("MATCH (n:`Record`) RETURN count(n)")) == [[0]]:
        return head
    for node in shape.domain:
        head.records[node.label] = {slug: record async for slug, record in _records(run, node)}
    for node in shape.domain:
        own = head.records[node.label]
        for relationship in carried(node):
            if own:
                await _read_relationship(run, node, relationship, own)
    return head


def carried(node: NodeType) -> Iterator[Relationship]:
    """The relationships of a node type that a package can carry."""
    return (each for each in node.relationships if each.stored and (each.column or each.field in (SUPPORT, DISPUTE)))


def kept(node: NodeType) -> list[Property]:
    """The properties of a node type that a package can carry."""
    return [each for each in node.properties if each.column is not None and is_stored(each)]


def to_properties(node: NodeType, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Parts that are properties, as the graph stores them."""
    found: dict[str, Any] = {}
    for each in kept(node):
        if each.field in slots:
            found.update(stored_form(each, slots[each.field]))
    return found


def stored_form(declared: Property, value: Any) -> dict[str, Any]:
    """One property's value under the names under which the graph holds it."""
    if declared.kind is Kind.POINT:
        latitude, longitude = value or (None, None)
        return {"latitude": latitude, "longitude": longitude}
    if value is not None and declared.kind is Kind.FLOAT:
        value = float(value)
    if declared.shadow is None:
        return {declared.field: value}
    shadow = [folded(item) for item in value] if isinstance(value, list) else folded(value) if value is not None else None
    return {declared.field: value, declared.shadow: shadow}


async def _records(run: Run, node: NodeType) -> AsyncIterator[tuple[str, Record]]:
    properties = kept(node)
    names = ["slug", LOADED, *(name for each in properties for name in _read_names(each))]
    text = f"MATCH (n:{quoted(node.label)}) RETURN {', '.join(f'n.{quoted(name)}' for name in names)}"
    for slug, loaded, *values in await run(Statement(text)):
        remaining = iter(values)
        slots = {each.field: _value(each, [next(remaining) for _ in _read_names(each)]) for each in properties}
        for relationship in carried(node):
            if not relationship.table:
                slots[relationship.field] = [] if relationship.many else None
        yield slug, Record(slots, json.loads(loaded) if loaded else None)


def _read_names(declared: Property) -> tuple[str, ...]:
    return ("latitude", "longitude") if declared.kind is Kind.POINT else (declared.field,)


def _value(declared: Property, values: list[Any]) -> Any:
    if declared.kind is Kind.POINT:
        return None if values[0] is None else values
    return values[0]


async def _read_relationship(run: Run, node: NodeType, relationship: Relationship, own: dict[str, Record]) -> None:
    edge = [each for each in relationship.edge if each.field != SUPPORT or relationship.table]
    names = ["position", PARTS, *(each.field for each in edge)]
    rows = await run(Statement(f"MATCH {pattern(node, relationship)} RETURN a.slug, b.{_identity(relationship)}, {_listed(names)}"))
    for slug, other, position, parts, *values in sorted(rows, key=lambda row: (row[0], row[2] is None, row[2] or 0, row[1])):
        slots = own[slug].slots
        if relationship.table:
            slots[tie(relationship.field, other)] = {each.field: value for each, value in zip(edge, values, strict=True)}
        elif relationship.field == SUPPORT:
            _support(slots, other, json.loads(parts) if parts else {SUPPORT: [position or 0, values[0] if values else None]})
        elif relationship.many:
            slots[relationship.field].append(other)
        else:
            slots[relationship.field] = other
    if relationship.field == SUPPORT:
        _in_order(own)


def pattern(node: NodeType, relationship: Relationship) -> str:
    """The stored relationship from a record `a` to a record `b`."""
    start, end = ("<-", "-") if relationship.incoming else ("-", "->")
    return f"(a:{quoted(node.label)}){start}[r:{quoted(relationship.type)}]{end}(b:{quoted(relationship.target)})"


def _identity(relationship: Relationship) -> str:
    return "url" if relationship.target == SOURCE else "slug"


def _listed(names: list[str]) -> str:
    return ", ".join(f"r.{quoted(name)}" for name in names)


def _support(slots: Slots, url: str, parts: Mapping[str, list[Any]]) -> None:
    for part, (index, locator) in parts.items():
        slots.setdefault(part, []).append([index, url, locator])


def _in_order(own: dict[str, Record]) -> None:
    """Each table's sources in the order in which its row named them."""
    for record in own.values():
        for part in [name for name in record.slots if name == SUPPORT or name.startswith(f"{SUPPORT}:")]:
            listed = sorted(record.slots[part], key=lambda each: (each[0], each[1]))
            record.slots[part] = [[url, locator] for _, url, locator in listed]


def extension_fields(shape: Shape, label: str) -> dict[str, tuple[str, ...]]:
    """For each extension table of a label: the fields that its rows fill, by the part that its sources are."""
    return {
        table.support: tuple(column.slot for column in table.columns if column.declared)
        for table in shape.of(label)
        if table.purpose is Purpose.EXTENSION
    }
