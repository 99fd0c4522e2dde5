# house: tells one story from the command line to the file, so it meets every room that the story passes
"""`replicity export transfers|event-history|cascades|cities`: tables and networks go out as files."""

import json
import shlex
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.cli.failures import writing_to
from server.cli.logs import configure_logs
from server.cli.options import settings_from
from server.cli.running import run
from server.cli.serve import DataDir, open_in_a_step
from server.cli.steps import Step, step
from server.errors import BadInput, GraphMoved
from server.exports.asked import OFFERS, offer
from server.exports.exporter import Asked, Exporter
from server.exports.metadata import sidecar
from server.operations.filters import FilterReader
from server.policy import shown
from server.settings import Settings
from server.viewer import ANONYMOUS

SIDECAR = "-metadata.json"
_TRIES = 5

Where = Annotated[str | None, typer.Option(help="Filter as JSON, the same as GraphQL's `where`.")]
Output = Annotated[Path | None, typer.Option(help="File to write; its metadata goes beside it. By default named after the export, here.")]
Kind = Annotated[str | None, typer.Option("--format", help="One of the formats of this export.")]


@dataclass(frozen=True, slots=True)
class Order:
    """What is exported, and where to."""

    name: str
    kind: str
    parameters: dict[str, Any]
    target: Path

    @property
    def asked(self) -> Asked:
        """As the exporter takes it."""
        return Asked(self.name, self.kind, self.parameters, self.command, ANONYMOUS)

    @property
    def command(self) -> str:
        """The command that makes the same file."""
        given = [
            f"--{_option(name)}" + ("" if value is True else f" {shlex.quote(_said(value))}") for name, value in self.parameters.items()
        ]
        return " ".join(["replicity export", self.name, f"--format {self.kind}", *given])


def transfers(where: Where = None, kind: Kind = None, output: Output = None, data_dir: DataDir = None) -> None:
    """Write the transfers: csv, graphml or parquet. `--where` is a TransferFilter."""
    _export("transfers", kind, {"where": where}, output, data_dir)


def event_history(
    where: Where = None,
    cities: Annotated[str | None, typer.Option(help="CityFilter as JSON: which cities are at risk.")] = None,
    until: Annotated[int | None, typer.Option(help="Last year of observation; this year by default.")] = None,
    kind: Kind = None,
    output: Output = None,
    data_dir: DataDir = None,
) -> None:
    """Write city × innovation × year with censoring: csv. `--where` is an InnovationFilter."""
    _export("event-history", kind, {"where": where, "cities": cities, "until": until}, output, data_dir)


def cascades(
    where: Where = None,
    include_inferred: Annotated[bool, typer.Option("--include-inferred", help="INFERRED transfers are steps too.")] = False,
    kind: Kind = None,
    output: Output = None,
    data_dir: DataDir = None,
) -> None:
    """Write the steps of lineages, each with its generation: csv. `--where` is a TransferFilter."""
    _export("cascades", kind, {"where": where, "includeInferred": include_inferred or None}, output, data_dir)


def cities(where: Where = None, kind: Kind = None, output: Output = None, data_dir: DataDir = None) -> None:
    """Write the cities as points: geojson. `--where` is a CityFilter."""
    _export("cities", kind, {"where": where}, output, data_dir)


COMMANDS: Mapping[str, Callable[..., None]] = {
    "transfers": transfers,
    "event-history": event_history,
    "cascades": cascades,
    "cities": cities,
}


def _export(name: str, kind: str | None, given: dict[str, Any], output: Path | None, data_dir: Path | None) -> None:
    chosen = kind or OFFERS[name].formats[0]
    offer(name, chosen)
    parameters = {each: _json(each, value) if isinstance(value, str) else value for each, value in given.items() if value is not None}
    settings = settings_from(data_dir=data_dir)
    configure_logs(settings)
    run(_story(settings, Order(name, chosen, parameters, output or Path(f"{name}.{chosen}"))))


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as wrong:
        raise BadInput(f"--{_option(name)} is not JSON: {wrong}.", hint="""Write it as --where '{"year": {"gte": 2015}}'.""") from wrong


async def _story(settings: Settings, order: Order) -> None:
    async with AsyncExitStack() as stack:
        graph = await open_in_a_step(settings, stack)
        domain = shown(load_domain(), settings)
        exporter = Exporter(graph, domain, FilterReader(build_schema(domain), settings.limits), settings)
        with step(f"Exporting {order.name}") as exporting:
            metadata = await write_whole(exporter, order, exporting)
            size = f"{order.target.stat().st_size:,} bytes"
            exporting.outcome = (
                f"{size} are in {order.target}, as of revision {metadata['revision']}; {order.target.name}{SIDECAR} cites them"
            )


async def write_whole(exporter: Exporter, order: Order, exporting: Step) -> dict[str, Any]:
    """The file appears whole or not at all; a graph that changes meanwhile is read anew."""
    for tries_left in reversed(range(_TRIES)):
        try:
            with writing_to(order.target):
                return await _written(exporter, order, exporting)
        except GraphMoved:
            if not tries_left:
                raise
    raise AssertionError


async def _written(exporter: Exporter, order: Order, exporting: Step) -> dict[str, Any]:
    total = await exporter.total(order.asked)
    parent = order.target.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the last step is a rename on one disk.
    with tempfile.TemporaryDirectory(dir=parent, prefix=f".{order.target.name}-") as work:
        opened = await exporter.open(order.asked)
        new = Path(work) / order.target.name
        with new.open("wb") as file:
            async with aclosing(opened.pieces):
                async for piece, read in opened.pieces:
                    file.write(piece)
                    exporting.told(f"{read:,} of {total:,}", read, total)
        described = sidecar(OFFERS[order.name].table, opened.metadata, order.kind, order.target.name)
        order.target.with_name(order.target.name + SIDECAR).write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2))
        new.replace(order.target)
    return opened.metadata


def _option(name: str) -> str:
    return "include-inferred" if name == "includeInferred" else name


def _said(value: Any) -> str:
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
