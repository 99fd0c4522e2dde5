"""What a load changes, as statements: records, relationships, then the event."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from graph_schema.kernel import Relationship
from graph_schema.searching import search_texts
from server.cypher import Statement
from server.dialects import quoted
from server.exchange.content import Slots, slug_of_url
from server.exchange.merging import Change
from server.exchange.shape import DISPUTE, SUPPORT, Shape
from server.exchange.stored import LOADED, PACKAGE, PARTS, carried, extension_fields, stored_form, to_properties

# A statement must end well within the store's time limit, on slow machines too.
MOST_ROWS = 1_000
MOST_BYTES = 2 * 1024 * 1024

_Row = dict[str, Any]

OPEN = (
    "MATCH (g:`Graph` {id: $id}) SET g.revision = g.revision + 1, g.`" + PACKAGE + "` = $package "
    "WITH g CREATE (e:`Event` {seq: g.revision, kind: $kind, at: $at, actorRole: $role}) RETURN e.seq"
)
TOUCH = "UNWIND $rows AS row MATCH (e:`Event` {seq: $seq}) MATCH (n:`Record` {id: row.id}) CREATE (e)-[:`TOUCHED` "


def node_statements(shape: Shape, changes: Iterable[Change], revision: int, now: str) -> Iterator[Statement]:
    """Create and change the records themselves."""
    created: dict[str, list[_Row]] = {}
    changed: list[_Row] = []
    for change in changes:
        node = shape.domain[change.label]
        properties = {**to_properties(node, change.after), **search_texts(node, change.final), LOADED: _json(change.loaded)}
        if change.seen:
            properties |= {"updatedAt": now, "revision": revision}
        if change.created:
            properties |= {"slug": change.slug, "createdAt": now}
            created.setdefault(change.label, []).append({"id": change.id, **_without_null(properties)})
        else:
            changed.append({"id": change.id, "properties": properties})
    for label, rows in created.items():
        # Both labels at once: a label that is added later makes the embedded store write the node anew.
        # And no MERGE: with two labels it looks through all nodes there instead of asking the index.
        yield from batched(f"UNWIND $rows AS row CREATE (n:{quoted(label)}:`Record`) SET n = row", rows)
    yield from batched("UNWIND $rows AS row MATCH (n:`Record` {id: row.id}) SET n += row.properties", changed)


def relationship_statements(shape: Shape, changes: Iterable[Change]) -> Iterator[Statement]:
    """Take the changed relationships away, then make them as they will be."""
    listed = [change for change in changes if change.seen]
    for node in shape.domain:
        own = [change for change in listed if change.label == node.label]
        parts = [(change, _parts(change)) for change in own]
        extended = {name for fields in extension_fields(shape, node.label).values() for name in fields}
        for relationship in carried(node) if own else ():
            # The locator of an extension's source names what its row fills, so it follows those properties.
            speaking = {relationship.field, *(extended if relationship.field == SUPPORT else ())}
            touched = [change for change, names in parts if not speaking.isdisjoint(names)]
            yield from _taken_away(relationship, [change for change in touched if not change.created])
            rows = [row for change in touched for row in _edges(shape, relationship, change)]
            start, end = ("<-", "-") if relationship.incoming else ("-", "->")
            text = (
                "UNWIND $rows AS row MATCH (a:`Record` {id: row.here}) MATCH (b:`Record` {id: row.there}) "
                f"CREATE (a){start}[:{quoted(relationship.type)} "
            )
            yield from _created(text, f"]{end}(b)", rows)


def touch_statements(changes: Iterable[Change], sequence: int) -> Iterator[Statement]:
    """Tie the event to every record it touched."""
    rows = []
    for change in changes:
        if change.seen:
            before = {} if change.created else {"before": _json(change.before)}
            rows.append({"id": change.id, "properties": {**before, "after": _json(change.after)}})
    yield from _created(TOUCH, "]->(n)", rows, seq=sequence)


def _created(before: str, after: str, rows: list[_Row], **more: Any) -> Iterator[Statement]:
    """Relationships made with their properties at once, those with the same properties together."""
    alike: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        alike.setdefault(tuple(row["properties"]), []).append(row)
    for names, listed in alike.items():
        properties = ", ".join(f"{quoted(name)}: row.properties.{quoted(name)}" for name in names)
        yield from batched(f"{before}{{{properties}}}{after}", listed, **more)


def batched(text: str, rows: list[_Row], **more: Any) -> Iterator[Statement]:
    """The same statement over as many rows at a time as a message may hold."""
    batch: list[_Row] = []
    size = 0
    for row in rows:
        bytes_of_row = len(orjson.dumps(row))
        if batch and (len(batch) == MOST_ROWS or size + bytes_of_row > MOST_BYTES):
            yield Statement(text, {"rows": batch, **more})
            batch, size = [], 0
        batch.append(row)
        size += bytes_of_row
    if batch:
        yield Statement(text, {"rows": batch, **more})


def _parts(change: Change) -> set[str]:
    """What changes, by field: `sources:<table>` is of `sources`, `<relationship>/<slug>` of the relationship."""
    return {part.partition(":")[0].partition("/")[0] for part in change.after}


def _taken_away(relationship: Relationship, changes: list[Change]) -> Iterator[Statement]:
    start, end = ("<-", "-") if relationship.incoming else ("-", "->")
    arrow = f"{start}[r:{quoted(relationship.type)}]{end}"
    if relationship.table:
        rows = [
            {"here": change.id, "there": f"{relationship.target}:{part.partition('/')[2]}"}
            for change in changes
            for part in change.after
            if part.startswith(f"{relationship.field}/") and change.before.get(part) is not None
        ]
        yield from batched(f"UNWIND $rows AS row MATCH (a:`Record` {{id: row.here}}){arrow}(b:`Record` {{id: row.there}}) DELETE r", rows)
    else:
        rows = [{"here": change.id} for change in changes]
        yield from batched(
            f"UNWIND $rows AS row MATCH (a:`Record` {{id: row.here}}){arrow}(b:{quoted(relationship.target)}) DELETE r", rows
        )


def _edges(shape: Shape, relationship: Relationship, change: Change) -> Iterator[_Row]:
    if relationship.table:
        for part, edge in change.after.items():
            if part.startswith(f"{relationship.field}/") and edge is not None:
                yield _edge(change, relationship, part.partition("/")[2], _edge_properties(relationship, edge))
    elif relationship.field == SUPPORT:
        yield from _support(shape, relationship, change)
    else:
        value = change.final.get(relationship.field)
        listed = value if isinstance(value, list) else [value] if value else []
        for position, slug in enumerate(listed):
            there = slug_of_url(slug) if relationship.field == DISPUTE else slug
            yield _edge(change, relationship, there, {"position": position} if relationship.positioned else {})


def _edge(change: Change, relationship: Relationship, slug: str, properties: dict[str, Any]) -> _Row:
    return {"here": change.id, "there": f"{relationship.target}:{slug}", "properties": properties}


def _edge_properties(relationship: Relationship, edge: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in relationship.edge:
        found.update(stored_form(each, edge.get(each.field)))
    return _without_null(found)


def _support(shape: Shape, relationship: Relationship, change: Change) -> Iterator[_Row]:
    """One relationship to each source, however many of the record's rows name it."""
    fields = extension_fields(shape, change.label)
    named: dict[str, dict[str, list[Any]]] = {}
    for part in (SUPPORT, *fields):
        for index, (url, locator) in enumerate(change.final.get(part) or ()):
            named.setdefault(url, {})[part] = [index, locator]
    declared = relationship.edge[0]
    for position, (url, parts) in enumerate(named.items()):
        locator = _locator(change.final, parts, fields)
        properties = {"position": position, PARTS: _json(parts), **_without_null(stored_form(declared, locator))}
        yield _edge(change, relationship, slug_of_url(url), properties)


def _locator(final: Slots, parts: Mapping[str, list[Any]], fields: Mapping[str, tuple[str, ...]]) -> str | None:
    """What a source supports: all of the record (None), the places its rows name, or the properties an extension fills."""
    told = [locator or _filled(final, fields.get(part, ())) for part, (_, locator) in parts.items()]
    return "; ".join(text or "record" for text in told) if any(told) else None


def _filled(final: Slots, fields: tuple[str, ...]) -> str:
    return ", ".join(name for name in fields if final.get(name) is not None)


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _without_null(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value is not None}
