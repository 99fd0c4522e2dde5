"""What the system refuses, and what nobody foresaw, is said in a sentence."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest
import structlog

from graph_schema.domain import load_domain
from server.cli.failures import refusal_of, writing_to
from server.errors import Refusal
from server.exchange.load import load_package
from server.migrations import migrate
from server.settings import Settings
from server.stores import open_graph
from tests.exchange.packages import a_transfer, an_innovation, two_cities

ROOT = Path(__file__).parents[2]
PATIENCE = 120

# The command line after a first argument: the bytes that a file may grow to.
WITH_LITTLE_ROOM = """
import resource, sys
from server.cli.main import app

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
del sys.argv[1]
app()
"""


async def complaints_of(*arguments: str) -> str:
    """What a Python says on standard error when it fails."""
    program = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=PIPE, stderr=PIPE)
    _, complained = await asyncio.wait_for(program.communicate(), PATIENCE)
    assert program.returncode == 1
    return complained.decode()


@pytest.mark.parametrize(
    ("place", "reason", "hint"),
    [
        ("tests", "Is a directory", "name a file"),
        ("/proc/x", "No such file or directory", "Name a place"),
        ("/dev/full", "No space", "room"),
    ],
)
async def test_a_schema_that_cannot_be_written_is_said_with_its_place(place: str, reason: str, hint: str) -> None:
    complained = await complaints_of("-m", "server", "schema", "--output", place)

    assert complained.startswith(f"✗ {place} cannot be written: {reason}")
    assert hint in complained
    assert "Traceback" not in complained


def test_the_target_is_named_although_another_file_was_tried(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"some\.csv cannot be written: No space left on device"), writing_to(tmp_path / "some.csv"):
        Path("/dev/full").write_text("a row")


@pytest.mark.parametrize("lost", [TimeoutError(), ConnectionResetError(104, "Connection reset by peer")])
def test_a_lost_connection_is_no_file_that_cannot_be_written(lost: OSError, tmp_path: Path) -> None:
    with pytest.raises(type(lost)), writing_to(tmp_path / "some.csv"):
        raise lost


def test_what_nobody_foresaw_is_in_the_log_under_the_reference_that_is_said() -> None:
    with structlog.testing.capture_logs() as lines:
        refusal = refusal_of(KeyError("swordfish"))

    assert [line["reference"] for line in lines] == [refusal.message.rpartition(" ")[2].rstrip(".")]
    assert "swordfish" not in refusal.message


async def test_a_folder_without_a_package_is_refused_before_any_database_starts(tmp_path: Path) -> None:
    complained = await complaints_of("-m", "server", "load", str(tmp_path), "--data-dir", str(tmp_path / "data"))

    assert complained.startswith(f"✗ There is no datapackage.json in {tmp_path}.")
    assert not (tmp_path / "data").exists()


@pytest.mark.graph
async def test_a_database_without_room_is_said_with_its_folder(tmp_path: Path) -> None:
    complained = await complaints_of("-c", WITH_LITTLE_ROOM, "1000000", "migrate", "--data-dir", str(tmp_path / "data"))

    assert complained.startswith(f"✗ The embedded database cannot write to {tmp_path / 'data'}: File too large.")
    assert "Make room there" in complained
    assert "Traceback" not in complained


@pytest.fixture(scope="module")
async def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two cities and a transfer in it."""
    place = tmp_path_factory.mktemp("kept")
    package = two_cities(innovations=[an_innovation()], transfers=[a_transfer()]).written(place / "package")
    async with open_graph(Settings(data_dir=place / "data", database_uri=None)) as graph:
        await migrate(graph, load_domain())
        await load_package(graph, load_domain(), package)
    return place / "data"


@pytest.mark.graph
@pytest.mark.parametrize("export", [("package", "/proc/x"), ("transfers", "--output", "/proc/x")])
async def test_an_export_that_cannot_be_written_is_said_with_its_place(export: tuple[str, ...], folder: Path) -> None:
    complained = await complaints_of("-m", "server", "export", *export, "--data-dir", str(folder))

    assert complained.startswith("✗ /proc/x cannot be written: No such file or directory.")
    assert "Traceback" not in complained
