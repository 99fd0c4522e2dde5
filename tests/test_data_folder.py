"""The data folder is ours or refused, and whatever is wrong in it is said in words."""

import asyncio
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from server.cli.checks.folder import examine_folder
from server.cli.checks.verdict import Verdict
from server.data_folder import DataFolder
from server.errors import StartRefused

ROOT = Path(__file__).resolve().parent.parent

WITHOUT_ROOM = """
import asyncio, resource, sys
from pathlib import Path
from server.data_folder import DataFolder
from server.errors import StartRefused

resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
folder = DataFolder(Path(sys.argv[1]))
try:
    print({"claim": lambda: asyncio.run(folder.claim()), "password": folder.password}[sys.argv[2]]())
except StartRefused as refused:
    print(refused.message)
"""


def said_without_room(folder: Path, what: str) -> str:
    """What a process says that may not write a single byte."""
    command = [sys.executable, "-c", WITHOUT_ROOM, str(folder), what]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_an_empty_password_is_made_anew_with_the_list_of_users(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.password_file.touch()
    users = tmp_path / "config" / "server-users.jsonl"
    users.parent.mkdir()
    users.write_text("root with the old password")

    password = folder.password()

    assert len(password) >= 32
    assert folder.password() == password
    assert stat.S_IMODE(folder.password_file.stat().st_mode) == 0o600
    assert not users.exists()


def test_a_password_that_cannot_be_written_whole_is_not_there_at_all(tmp_path: Path) -> None:
    said = said_without_room(tmp_path, "password")

    assert said == f"The data folder {tmp_path} cannot be used: File too large.\n"
    assert not (tmp_path / "password").exists()


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a password that is no text": (lambda path: (path / "password").write_bytes(b"\xff\xfe"), "password cannot be read: it is no text"),
    "a folder in place of the password": (lambda path: (path / "password").mkdir(), "password is a folder, and should be a file"),
    "a folder in place of the owner": (lambda path: (path / "owner").mkdir(), "owner is a folder, and should be a file"),
}


@pytest.mark.parametrize(("damage", "words"), DAMAGE.values(), ids=DAMAGE.keys())
async def test_a_damaged_file_is_refused_by_name_and_found_by_the_doctor(
    damage: Callable[[Path], object], words: str, tmp_path: Path
) -> None:
    (tmp_path / "databases" / "graph").mkdir(parents=True)
    damage(tmp_path)

    with pytest.raises(StartRefused) as refused:
        await DataFolder(tmp_path).claim()
    said = [check.message for check in examine_folder(DataFolder(tmp_path)) if check.verdict is Verdict.FAILED]

    assert words in refused.value.message
    assert "start again" in (refused.value.hint or "")
    assert refused.value.message in said


def test_a_folder_on_a_full_disk_is_refused(tmp_path: Path) -> None:
    assert said_without_room(tmp_path, "claim") == f"The data folder {tmp_path} cannot be used: File too large.\n"


def test_a_folder_with_something_of_somebody_else_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    tmp_path.chmod(0o755)

    with pytest.raises(StartRefused, match=f"{tmp_path} is not empty") as refused:
        asyncio.run(DataFolder(tmp_path).claim())

    assert "--data-dir" in (refused.value.hint or "")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert refused.value.message in [check.message for check in examine_folder(DataFolder(tmp_path))]


@pytest.mark.parametrize("left", ["owner", "lost+found/", "databases/graph/"])
async def test_an_empty_disk_and_what_a_killed_start_or_a_copy_has_left_are_taken(left: str, tmp_path: Path) -> None:
    place = tmp_path / left
    place.parent.mkdir(exist_ok=True)
    if left.endswith("/"):
        place.mkdir()
    else:
        place.touch()
    folder = DataFolder(tmp_path)

    await folder.claim()
    folder.release()

    await DataFolder(tmp_path).claim()
