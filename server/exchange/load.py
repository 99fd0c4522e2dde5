"""Loading a data package: read, compare, write, all or nothing."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import orjson
from graph_schema.domain import Domain

from server.bundled import mission_package
from server.cypher import Statement, Transaction
from server.errors import Refusal
from server.exchange.cells import shortened
from server.exchange.content import Content, Slots
from server.exchange.findings import Finding, Findings
from server.exchange.merging import Conflict, Merge, MissingRow, Side, final_status, merge, needed_by, withdraw_missing
from server.exchange.package import read_package
from server.exchange.repeated import origin_of, originals
from server.exchange.shape import Shape, shape_of
from server.exchange.stored import Run, Stored, read_head, read_stored
from server.exchange.writes import OPEN, node_statements, relationship_statements, touch_statements
from server.graph import Graph

Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and how much there is to do."""

EVENT = "loaded"
ROLE = "OPERATOR"
_TRIES = 5

bundled_package = mission_package


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, or with a dry run would do."""

    package: str
    rows: dict[str, int]
    created: dict[str, int]
    changed: dict[str, int]
    conflicts: tuple[Conflict, ...]
    missing: tuple[MissingRow, ...]
    withdrawn: tuple[MissingRow, ...]
    needed: tuple[MissingRow, ...]
    notes: tuple[str, ...]
    revision: int
    dry_run: bool
    seconds: float = field(compare=False)

    @property
    def changed_nothing(self) -> bool:
        """Whether the graph stays as it was."""
        return not self.created and not self.changed


class _Moved(Exception):
    """Someone else wrote between our look at the graph and our writing."""


# house: what the command line can ask for, each by its name
async def load_package(
    graph: Graph,
    domain: Domain,
    path: Path,
    *,
    progress: Progress | None = None,
    dry_run: bool = False,
    prefer: Side | None = None,
    withdraw_missing: bool = False,
) -> LoadReport:
    """Load a package in one transaction; whatever is wrong with it is refused together and before anything is written."""
    began = time.monotonic()
    shape, findings = shape_of(domain), Findings()
    told = progress or (lambda step, done, total: None)
    told("read", 0, 1)
    content = await asyncio.to_thread(read_package, path, shape, findings)
    told("read", 1, 1)
    load = _Load(shape, content, findings, told, prefer, withdraw_missing, dry_run)
    for _ in range(_TRIES):
        try:
            merged, stored, revision = await graph.write(load.run, within=math.inf)
        except _Moved:
            continue
        if revision != stored.revision:
            await graph.settle()
        return _report(load, merged, stored, revision, time.monotonic() - began)
    raise Refusal("Others keep changing the graph while the package is compared with it.", code="CONFLICT", hint="Load it at a quieter hour.")


@dataclass(frozen=True, slots=True)
class _Load:
    """One load; `run` may run several times."""

    shape: Shape
    content: Content
    findings: Findings
    told: Progress
    prefer: Side | None
    withdraws: bool
    dry_run: bool

    async def run(self, transaction: Transaction) -> tuple[Merge, Stored, int]:
        stored = await self._look(transaction.run)
        merged = merge(self.shape, self.content, stored, self.prefer)
        if self.withdraws:
            withdraw_missing(self.shape, merged, stored)
        findings = Findings(self.findings.total, list(self.findings.shown))
        check_against_graph(self.shape, self.content, merged, stored, findings)
        findings.refuse_if_any()
        revision = stored.revision
        if merged.changes and not self.dry_run:
            revision = await self._write(transaction, merged, stored)
        return merged, stored, revision

    async def _look(self, run: Run) -> Stored:
        head = await read_head(run)
        if head is None:
            raise Refusal("The graph was never prepared for records.", code="NOT_MIGRATED", hint="Run `replicity migrate` first.")
        return await read_stored(run, self.shape, head)

    async def _write(self, transaction: Transaction, merged: Merge, stored: Stored) -> int:
        changes, now = list(merged.changes.values()), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        revision = stored.revision + 1
        steps = [*node_statements(self.shape, changes, revision, now), *relationship_statements(self.shape, changes)]
        touched = list(touch_statements(changes, revision))
        total = len(steps) + len(touched) + 1
        for done, statement in enumerate(steps):
            self.told("write", done, total)
            await transaction.run(statement)
        if touched:
            # The revision is raised when all else is written: until then others can write, and afterwards only the event is left to tie.
            await self._open_event(transaction, revision, now)
        for done, statement in enumerate(touched, start=len(steps) + 1):
            self.told("write", done, total)
            await transaction.run(statement)
        self.told("write", total, total)
        return revision if touched else stored.revision

    async def _open_event(self, transaction: Transaction, revision: int, now: str) -> None:
        package = orjson.dumps({"name": self.content.name, "tables": self.content.headers}).decode()
        values = {"id": "graph", "package": package, "kind": EVENT, "at": now, "role": ROLE}
        [[sequence]] = await transaction.run(Statement(OPEN, values))
        if sequence != revision:
            raise _Moved


def check_against_graph(shape: Shape, content: Content, merged: Merge, stored: Stored, findings: Findings) -> None:
    """What only the graph and the package together can tell: every record that is named exists, and is public where it must be."""
    _check_repetitions(shape, content, stored, findings)
    for mention in content.mentions:
        if final_status(merged, stored, mention.label, mention.slug) is None or _half(shape, merged, mention.label, mention.slug):
            place = mention.place
            reason = f"“{mention.text}” is neither in the package nor in the graph"
            findings.add(Finding(place.file, place.line, place.column, reason, f"the key of a {mention.label}"))
    for (label, slug), change in merged.changes.items():
        place = content.places.get((label, slug))
        if place and change.final.get("status") == "PUBLISHED":
            for target, other in needed_by(shape, label, change.final):
                status = final_status(merged, stored, target, other)
                if status not in (None, "PUBLISHED"):
                    reason = f"it is PUBLISHED and needs {target} “{other}”, which is {status}"
                    findings.add(Finding(place.file, place.line, "status", reason, f"{target} “{other}” PUBLISHED too, or this row not"))


def _check_repetitions(shape: Shape, content: Content, stored: Stored, findings: Findings) -> None:
    """What a table says again of a related record agrees with that record."""
    for label, field in dict.fromkeys((each.label, each.field) for each in content.repetitions):
        origin = origin_of(shape.domain, label, shape.domain[label].property_named(field))
        table = shape.records(origin.label)
        spoken = table is not None and table.name in content.headers
        others = content.records.get(origin.label, {}) if spoken else _slots(stored, origin.label)
        values = originals(origin, content.records[label], others)
        for each in content.repetitions:
            value = values.get(each.slug)
            if (each.label, each.field) == (label, field) and each.value != value:
                reason = f"the cell says {shortened(str(each.value or ''))} and the {origin.label} {shortened(str(value or ''))}"
                findings.add(Finding(each.place.file, each.place.line, each.place.column, reason, "the same in both"))


def _slots(stored: Stored, label: str) -> dict[str, Slots]:
    return {slug: record.slots for slug, record in stored.records.get(label, {}).items()}


def _half(shape: Shape, merged: Merge, label: str, slug: str) -> bool:
    """Whether a row extends or ties a record that nothing creates."""
    change = merged.changes.get((label, slug))
    return bool(change and change.created and shape.domain[label].sourced and "sources" not in change.final)


def _report(load: _Load, merged: Merge, stored: Stored, revision: int, seconds: float) -> LoadReport:
    seen = [change for change in merged.changes.values() if change.seen]
    return LoadReport(
        package=load.content.name,
        rows=load.content.rows,
        created=dict(Counter(change.label for change in seen if change.created)),
        changed=dict(Counter(change.label for change in seen if not change.created)),
        conflicts=tuple(merged.conflicts),
        missing=tuple(merged.missing),
        withdrawn=tuple(merged.withdrawn),
        needed=tuple(merged.needed),
        notes=notes(load.shape, load.content, stored),
        revision=revision,
        dry_run=load.dry_run,
        seconds=seconds,
    )


def notes(shape: Shape, content: Content, stored: Stored) -> tuple[str, ...]:
    """Which optional columns the package describes or the graph knows, and a file has not."""
    known = stored.package.get("tables", {})
    found = []
    for name, header in content.headers.items():
        described = {*content.described.get(name, ()), *known.get(name, ())}
        for column in shape.tables[name].columns:
            if column.name in described and column.name not in header:
                found.append(f"{name} has no column {column.name}: what the graph holds of it stays as it is.")
    return tuple(found)
