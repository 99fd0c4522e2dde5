"""Records with every property and every relationship filled, made from the declaration itself."""

from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import Kind, NodeType, Property, Relationship
from server.exchange.content import Slots, slug_of_url, tie
from server.exchange.shape import DISPUTE, SOURCE, SUPPORT, Purpose, shape_of
from server.exchange.stored import Record, Stored, carried, kept

FULL, OTHER, BARE = "full", "other", "bare"
AWKWARD = 'Å; "quoted", =1+1\nsecond line \\; é\u0301 🚲 \\'
CODES = {FULL: "AA", OTHER: "BB", BARE: "CC"}
DATES = {FULL: "2024-02-29", OTHER: "2023-05-31", BARE: "2023-01-01"}


def filled(domain: Domain) -> Stored:
    """Three records a label: one with everything, a draft with everything, one with only what must be."""
    stored = Stored(0, {"name": "filled"})
    for node in domain:
        stored.records[node.label] = {_slug(node, name): Record(_slots(domain, node, name), None) for name in (FULL, OTHER, BARE)}
    return stored


def _slug(node: NodeType, name: str) -> str:
    return (
        slug_of_url(_address(name))
        if node.label == SOURCE
        else {FULL: "aa", OTHER: "bb", BARE: "cc"}[name]
        if node.table_key == "code"
        else name
    )


def _address(name: str) -> str:
    return f"https://example.org/{name}?a=1;b=2"


def _slots(domain: Domain, node: NodeType, name: str) -> Slots:
    slots: Slots = {each.field: _value(node, each, name) for each in kept(node) if name != BARE or each.required}
    slots["status"] = "DRAFT" if name == OTHER else "PUBLISHED"
    for relationship in carried(node):
        slots |= _related(domain, relationship, name)
    if name != BARE:
        for table in shape_of(domain).of(node.label):
            if table.purpose is Purpose.EXTENSION:
                slots[table.support] = [[_address(OTHER), None], [_address(FULL), "p. 7"]]
    return slots


def _value(node: NodeType, declared: Property, name: str) -> Any:
    nth = (FULL, OTHER, BARE).index(name)
    if node.label == SOURCE and declared.field == "url":
        return _address(name)
    if declared.field == "code" and node.table_key == "code":
        return CODES[name]
    if declared.kind is Kind.ENUM:
        assert declared.vocabulary
        return list(declared.vocabulary.values)[nth % len(declared.vocabulary.values)]
    if declared.kind in (Kind.INT, Kind.FLOAT):
        least = declared.minimum if declared.minimum is not None else 1
        return int(least) + nth if declared.kind is Kind.INT else least + nth + 0.125
    return {
        Kind.TEXT: f"{AWKWARD} {declared.name} {name}",
        Kind.CODE: f"{declared.name.upper()}_{name.upper()}",
        Kind.BOOLEAN: name == FULL,
        Kind.PARTIAL_DATE: DATES[name] if declared.whole_day or name != FULL else "2023-05",
        Kind.DATE_TIME: "2026-11-23T15:00:00.000000Z",
        Kind.TEXT_LIST: [] if name == OTHER else [AWKWARD, f"second of {declared.name}"],
        Kind.POINT: [55.5 + nth, -13.25],
    }[declared.kind]


def _related(domain: Domain, relationship: Relationship, name: str) -> Slots:
    field = relationship.field
    if field in (SUPPORT, DISPUTE):
        if field == DISPUTE:
            return {DISPUTE: [] if name == BARE else [_address(BARE), _address(FULL)]}
        return {SUPPORT: [[_address(FULL), None]] if name == BARE else [[_address(FULL), "p. 4; note 2"], [_address(BARE), None]]}
    target = domain[relationship.target]
    if relationship.table:
        ties = (FULL, OTHER) if name != BARE else ()
        return {tie(field, _slug(target, other)): {each.field: _edge(each) for each in relationship.edge} for other in ties}
    if name == BARE and not relationship.required:
        return {field: [] if relationship.many else None}
    # What a published record needs is published; whose contract it is can be only one city's.
    single = relationship.inverse is not None and not relationship.inverse.many
    first = _slug(target, name if single else FULL)
    if not relationship.many:
        return {field: first}
    return {field: [first] if relationship.required else [_slug(target, OTHER), first]}


def _edge(declared: Property) -> Any:
    if declared.field == SUPPORT:
        return [_address(FULL), _address(OTHER)]
    return "2020-01" if declared.kind is Kind.PARTIAL_DATE else AWKWARD
