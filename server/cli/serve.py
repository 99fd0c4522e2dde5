"""`replicity serve`: the service alone, on a graph that is there."""

import socket
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Annotated

import typer

from server.app import create_app, house_of
from server.cli.listening import listen, url_of
from server.cli.logs import configure_logs
from server.cli.options import settings_from
from server.cli.running import run, serve_until_stopped, server_of, spare_the_collector
from server.cli.steps import show_addresses, step
from server.graph import Graph
from server.settings import Settings
from server.stores import open_graph

Host = Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 by default.")]
Port = Annotated[int | None, typer.Option(help="Port to listen on; 8000 by default, 0 takes a free one.")]
DataDir = Annotated[Path | None, typer.Option(help="Folder of the embedded database.")]


def serve(host: Host = None, port: Port = None, data_dir: DataDir = None) -> None:
    """Answer requests on the graph that the settings name."""
    settings = settings_from(host=host, port=port, data_dir=data_dir)
    configure_logs(settings)
    run(_serve(settings))


async def open_in_a_step(settings: Settings, stack: AsyncExitStack) -> Graph:
    """The graph, open until the stack unwinds."""
    with step("Opening the graph") as opening:
        graph = await stack.enter_async_context(open_graph(settings))
        opening.outcome = f"The graph is open: {graph.server}"
    return graph


async def answer_requests(settings: Settings, graph: Graph, door: socket.socket) -> None:
    """Put the house together and keep its door open until a stop signal comes."""
    app = create_app(settings, house_of(graph, settings))
    spare_the_collector()
    show_addresses(url_of(door))
    await serve_until_stopped(server_of(app, settings.shutdown_seconds), door)


async def _serve(settings: Settings) -> None:
    # The port comes first: when it is taken, nothing has been started in vain.
    with closing(listen(settings.host, settings.port)) as door:
        async with AsyncExitStack() as stack:
            await answer_requests(settings, await open_in_a_step(settings, stack), door)
