"""A newer package over edited records: which parts the load writes, keeps, or finds changed on both sides."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from server.exchange.content import PUBLISHED, WITHDRAWN, Content, Slots
from server.exchange.shape import SOURCE, SUPPORT, Purpose, Shape, Table
from server.exchange.stored import Record, Stored

Side = Literal["package", "graph"]
_ABSENT: Any = object()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A part that was changed both in the package and in the graph since the last load."""

    label: str
    slug: str
    part: str
    package: Any
    graph: Any
    kept: Side


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A row that an earlier version of the package had and this one has not."""

    table: str
    label: str
    slug: str
    part: str | None = None
    """The part that the row filled; None where the row was the record."""


@dataclass(slots=True)
class Change:
    """What a load writes of one record: the parts that change, and all of it as it will be."""

    label: str
    slug: str
    created: bool
    final: Slots
    loaded: dict[str, Any]
    before: Slots = field(default_factory=dict)
    after: Slots = field(default_factory=dict)
    """Both hold the parts that change, and no others."""

    @property
    def id(self) -> str:
        """The record's id."""
        return f"{self.label}:{self.slug}"

    @property
    def seen(self) -> bool:
        """Whether anything changes but what is remembered of the load itself."""
        return self.created or bool(self.after)


@dataclass(slots=True)
class Merge:
    """Everything that a load would do."""

    changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    missing: list[MissingRow] = field(default_factory=list)
    withdrawn: list[MissingRow] = field(default_factory=list)
    needed: list[MissingRow] = field(default_factory=list)
    """Rows that are gone but whose records stay published, because published records need them."""


def merge(shape: Shape, content: Content, stored: Stored, prefer: Side | None) -> Merge:
    """Compare each part that the package speaks of with what it said last and with what the graph says."""
    found = Merge()
    for label, records in content.records.items():
        there = stored.records.get(label, {})
        for slug, slots in records.items():
            record = there.get(slug)
            change = (
                _created(label, slug, slots, content) if record is None else _compared(label, slug, slots, record, content, prefer, found)
            )
            if change:
                found.changes[label, slug] = change
    found.missing.extend(_missing(shape, content, stored))
    return found


def final_status(merged: Merge, stored: Stored, label: str, slug: str) -> str | None:
    """The status a record will have; None where there will be no such record."""
    change = merged.changes.get((label, slug))
    record = stored.records.get(label, {}).get(slug)
    return change.final.get("status") if change else record.slots.get("status") if record else None


def change_of(merged: Merge, stored: Stored, label: str, slug: str) -> Change:
    """The change of a record that is in the graph, begun if there is none yet."""
    record = stored.records[label][slug]
    return merged.changes.setdefault((label, slug), Change(label, slug, False, dict(record.slots), dict(record.loaded or {})))


def set_part(change: Change, part: str, value: Any) -> None:
    """Let a part change."""
    change.before.setdefault(part, change.final.get(part))
    change.after[part] = value
    change.final[part] = value


def _created(label: str, slug: str, slots: Slots, content: Content) -> Change:
    final = {"status": PUBLISHED} | slots
    return Change(label, slug, True, final, {"package": content.name, "parts": dict(slots)}, after=dict(final))


# house: the two sides, what was said last, and where to note what comes of it
def _compared(label: str, slug: str, slots: Slots, record: Record, content: Content, prefer: Side | None, found: Merge) -> Change | None:
    loaded = record.loaded or {"package": content.name, "parts": {}}
    change = Change(label, slug, False, dict(record.slots), {**loaded, "package": content.name, "parts": dict(loaded["parts"])})
    for part, said in {**_returned(slots, loaded), **slots}.items():
        _compare(change, part, said, loaded["parts"].get(part, _ABSENT), prefer, found)
    if "missing" in loaded and _is_row(slots):
        change.loaded.pop("missing")
    return change if change.after or (change.loaded != loaded and record.loaded is not None) else None


def _is_row(slots: Slots) -> bool:
    return any(part != "url" and "/" not in part and ":" not in part for part in slots)


def _returned(slots: Slots, loaded: dict[str, Any]) -> Slots:
    """A record that a load withdrew because its row was gone is published again when the row is back."""
    return {"status": loaded["missing"]} if "missing" in loaded and _is_row(slots) else {}


def _compare(change: Change, part: str, said: Any, last: Any, prefer: Side | None, found: Merge) -> None:
    here = _spoken(change.final.get(part), said)
    last = _spoken(last, said)
    if said == here or (last is not _ABSENT and said == last):
        return
    untouched = here == last or (last is _ABSENT and here in (None, []))
    if untouched or prefer == "package":
        set_part(change, part, {**(change.final.get(part) or {}), **said} if isinstance(said, dict) else said)
    else:
        found.conflicts.append(Conflict(change.label, change.slug, part, said, here, "graph"))
    if untouched or prefer:
        change.loaded["parts"][part] = said


def _spoken(value: Any, said: Any) -> Any:
    """Of a tie's properties, those that the package speaks of."""
    if isinstance(said, dict) and isinstance(value, dict):
        return {name: value.get(name) for name in said}
    return value


def _missing(shape: Shape, content: Content, stored: Stored) -> Iterator[MissingRow]:
    for table in shape.tables.values():
        if table.name not in content.headers:
            continue
        for slug, record in stored.records.get(table.label, {}).items():
            loaded = record.loaded
            if loaded and loaded["package"] == content.name and "missing" not in loaded:
                yield from _missing_of(table, slug, loaded["parts"], content, record)


def _missing_of(table: Table, slug: str, parts: Slots, content: Content, record: Record) -> Iterator[MissingRow]:
    is_there = (table.label, slug) in content.places
    if table.purpose is Purpose.RECORDS:
        # A source that no row names any more was never a row, unless there is a table of sources.
        if not is_there and (table.label != SOURCE or len(parts) > 1):
            yield MissingRow(table.name, table.label, slug)
        return
    said = content.records.get(table.label, {}).get(slug, {})
    if table.purpose is Purpose.EXTENSION:
        if parts.get(table.support) and record.slots.get(table.support) and table.support not in said:
            yield MissingRow(table.name, table.label, slug, table.support)
        return
    assert table.relationship
    for part in parts:
        if part.startswith(f"{table.relationship.field}/") and part not in said and record.slots.get(part) is not None:
            yield MissingRow(table.name, table.label, slug, part)


def withdraw_missing(shape: Shape, merged: Merge, stored: Stored) -> None:
    """Withdraw the records whose rows are gone, and undo what rows that are gone once filled."""
    records = [row for row in merged.missing if row.part is None]
    leaving = _may_leave(shape, merged, stored, {(row.label, row.slug) for row in records})
    for row in merged.missing:
        if row.part is None and (row.label, row.slug) not in leaving:
            merged.needed.append(row)
        else:
            _withdraw(shape, change_of(merged, stored, row.label, row.slug), row)
            merged.withdrawn.append(row)


def _withdraw(shape: Shape, change: Change, row: MissingRow) -> None:
    if row.part is None:
        parts = change.loaded["parts"] | {"status": WITHDRAWN}
        change.loaded = {**change.loaded, "missing": change.final.get("status"), "parts": parts}
        if change.final.get("status") != WITHDRAWN:
            set_part(change, "status", WITHDRAWN)
        return
    table = shape.tables[row.table]
    emptied = [column.slot for column in table.columns if column.declared] if table.purpose is Purpose.EXTENSION else []
    for part in emptied:
        set_part(change, part, None)
    set_part(change, row.part, [] if row.part.startswith(f"{SUPPORT}:") else None)
    gone = {*emptied, row.part}
    change.loaded = {**change.loaded, "parts": {part: value for part, value in change.loaded["parts"].items() if part not in gone}}


def _may_leave(shape: Shape, merged: Merge, stored: Stored, leaving: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those that no published record needs which stays; whoever stays keeps what it needs itself."""
    while True:
        needed = {each for each in _needs(shape, merged, stored, leaving) if each in leaving}
        if not needed:
            return leaving
        leaving = leaving - needed


def _needs(shape: Shape, merged: Merge, stored: Stored, leaving: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for label, slug, slots in everything(merged, stored):
        if slots.get("status") == PUBLISHED and (label, slug) not in leaving:
            yield from needed_by(shape, label, slots)


def needed_by(shape: Shape, label: str, slots: Slots) -> Iterator[tuple[str, str]]:
    """The records without which a published one cannot be."""
    for each in shape.domain[label].relationships:
        if each.stored and each.required and each.column:
            value = slots.get(each.field)
            yield from ((each.target, slug) for slug in (value if isinstance(value, list) else [value] if value else []))


def everything(merged: Merge, stored: Stored) -> Iterator[tuple[str, str, Slots]]:
    """Every record as it will be."""
    for (label, slug), change in merged.changes.items():
        yield label, slug, change.final
    for label, records in stored.records.items():
        for slug, record in records.items():
            if (label, slug) not in merged.changes:
                yield label, slug, record.slots
