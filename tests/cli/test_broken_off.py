"""A command that is broken off says what has become of what it was doing."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from graph_schema.domain import load_domain
from server.cli.failures import refusal_of
from server.cli.telling import Fate
from server.dialects.embedded import EMBEDDED
from server.embedded import running
from server.errors import GraphUnavailable
from server.exchange.load import bundled_package, load_package
from server.graph import connect
from server.migrations import migrate
from tests.real_service import program, told_until


def test_what_was_not_sent_whole_is_not_written_and_afterwards_it_is_not_known() -> None:
    fate = Fate()

    fate.told("write", 2, 3)
    before = fate.words()
    fate.told("write", 3, 3)

    assert before == "Nothing of the package was written."
    assert "may or may not be written" in fate.words()


@pytest.mark.graph
@pytest.mark.parametrize(
    ("command", "until", "words"),
    [
        (("load", str(bundled_package())), "The graph is open", "Stopped. Nothing of the package was written."),
        (
            ("up", "--port", "0"),
            "The graph is prepared",
            "Stopped before the service ran; the next `replicity up` does what is left to do.",
        ),
    ],
)
async def test_a_command_that_is_stopped_says_what_has_become_of_it(
    command: tuple[str, ...], until: str, words: str, tmp_path: Path
) -> None:
    process = await program(*command, "--data-dir", str(tmp_path / "data"), log=tmp_path / "log")
    await told_until(process, until)

    process.send_signal(signal.SIGINT)
    code = await asyncio.wait_for(process.wait(), 60)

    assert code == 130
    assert (tmp_path / "log").read_text() == f"! {words}\n"


@pytest.mark.graph
async def test_a_database_lost_while_it_is_loaded_is_said_with_what_was_written(tmp_path: Path) -> None:
    fate = Fate()
    async with running(tmp_path / "data", 10.0) as (database, address), connect(address, EMBEDDED, 10.0) as graph:
        graph.sql = database.sql
        await migrate(graph, load_domain())

        def kill(part: str, done: int, total: int) -> None:
            fate.told(part, done, total)
            if (part, done) == ("write", 1):
                os.kill(database.pid or 0, signal.SIGKILL)

        with pytest.raises(GraphUnavailable) as lost, fate.told_when_lost():
            await load_package(graph, load_domain(), bundled_package(), progress=kill)

    said = refusal_of(lost.value)
    assert said.message == "The graph cannot be reached at the moment. Nothing of the package was written."
    assert said.hint == "Run the command again."
