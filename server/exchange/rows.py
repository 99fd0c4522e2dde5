"""Rows of a package's tables become parts of records."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.exchange.cells import Unreadable, read_number, read_texts, read_value, shortened, split_list
from server.exchange.content import PUBLISHED, Content, Mention, Place, Repetition, Slots, slug_of, tie
from server.exchange.files import Row, Sheet
from server.exchange.findings import Finding, Findings
from server.exchange.forms import ADDRESS, KEY, in_words
from server.exchange.shape import DISPUTE, SOURCE, SUPPORT, Column, Purpose, Role, Shape, Table

_KEY = re.compile(r"[^\s;]{1,2000}")
_ADDRESS = re.compile(r"https?://\S+")
_LATITUDE, _LONGITUDE = 90.0, 180.0
# Stands for a latitude of which it has been said that it is none.
_UNREAD = object()


@dataclass(frozen=True, slots=True)
class _Reading:
    """One row on its way into the content."""

    shape: Shape
    table: Table
    columns: tuple[Column, ...]
    content: Content
    file: str
    row: Row
    slug: str = ""

    def place(self, column: Column) -> Place:
        return Place(self.file, self.row.line, column.name)

    def cell(self, role: Role) -> str:
        """The text of the row's cell of this role; empty where there is no such column."""
        return next((self.row.cells[each.name] for each in self.columns if each.role is role), "")


def read_rows(shape: Shape, table: Table, sheet: Sheet, content: Content, findings: Findings) -> None:
    """Put what the sheet says into the content, and what is wrong with it into the findings."""
    columns = tuple(found for name in sheet.header if (found := table.column(name)))
    content.headers[table.name] = sheet.header
    content.records.setdefault(table.label, {})
    for row in sheet.refused:
        _refuse(_Reading(shape, table, columns, content, sheet.file, row))
    if not _complete(table, columns, sheet.file, findings):
        content.unread |= {table.label} if table.purpose is Purpose.RECORDS else set()
        return
    for row in sheet.rows:
        _read_row(_Reading(shape, table, columns, content, sheet.file, row), findings)


def _complete(table: Table, columns: tuple[Column, ...], file: str, findings: Findings) -> bool:
    present = {each.name for each in columns}
    roles = {each.role for each in columns}
    missing = [each.name for each in table.columns if each.required and each.name not in present and each.name != table.source_column]
    if table.source_column and not roles & {Role.SOURCE, Role.SOURCES}:
        missing.append(table.source_column)
    for name in missing:
        findings.add(Finding(file, 1, name, "the column is missing", f"the column {name}, without which no row of {table.name} can stand"))
    return not missing


def _read_row(reading: _Reading, findings: Findings) -> None:
    slots: Slots = {}
    slug = _key(reading, findings)
    if slug is None:
        _refuse(reading)
        return
    for column in reading.columns:
        try:
            _FILL[column.role](reading, column, slug, slots)
        except Unreadable as wrong:
            findings.add(Finding(reading.file, reading.row.line, column.name, wrong.reason, wrong.expected))
    _check_needed(reading, slots, findings)
    _keep(reading, slug, slots, findings)


def _refuse(reading: _Reading) -> None:
    """Remember the record that a row which cannot stand was to be, where it says so."""
    table = reading.table
    key = reading.row.cells.get(table.having(Role.KEY)[0].name)
    if key and table.purpose is Purpose.RECORDS:
        reading.content.refused.add((table.label, slug_of(reading.shape.domain, table.label, key)))


def _check_needed(reading: _Reading, slots: Slots, findings: Findings) -> None:
    """What stops says why, as far as the table has a column for it."""
    for column in reading.columns:
        declared = column.declared
        if declared and declared.needed_where and slots.get(declared.field, "") is None:
            beside, values = declared.needed_where
            if slots.get(beside) in values:
                reason = f"the cell is empty, and `{beside}` is {slots[beside]}"
                findings.add(Finding(reading.file, reading.row.line, column.name, reason, "a reason"))


def _key(reading: _Reading, findings: Findings) -> str | None:
    column = reading.table.having(Role.KEY)[0]
    text = reading.row.cells[column.name]
    form, expected = (_ADDRESS, in_words(ADDRESS)) if reading.table.label == SOURCE else (_KEY, in_words(KEY))
    if not form.fullmatch(text):
        reason = "the cell is empty" if not text else f"{shortened(text)} is not a key"
        findings.add(Finding(reading.file, reading.row.line, column.name, reason, expected))
        return None
    return slug_of(reading.shape.domain, reading.table.label, text)


def _keep(reading: _Reading, slug: str, slots: Slots, findings: Findings) -> None:
    table, content = reading.table, reading.content
    key = table.having(Role.KEY)[0]
    if table.purpose is Purpose.RECORDS:
        first = content.places.setdefault((table.label, slug), Place(reading.file, reading.row.line))
        twice = first.file == reading.file and first.line != reading.row.line
    else:
        content.mentions.append(Mention(reading.place(key), table.label, slug, reading.row.cells[key.name]))
        twice = bool(slots.keys() & content.records[table.label].get(slug, {}).keys())
    if twice and not findings.has(reading.file, reading.row.line, [each.name for each in table.key]):
        told = shortened(reading.row.cells[key.name])
        findings.add(Finding(reading.file, reading.row.line, key.name, f"{told} stands there twice", "every key once"))
    if table.purpose is Purpose.EXTENSION and not any(value is not None for field, value in slots.items() if not field.startswith(SUPPORT)):
        names = ", ".join(each.name for each in table.having(Role.VALUE))
        findings.add(Finding(reading.file, reading.row.line, None, "the row says nothing", f"a value in one of {names}"))
    content.slots(table.label, slug).update(slots)


def _value(reading: _Reading, column: Column, _: str, slots: Slots) -> None:
    assert column.declared
    text = reading.row.cells[column.name]
    if not text and column.required:
        raise Unreadable("the cell is empty", "a value")
    empty = PUBLISHED if column.declared.name == "status" else None
    slots[column.slot] = read_value(column.declared, text) if text else empty


def _own_key(reading: _Reading, column: Column, _: str, slots: Slots) -> None:
    # A key that is also a property, such as a country's code, is both.
    if column.declared and reading.table.purpose is Purpose.RECORDS:
        slots[column.slot] = read_value(column.declared, reading.row.cells[column.name])


def _latitude(reading: _Reading, column: Column, _: str, slots: Slots) -> None:
    slots[column.slot] = [_UNREAD, None]
    slots[column.slot] = [_degrees(reading, column, _LATITUDE), None]


def _longitude(reading: _Reading, column: Column, _: str, slots: Slots) -> None:
    latitude = slots.get(column.slot, [None])[0]
    longitude = _degrees(reading, column, _LONGITUDE)
    if latitude is not _UNREAD and (latitude is None) != (longitude is None):
        raise Unreadable("a place has only half its coordinates", "both latitude and longitude, or neither")
    slots[column.slot] = None if longitude is None or latitude is _UNREAD else [latitude, longitude]


def _degrees(reading: _Reading, column: Column, most: float) -> float | None:
    text = reading.row.cells[column.name]
    if not text:
        return None
    degrees = read_number(text)
    if abs(degrees) > most:
        raise Unreadable(f"{degrees:g} degrees do not exist", f"from {-most:g} to {most:g}")
    return degrees


def _repeated(reading: _Reading, column: Column, slug: str, _: Slots) -> None:
    assert column.declared
    text = reading.row.cells[column.name]
    value = read_value(column.declared, text) if text else None
    reading.content.repetitions.append(Repetition(reading.place(column), reading.table.label, slug, column.slot, value))


def _one(reading: _Reading, column: Column, _: str, slots: Slots) -> None:
    text = reading.row.cells[column.name]
    if not text and column.required:
        raise Unreadable("the cell is empty", "a key")
    slots[column.slot] = _mention(reading, column, text) if text else None


def _many(reading: _Reading, column: Column, _: str, slots: Slots) -> None:
    text = reading.row.cells[column.name]
    if not text and column.required:
        raise Unreadable("the cell is empty", "one key, or several separated by semicolons")
    items = read_texts(text) if text else []
    if len(set(items)) < len(items):
        raise Unreadable("the list names a record twice", "every key once")
    slots[column.slot] = [_mention(reading, column, item) for item in items]


def _mention(reading: _Reading, column: Column, key: str) -> str:
    assert column.label
    slug = slug_of(reading.shape.domain, column.label, key)
    reading.content.mentions.append(Mention(reading.place(column), column.label, slug, key))
    return slug


def _other(reading: _Reading, column: Column, _: str, slots: Slots) -> None:
    text = reading.row.cells[column.name]
    if not text:
        raise Unreadable("the cell is empty", "a key")
    slots[tie(column.slot, _mention(reading, column, text))] = _edge(reading)


def _edge(reading: _Reading) -> Slots:
    edge: Slots = {}
    for each in reading.columns:
        if each.role is Role.EDGE:
            assert each.declared
            text = reading.row.cells[each.name]
            edge[each.declared.field] = read_value(each.declared, text) if text else None
    if reading.table.source_column:
        edge[SUPPORT] = _addresses(reading)
    return edge


def _support(reading: _Reading, _column: Column, _slug: str, slots: Slots) -> None:
    addresses = _addresses(reading)
    if not addresses:
        raise Unreadable("the cell is empty", "the public address that supports the row")
    if reading.table.purpose is Purpose.TIES:
        return
    located = split_list(reading.cell(Role.LOCATORS)) if reading.cell(Role.LOCATORS) else []
    if len(located) > len(addresses):
        raise Unreadable(f"there are {len(located)} locators for {len(addresses)} sources", "one for each source, in their order")
    locators = [*(each or None for each in located), *[None] * (len(addresses) - len(located))]
    slots[reading.table.support] = [list(pair) for pair in zip(addresses, locators, strict=True)]
    for address in addresses:
        reading.content.source(address)


def _addresses(reading: _Reading) -> list[str]:
    """The row's addresses: of the column for one and of the column for several, each once."""
    one, several = reading.cell(Role.SOURCE), reading.cell(Role.SOURCES)
    found = dict.fromkeys([*([one] if one else []), *(read_texts(several) if several else [])])
    for address in found:
        if not _ADDRESS.fullmatch(address):
            raise Unreadable(f"{shortened(address)} is not a public address", "an address that begins with http:// or https://")
    return list(found)


def _disputes(reading: _Reading, column: Column, _: str, slots: Slots) -> None:
    text = reading.row.cells[column.name]
    addresses = list(dict.fromkeys(read_texts(text))) if text else []
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            raise Unreadable(f"{shortened(address)} is not a public address", "an address that begins with http:// or https://")
        reading.content.source(address)
    slots[DISPUTE] = addresses


def _nothing(_reading: _Reading, _column: Column, _slug: str, _slots: Slots) -> None:
    """What another column's cell has taken in already."""


_FILL: dict[Role, Callable[[_Reading, Column, str, Slots], Any]] = {
    Role.KEY: _own_key,
    Role.OTHER: _other,
    Role.VALUE: _value,
    Role.LATITUDE: _latitude,
    Role.LONGITUDE: _longitude,
    Role.REPEATED: _repeated,
    Role.ONE: _one,
    Role.MANY: _many,
    Role.EDGE: _nothing,
    Role.SOURCE: _support,
    Role.SOURCES: _support,
    Role.LOCATORS: _nothing,
    Role.DISPUTES: _disputes,
}
