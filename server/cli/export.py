# house: tells one story from the command line to the file, so it meets every room that the story passes
"""`replicity export`: the graph goes out as files."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from graph_schema.domain import Domain, load_domain
from server.cli.failures import writing_to
from server.cli.logs import configure_logs
from server.cli.options import settings_from
from server.cli.running import run
from server.cli.serve import DataDir, open_in_a_step
from server.cli.steps import step
from server.cli.tables import COMMANDS
from server.exchange.export import export_package
from server.exports.packed import citation_of, cite
from server.policy import EMISSIONS, shown
from server.settings import Settings

export = typer.Typer(help="Write the graph out as files.", no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class _Wish:
    folder: Path
    domain: Domain
    spreadsheet_safe: bool
    replace: bool


@export.callback()
def _formats() -> None:
    """Write the graph out as files."""


@export.command()
def package(
    folder: Annotated[Path, typer.Argument(help="Folder to make.")],
    without_emissions: Annotated[
        bool, typer.Option("--without-emissions", help="Leave out the emissions, whose terms are those of CDP and ICLEI.")
    ] = False,
    spreadsheet_safe: Annotated[
        bool,
        typer.Option(
            "--spreadsheet-safe", help="Put an apostrophe before texts that a spreadsheet would run; `replicity load` takes it away again."
        ),
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of a package that is there.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Write every record as a Frictionless Data Package, the same shape that `replicity load` reads."""
    settings = settings_from(data_dir=data_dir)
    configure_logs(settings)
    domain = shown(load_domain(), settings)
    wish = _Wish(folder, domain.withholding(EMISSIONS) if without_emissions else domain, spreadsheet_safe, replace)
    run(_export(settings, wish))


for name, command in COMMANDS.items():
    export.command(name)(command)


async def _export(settings: Settings, wish: _Wish) -> None:
    async with AsyncExitStack() as stack:
        graph = await open_in_a_step(settings, stack)
        with step("Exporting") as exporting, writing_to(wish.folder):
            report = await export_package(graph, wish.domain, wish.folder, replace=wish.replace, spreadsheet_safe=wish.spreadsheet_safe)
            citation = citation_of(wish.domain, "replicity export package", settings.contact)
            await asyncio.to_thread(cite, wish.folder, citation)
            rows = f"{sum(report.rows.values()):,} rows of {len(report.rows)} tables"
            exporting.outcome = f"{rows} are in {report.folder}, as of revision {report.revision}"
