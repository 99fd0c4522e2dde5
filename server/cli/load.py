"""`replicity load`: a data package goes into the graph."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from graph_schema.domain import load_domain
from server.cli.logs import configure_logs
from server.cli.options import settings_from
from server.cli.running import run
from server.cli.serve import DataDir, open_in_a_step
from server.cli.steps import complaints, console, say_done, step
from server.errors import PackageRefused
from server.exchange.load import LoadReport, load_package
from server.exchange.merging import Conflict, MissingRow
from server.migrations import migrate
from server.settings import Settings

MOST_SHOWN = 20


class Side(StrEnum):
    """Whose value stands where both have changed."""

    package = "package"
    graph = "graph"


@dataclass(frozen=True, slots=True)
class _Wish:
    path: Path
    dry_run: bool
    prefer: Side | None
    withdraw_missing: bool


def load(
    path: Annotated[Path, typer.Argument(help="Folder of a Frictionless Data Package, or its datapackage.json.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and compare, write nothing.")] = False,
    prefer: Annotated[Side | None, typer.Option(help="Whose value stands where package and graph have both changed.")] = None,
    withdraw_missing: Annotated[bool, typer.Option("--withdraw-missing", help="Withdraw records whose rows are gone.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Load a data package: all of it or, where a row is wrong, nothing."""
    settings = settings_from(data_dir=data_dir)
    configure_logs(settings)
    run(_load(settings, _Wish(path, dry_run, prefer, withdraw_missing)))


async def _load(settings: Settings, wish: _Wish) -> None:
    async with AsyncExitStack() as stack:
        graph = await open_in_a_step(settings, stack)
        domain = load_domain()
        await migrate(graph, domain)
        try:
            with step("Loading") as loading:
                report = await load_package(
                    graph,
                    domain,
                    wish.path,
                    progress=loading.told,
                    dry_run=wish.dry_run,
                    prefer=wish.prefer.value if wish.prefer else None,
                    withdraw_missing=wish.withdraw_missing,
                )
                loading.outcome = summary(report)
        except PackageRefused as refused:
            _list([finding["text"] for finding in refused.details.get("findings", ())], refused.details.get("total", 0))
            raise
        _tell(report)


def summary(report: LoadReport) -> str:
    """What came of it, in one sentence."""
    rows = f"{sum(report.rows.values()):,} rows of {len(report.rows)} tables"
    if report.changed_nothing:
        return f"Nothing changed: the graph says already what the {rows} say"
    created, changed = sum(report.created.values()), sum(report.changed.values())
    would = "would be " if report.dry_run else ""
    return f"{rows}: {created:,} records {would}created, {changed:,} {would}changed; revision {report.revision}"


def _tell(report: LoadReport) -> None:
    for note in report.notes:
        say_done(note)
    _section("changed both in the package and in the graph, kept as in the graph", [_conflict(each) for each in report.conflicts])
    gone = [each for each in report.missing if each not in report.withdrawn and each not in report.needed]
    _section("no longer in the package, left as they are", [_missing(each) for each in gone])
    _section("no longer in the package, withdrawn", [_missing(each) for each in report.withdrawn])
    _section("no longer in the package, left because published records need them", [_missing(each) for each in report.needed])


def _section(title: str, lines: list[str]) -> None:
    if lines:
        console.print(f"[yellow]{len(lines)} {escape(title)}:[/]")
        for line in lines[:MOST_SHOWN]:
            console.print(f"  {escape(line)}")
        if len(lines) > MOST_SHOWN:
            console.print(f"  … and {len(lines) - MOST_SHOWN} more")


def _list(findings: list[str], total: int) -> None:
    for finding in findings:
        complaints.print(f"  {escape(finding)}")
    if total > len(findings):
        complaints.print(f"  … and {total - len(findings)} more")


def _conflict(conflict: Conflict) -> str:
    return f"{conflict.label} {conflict.slug}, {conflict.part}: package {conflict.package!r}, graph {conflict.graph!r}"


def _missing(row: MissingRow) -> str:
    return f"{row.table}: {row.slug}" + (f" ({row.part})" if row.part else "")
