"""`replicity load`: a data package goes into the graph."""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from graph_schema.domain import load_domain
from server.cli.logs import configure_logs
from server.cli.options import settings_from
from server.cli.running import run
from server.cli.serve import DataDir, open_in_a_step
from server.cli.steps import step
from server.cli.telling import Fate, findings_listed, summary, tell
from server.exchange.load import load_package, refuse_what_is_no_package
from server.migrations import migrate
from server.settings import Settings


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
    path: Annotated[Path, typer.Argument(exists=True, help="Folder of a Frictionless Data Package, or its datapackage.json.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and compare, write nothing.")] = False,
    prefer: Annotated[Side | None, typer.Option(help="Whose value stands where package and graph have both changed.")] = None,
    withdraw_missing: Annotated[bool, typer.Option("--withdraw-missing", help="Withdraw records whose rows are gone.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Load a data package: all of it or, where a row is wrong, nothing."""
    settings = settings_from(data_dir=data_dir)
    configure_logs(settings)
    # Before a database is started for it.
    refuse_what_is_no_package(path)
    fate = Fate()
    run(_load(settings, _Wish(path, dry_run, prefer, withdraw_missing), fate), stopped=lambda: f"Stopped. {fate.words()}")


async def _load(settings: Settings, wish: _Wish, fate: Fate) -> None:
    async with AsyncExitStack() as stack:
        graph = await open_in_a_step(settings, stack)
        domain = load_domain()
        await migrate(graph, domain)
        with findings_listed(), fate.told_when_lost(), step("Loading") as loading:

            def told(part: str, done: int, total: int) -> None:
                fate.told(part, done, total)
                loading.told(part, done, total)

            report = await load_package(
                graph,
                domain,
                wish.path,
                progress=told,
                dry_run=wish.dry_run,
                prefer=wish.prefer.value if wish.prefer else None,
                withdraw_missing=wish.withdraw_missing,
            )
            loading.outcome = summary(report)
        tell(report)
