"""Parts of records become rows of a package's tables again."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from server.exchange.cells import join_list, write_number, write_value
from server.exchange.content import Slots
from server.exchange.repeated import origin_of, originals
from server.exchange.shape import DISPUTE, MANY_SOURCES, ONE_SOURCE, SOURCE, SUPPORT, Column, Purpose, Role, Shape, Table
from server.exchange.stored import Stored

Cells = dict[str, str]


class Keys:
    """What each record is called in a package: its slug, a country's code, a source's address."""

    def __init__(self, shape: Shape, stored: Stored) -> None:
        self._fields = {
            label: key.declared.field
            for label in stored.records
            if (table := shape.records(label)) and (key := table.having(Role.KEY)[0]).declared
        }
        self._stored = stored

    def of(self, label: str, slug: str) -> str:
        """The key of one record."""
        if label not in self._fields:
            return slug
        return str(self._stored.records[label][slug].slots[self._fields[label]])


def rows_of(shape: Shape, table: Table, stored: Stored) -> list[Cells]:
    """Every row of a table, every column filled that could be; ordered by key."""
    keys = Keys(shape, stored)
    records = {slug: record.slots for slug, record in sorted(stored.records[table.label].items())}
    if table.purpose is Purpose.RECORDS:
        repeated = {column.name: _repeated(shape, table, column, stored) for column in table.having(Role.REPEATED)}
        rows = [_record(table, slug, slots, keys, repeated) for slug, slots in records.items()]
        return [row for row in rows if table.label != SOURCE or row["url"]]
    if table.purpose is Purpose.EXTENSION:
        return [_extension(table, slug, slots, keys) for slug, slots in records.items() if _is_extended(table, slots)]
    return [row for slug, slots in records.items() for row in _ties(table, slug, slots, keys)]


def has_more(rows: list[Cells]) -> bool:
    """Whether sources say anything but their addresses, which stand in the other tables already."""
    return any(cell and cell != "PUBLISHED" for row in rows for name, cell in row.items() if name != "url")


def _repeated(shape: Shape, table: Table, column: Column, stored: Stored) -> dict[str, Any]:
    assert column.declared
    origin = origin_of(shape.domain, table.label, column.declared)
    own, others = ({slug: each.slots for slug, each in stored.records[label].items()} for label in (table.label, origin.label))
    return originals(origin, own, others)


def _record(table: Table, slug: str, slots: Slots, keys: Keys, repeated: Mapping[str, Mapping[str, Any]]) -> Cells:
    row = {table.key[0].name: keys.of(table.label, slug)}
    for column in table.columns:
        if column.role is Role.REPEATED:
            assert column.declared
            row[column.name] = write_value(column.declared, repeated[column.name].get(slug))
        elif column.role in _CELLS:
            row[column.name] = _CELLS[column.role](column, slots, keys)
    return row | _support(slots.get(table.support) or [])


def _is_extended(table: Table, slots: Slots) -> bool:
    return bool(slots.get(table.support)) or any(slots.get(column.slot) is not None for column in table.having(Role.VALUE))


def _extension(table: Table, slug: str, slots: Slots, keys: Keys) -> Cells:
    row = {table.key[0].name: keys.of(table.label, slug)}
    row |= {column.name: _value(column, slots, keys) for column in table.having(Role.VALUE)}
    return row | _support(slots.get(table.support) or [])


def _ties(table: Table, slug: str, slots: Slots, keys: Keys) -> Iterator[Cells]:
    assert table.relationship
    own, other = table.key
    for part, edge in sorted(slots.items()):
        if part.startswith(f"{table.relationship.field}/") and edge is not None:
            row = {own.name: keys.of(table.label, slug), other.name: keys.of(table.relationship.target, part.partition("/")[2])}
            row |= {column.name: _value(column, edge, keys) for column in table.having(Role.EDGE)}
            yield row | (_support([[url, None] for url in edge.get(SUPPORT) or ()]) if table.source_column else {})


def _support(sources: list[list[Any]]) -> Cells:
    addresses = [url for url, _ in sources]
    locators = [locator or "" for _, locator in sources]
    return {
        ONE_SOURCE: addresses[0] if len(addresses) == 1 else "",
        MANY_SOURCES: join_list(addresses) if addresses else "",
        "source_locators": join_list(locators) if any(locators) else "",
    }


def _value(column: Column, slots: Slots, _: Keys) -> str:
    assert column.declared
    return write_value(column.declared, slots.get(column.slot))


def _latitude(column: Column, slots: Slots, _: Keys) -> str:
    return write_number(slots[column.slot][0]) if slots.get(column.slot) else ""


def _longitude(column: Column, slots: Slots, _: Keys) -> str:
    return write_number(slots[column.slot][1]) if slots.get(column.slot) else ""


def _one(column: Column, slots: Slots, keys: Keys) -> str:
    assert column.label
    return keys.of(column.label, slots[column.slot]) if slots.get(column.slot) else ""


def _many(column: Column, slots: Slots, keys: Keys) -> str:
    assert column.label
    listed = [keys.of(column.label, slug) for slug in slots.get(column.slot) or ()]
    return join_list(listed) if listed else ""


def _disputes(_column: Column, slots: Slots, _keys: Keys) -> str:
    return join_list(slots[DISPUTE]) if slots.get(DISPUTE) else ""


_CELLS: dict[Role, Callable[[Column, Slots, Keys], str]] = {
    Role.VALUE: _value,
    Role.LATITUDE: _latitude,
    Role.LONGITUDE: _longitude,
    Role.ONE: _one,
    Role.MANY: _many,
    Role.DISPUTES: _disputes,
}
