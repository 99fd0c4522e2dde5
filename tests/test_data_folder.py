"""The data folder is ours or refused, and whatever is wrong in it is said in words."""

import stat
import subprocess
import sys
from pathlib import Path

from server.data_folder import DataFolder

ROOT = Path(__file__).resolve().parent.parent

WITHOUT_ROOM = """
import resource, sys
from pathlib import Path
from server.data_folder import DataFolder

resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
DataFolder(Path(sys.argv[1])).password()
"""


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
    failed = subprocess.run([sys.executable, "-c", WITHOUT_ROOM, str(tmp_path)], cwd=ROOT, capture_output=True, check=False)

    assert failed.returncode != 0
    assert not (tmp_path / "password").exists()
