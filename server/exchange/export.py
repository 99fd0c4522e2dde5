# house: the whole of a package is made here, part by part
"""Writing the graph out as a data package."""

import csv
import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph_schema.domain import Domain
from server.cypher import Statement
from server.errors import Refusal
from server.exchange.apostrophes import made_harmless
from server.exchange.describing import package_of, with_apostrophes
from server.exchange.descriptor import DESCRIPTOR
from server.exchange.shape import LOCATORS, MANY_SOURCES, ONE_SOURCE, SOURCE, Shape, Table, shape_of
from server.exchange.stored import Stored, read_head, read_stored
from server.exchange.tables import Cells, has_more, rows_of
from server.exchange.visible import seen_by
from server.graph import Graph
from server.viewer import Viewer

READ_SECONDS = 120.0
_TRIES = 5


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where."""

    folder: Path
    rows: dict[str, int]
    revision: int


async def export_package(
    graph: Graph,
    domain: Domain,
    folder: Path,
    *,
    replace: bool = False,
    viewer: Viewer | None = None,
    spreadsheet_safe: bool = False,
) -> ExportReport:
    """Write every record of the types that are not withheld, drafts and withdrawn ones too, as tables.

    With a viewer, only what that viewer sees. The folder appears whole or not at all. Cells are the values themselves or,
    `spreadsheet_safe`, texts that no spreadsheet takes for formulas.
    """
    _check_target(folder, replace)
    shape = shape_of(domain)
    stored = await _snapshot(graph, shape)
    if viewer is not None:
        stored = seen_by(viewer, shape, stored)
    tables = {name: rows_of(shape, table, stored) for name, table in shape.tables.items() if table.label not in domain.withheld}
    if not any(tables.values()):
        raise Refusal("There are no records in the graph.", code="EMPTY_GRAPH", hint="Load a package first: `replicity load PATH`.")
    headers = {name: header_of(shape.tables[name], rows, stored) for name, rows in tables.items()}
    written = {name: header for name, header in headers.items() if _is_written(shape.tables[name], tables[name], stored)}
    described = package_of(shape, written, stored.package | {"revision": stored.revision, "created": _now()})
    if spreadsheet_safe:
        described, tables = with_apostrophes(described), {name: made_harmless(shape.tables[name], rows) for name, rows in tables.items()}
    write_package(folder, {name: (header, tables[name]) for name, header in written.items()}, described)
    return ExportReport(folder, {name: len(tables[name]) for name in written}, stored.revision)


async def _snapshot(graph: Graph, shape: Shape) -> Stored:
    """The whole graph as it was at one revision."""

    async def run(statement: Statement) -> list[list[Any]]:
        return await graph.read_all(statement, within=READ_SECONDS)

    for _ in range(_TRIES):
        head = await read_head(run)
        if head is None:
            raise Refusal("The graph was never prepared for records.", code="NOT_MIGRATED", hint="Run `replicity migrate` first.")
        stored = await read_stored(run, shape, head)
        after = await read_head(run)
        if after and after.revision == stored.revision:
            return stored
    raise Refusal("The graph keeps changing while it is read.", code="CONFLICT", hint="Export at a quieter hour.")


def _is_written(table: Table, rows: list[Cells], stored: Stored) -> bool:
    known = table.name in stored.package.get("tables", {})
    return known or (has_more(rows) if table.label == SOURCE else bool(rows))


def header_of(table: Table, rows: list[Cells], stored: Stored) -> tuple[str, ...]:
    """The columns of the last package loaded in their order, then whatever else has a value."""
    before = [name for name in stored.package.get("tables", {}).get(table.name, ()) if table.column(name)]
    filled = {name for row in rows for name, cell in row.items() if cell}
    if all(row.get("status") == "PUBLISHED" for row in rows):
        filled.discard("status")
    source = _source_column(table, rows, before)
    wanted = [*before, *(each.name for each in table.columns if each.required or each.name in filled)]
    left_out = {ONE_SOURCE, MANY_SOURCES} - {source}
    chosen = dict.fromkeys(name for name in wanted if name not in left_out)
    if source:
        chosen.setdefault(source)
    return tuple(name for name in chosen if name != LOCATORS) + ((LOCATORS,) if LOCATORS in chosen else ())


def _source_column(table: Table, rows: Iterable[Cells], before: list[str]) -> str | None:
    """The column for one address, as long as no row has several."""
    if table.source_column is None:
        return None
    if MANY_SOURCES in before or table.source_column == MANY_SOURCES or any(row[MANY_SOURCES] and not row[ONE_SOURCE] for row in rows):
        return MANY_SOURCES
    return ONE_SOURCE


def _check_target(folder: Path, replace: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder} is a file.", code="TARGET_EXISTS", hint="Name a folder that does not exist yet.")
    if folder.is_dir() and any(folder.iterdir()) and not replace:
        raise Refusal(f"{folder} is not empty.", code="TARGET_EXISTS", hint="Name another folder, or use --replace.")
    if replace and folder.is_dir() and any(folder.iterdir()) and not (folder / DESCRIPTOR).exists():
        raise Refusal(f"{folder} holds something else than a data package.", code="TARGET_EXISTS", hint="Name another folder.")


def write_package(folder: Path, tables: dict[str, tuple[tuple[str, ...], list[Cells]]], described: dict[str, Any]) -> None:
    """Put the tables and their description into a folder that appears when all of it is there."""
    parent = folder.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the last step is a rename on one disk: a folder that is there is whole.
    with tempfile.TemporaryDirectory(dir=parent, prefix=f".{folder.name}-") as work:
        new, old = Path(work) / "new", Path(work) / "old"
        new.mkdir()
        for name, (header, rows) in tables.items():
            _write_table(new / f"{name}.csv", header, rows)
        (new / DESCRIPTOR).write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if folder.exists():
            folder.replace(old)
        new.replace(folder)
        shutil.rmtree(old, ignore_errors=True)


def _write_table(path: Path, header: tuple[str, ...], rows: list[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        plain = csv.writer(file, lineterminator="\n")
        quoted = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        plain.writerow(header)
        for row in rows:
            cells = [row.get(name, "") for name in header]
            # A lone carriage return would end the row unless it stands in quotes.
            (quoted if any("\r" in cell for cell in cells) else plain).writerow(cells)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
