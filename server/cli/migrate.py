"""`replicity migrate`: the graph in the shape that this program needs."""

from contextlib import AsyncExitStack

from graph_schema.domain import load_domain
from server.cli.logs import configure_logs
from server.cli.options import settings_from
from server.cli.running import run
from server.cli.serve import DataDir, open_in_a_step
from server.cli.steps import step
from server.migrations import migrate as bring_up_to_date
from server.settings import Settings


def migrate(data_dir: DataDir = None) -> None:
    """Make constraints and indexes and apply what migrations the graph has not seen yet."""
    settings = settings_from(data_dir=data_dir)
    configure_logs(settings)
    run(_migrate(settings))


async def _migrate(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        graph = await open_in_a_step(settings, stack)
        with step("Preparing the graph") as preparing:
            preparing.outcome = f"The graph is prepared: {await bring_up_to_date(graph, load_domain(), mend=True)}"
