"""`replicity up`: the graph, its data, the service, whatever of it is missing."""

from contextlib import AsyncExitStack, closing

from server.cli.filling import prepare
from server.cli.listening import listen
from server.cli.logs import configure_logs
from server.cli.options import settings_from
from server.cli.running import run
from server.cli.serve import DataDir, Host, Port, answer_requests, open_in_a_step
from server.settings import Settings


def up(host: Host = None, port: Port = None, data_dir: DataDir = None) -> None:
    """Start the database, prepare it, load the Mission's data if it is empty, answer requests."""
    settings = settings_from(host=host, port=port, data_dir=data_dir)
    configure_logs(settings)
    run(_up(settings), stopped=lambda: "Stopped before the service ran; the next `replicity up` does what is left to do.")


async def _up(settings: Settings) -> None:
    # The port comes first: when it is taken, nothing has been started in vain.
    with closing(listen(settings.host, settings.port)) as door:
        async with AsyncExitStack() as stack:
            graph = await open_in_a_step(settings, stack)
            await prepare(graph)
            await answer_requests(settings, graph, door)
