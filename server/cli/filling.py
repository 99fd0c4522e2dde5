"""A graph made ready: its schema as this program needs it, the bundled data in it when it is empty."""

import json
from pathlib import Path

from graph_schema.domain import Domain, load_domain
from server import bundled
from server.cli.steps import say_done, step
from server.exchange.load import load_package
from server.exchange.stored import Stored, read_head
from server.graph import Graph
from server.migrations import migrate


async def prepare(graph: Graph) -> None:
    """Bring the graph up to date; fill it when nothing was ever written to it."""
    domain = load_domain()
    with step("Preparing the graph") as preparing:
        preparing.outcome = f"The graph is prepared: {await migrate(graph, domain)}"
    await _fill(graph, domain)


async def _fill(graph: Graph, domain: Domain) -> None:
    """The bundled data goes into an empty graph only: elsewhere people may have written since."""
    head = await read_head(graph.read_all)
    if head is not None and head.revision > 0:
        _say_what_is_there(head)
        return
    with step("Loading the Mission's data") as loading:
        report = await load_package(graph, domain, bundled.mission_package(), progress=loading.told)
        loading.outcome = f"The Mission's data is loaded: {sum(report.rows.values()):,} rows of {len(report.rows)} tables"


def _say_what_is_there(head: Stored) -> None:
    say_done(f"The graph has data, at revision {head.revision:,}.")
    there, here = head.package.get("version"), _version(bundled.mission_package())
    if head.package.get("name") and there and there != here:
        say_done(
            f"Its package is version {there}; {here} comes with this program: `replicity load {bundled.mission_package()}` brings it in."
        )


def _version(package: Path) -> str:
    return str(json.loads((package / "datapackage.json").read_text(encoding="utf-8")).get("version", ""))
