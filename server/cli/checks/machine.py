"""This machine: its Python, its clock, its room on disk."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from server.cli.checks.verdict import Check, bad, doubtful, good

OLDEST, NEWEST = (3, 11), (3, 14)
YEARS = range(2026, 2100)

GIGABYTE = 1_000_000_000
LEAST_FREE = GIGABYTE // 5
ENOUGH_FREE = 2 * GIGABYTE
"""Bytes: below the first a load may not fit any more, below the second it is time to think of it."""


def python_version(version: tuple[int, ...]) -> Check:
    """Whether it is a Python this program was tested on."""
    words = "Python " + ".".join(map(str, version))
    if version[:2] < OLDEST:
        return bad("python", f"{words} is too old.", f"Install Python {_dotted(OLDEST)} to {_dotted(NEWEST)}.")
    if version[:2] > NEWEST:
        return doubtful("python", f"{words} is newer than what was tested.", f"Python {_dotted(NEWEST)} is the newest that was.")
    return good("python", f"{words}.")


def year(now: datetime) -> Check:
    """Whether this machine has any idea of the time."""
    if now.year in YEARS:
        return good("time", f"It is {now:%Y-%m-%d %H:%M} UTC.")
    return bad("time", f"This machine believes that it is the year {now.year}.", "Set its clock, or let a time service set it.")


def free_bytes_at(path: Path) -> int:
    """Room left where the path is, or will be."""
    return shutil.disk_usage(nearest(path)).free


def nearest(path: Path) -> Path:
    """The path, or the first of its parents that can be seen."""
    return next(each for each in (path, *path.parents) if _is_seen(each))


def _is_seen(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError:
        return False


def disk(folder: Path, free_bytes: Callable[[Path], int]) -> Check:
    """Whether a database in this folder has room to grow."""
    free = free_bytes(folder)
    words = f"{free / GIGABYTE:.1f} GB are free where {folder} lies"
    if free >= ENOUGH_FREE:
        return good("disk", f"{words}.")
    hint = "Make room there, or choose another folder with --data-dir or REPLICITY_DATA_DIR."
    if free >= LEAST_FREE:
        return doubtful("disk", f"Only {words}.", hint)
    return bad("disk", f"Only {free // 1_000_000} MB are free where {folder} lies.", hint)


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))
