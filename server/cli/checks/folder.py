"""The folder of the embedded database: whose it is, whether it is private, whether it can be written to."""

import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from server.cli.checks.machine import nearest
from server.cli.checks.verdict import Check, Verdict, bad, doubtful, good
from server.data_folder import DataFolder
from server.errors import StartRefused

ELSEWHERE = "Choose a folder that you may write to with --data-dir or REPLICITY_DATA_DIR"


def examine_folder(folder: DataFolder) -> Iterator[Check]:
    """What can be said of the folder without opening its database."""
    writable = _writable(folder.path)
    yield writable
    if writable.verdict is Verdict.OK and folder.path.is_dir():
        yield from _damaged(folder)
        yield from _private(folder)
        yield _owner(folder)


def _writable(path: Path) -> Check:
    place = nearest(path)
    try:
        # Written rather than asked for: a full disk and a read-only one say yes to every question.
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"a trial")
            file.flush()
    except OSError as error:
        return bad("folder", f"{place} cannot be written to: {error.strerror}.", f"{ELSEWHERE}, or make this one yours.")
    if place == path:
        return good("folder", f"The data folder {path} can be written to.")
    return good("folder", f"The data folder {path} is not there yet and can be made.")


def _damaged(folder: DataFolder) -> Iterator[Check]:
    try:
        folder.check()
    except StartRefused as refused:
        yield bad("folder", refused.message, refused.hint)


def _private(folder: DataFolder) -> Iterator[Check]:
    meant = {folder.path: 0o700, folder.password_file: 0o600}
    loose = [path for path in meant if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077]
    for path in loose:
        yield bad("privacy", f"{path} is open to other users of this machine.", f"chmod {meant[path]:o} {path}")
    if not loose:
        yield good("privacy", "The data folder is closed to other users of this machine.")


def _owner(folder: DataFolder) -> Check:
    try:
        owner = folder.owner()
    except OSError as error:
        return doubtful("owner", f"Whether a process has the data folder in use cannot be seen: {error.strerror}.", f"{ELSEWHERE}.")
    if owner is None:
        return good("owner", "No process has the data folder in use.")
    pid, since = owner
    return good("owner", f"Process {pid or 'of unknown number'} has had the data folder in use since {since or 'a while'}.")
