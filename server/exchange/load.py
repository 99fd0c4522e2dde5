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
from server.exchange.agreement import check_against_graph
from server.exchange.content import Content
from server.exchange.descriptor import read_descriptor
from server.exchange.findings import Findings
from server.exchange.merging import Conflict, Merge, MissingRow, Side, merge, withdraw_missing
from server.exchange.package import read_package
from server.exchange.shape import Role, Shape, shape_of
from server.exchange.stored import Run, Stored, read_head, read_stored
from server.exchange.writes import OPEN, node_statements, relationship_statements, touch_statements
from server.graph import ConstraintBroken, Graph

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


def _silent(_step: str, _done: int, _total: int) -> None:
    """For those who do not watch."""


class _Moved(Exception):
    """Someone else wrote between our look at the graph and our writing."""


def refuse_what_is_no_package(path: Path) -> None:
    """Refuse what has no description of a package; what is wrong in one that has is left to the load."""
    read_descriptor(path, Findings())


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
    told = progress or _silent
    told("read", 0, 1)
    content = await asyncio.to_thread(read_package, path, shape, findings)
    told("read", 1, 1)
    load = _Load(shape, content, findings, told, prefer, withdraw_missing, dry_run)
    for _ in range(_TRIES):
        try:
            merged, stored, revision = await graph.write(load.run, within=math.inf)
        except (_Moved, ConstraintBroken):
            # Another load made the same record at the same moment; the next look finds it there.
            continue
        if revision != stored.revision:
            await graph.settle()
        return _report(load, merged, stored, revision, time.monotonic() - began)
    raise Refusal(
        "Others keep changing the graph while the package is compared with it.", code="CONFLICT", hint="Load it at a quieter hour."
    )


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
        findings = self.findings.copied()
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
        package = orjson.dumps({"name": self.content.name, "version": self.content.version, "tables": self.content.headers}).decode()
        values = {"id": "graph", "package": package, "kind": EVENT, "at": now, "role": ROLE}
        [[sequence]] = await transaction.run(Statement(OPEN, values))
        if sequence != revision:
            raise _Moved


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
    """Which optional columns the package describes or the last one had, and a file has not."""
    known = stored.package.get("tables", {})
    return tuple(
        f"{name} has no column {column.name}: what the graph holds of it stays as it is."
        for name, header in content.headers.items()
        for column in shape.tables[name].columns
        if column.name in {*content.described.get(name, ()), *known.get(name, ())} - {*header}
        # One column for sources or the other: a file needs only one of them.
        and column.role not in (Role.SOURCE, Role.SOURCES)
    )
