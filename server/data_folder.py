"""The folder of the embedded database: private, owned by one process at a time, and keeper of the password."""

import asyncio
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from server.errors import StartRefused

# After a kill of its owner a folder is free as soon as the database has died as well.
_ORPHAN_SECONDS = 5.0

# A folder of ours has the first before anything else is in it; one that was put back from a copy may have the second alone.
_MARKS = ("owner", "databases/graph")
_ON_EMPTY_DISKS = {"lost+found"}

_MADE_ANEW = "Stop what runs the database, move the file away if it is there, and start again: it is made anew, and nothing else is lost."


class DataFolder:
    """Held open while it is owned."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.lock: int | None = None
        """The open file that stands for ownership. Who inherits it, owns too: so the folder is not free before the database is gone."""

    @property
    def password_file(self) -> Path:
        return self.path / "password"

    async def claim(self) -> None:
        """Own the folder, made if need be; `StartRefused` names the process that owns it already, or what is wrong with the folder."""
        self.check()
        with self._refusing():
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.chmod(0o700)
            lock = os.open(self.path / "owner", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                await self._lock(lock)
                os.ftruncate(lock, 0)
                os.pwrite(lock, f"{os.getpid()} {datetime.now(UTC).isoformat(timespec='seconds')}\n".encode(), 0)
            except BaseException:
                os.close(lock)
                raise
        self.lock = lock

    def check(self) -> None:
        """`StartRefused` where the folder is somebody else's, or a file of ours in it is not what it was; nothing is changed."""
        with self._refusing():
            if self._is_a_strangers():
                raise StartRefused(
                    f"{self.path} is not empty, and what is in it is not of an embedded database.",
                    code="STORE_FOLDER",
                    hint="Choose an empty folder, or one that is not there yet, with --data-dir or REPLICITY_DATA_DIR.",
                )
            for file in (self.path / "owner", self.password_file):
                if file.is_dir():
                    raise StartRefused(f"{file} is a folder, and should be a file.", code="STORE_FOLDER", hint=_MADE_ANEW)
            has_password = self.password_file.exists()
        if has_password:
            self.known_password()

    def _is_a_strangers(self) -> bool:
        there = {each.name for each in self.path.iterdir()} if self.path.exists() else set()
        return bool(there - _ON_EMPTY_DISKS) and not any((self.path / mark).exists() for mark in _MARKS)

    def release(self) -> None:
        """Let others own the folder; the database must be gone."""
        if self.lock is not None:
            os.ftruncate(self.lock, 0)
            os.close(self.lock)
            self.lock = None

    def owner(self) -> tuple[str, str] | None:
        """Process id and start of whoever owns it now, as far as they are known; None while nobody does."""
        try:
            lock = os.open(self.path / "owner", os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _named(lock)
        finally:
            os.close(lock)
        return None

    def password(self) -> str:
        """The database's password, made up once and kept in a file that only the owner can read."""
        with self._refusing():
            if not self.password_file.exists() or not self.password_file.stat().st_size:
                self._make_password()
            self.password_file.chmod(0o600)
        return self.known_password()

    def known_password(self) -> str:
        """The password that is there; none is made."""
        try:
            return self.password_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
            raise StartRefused(
                f"The embedded database's password in {self.password_file} cannot be read: {reason}.",
                code="STORE_PASSWORD",
                hint=_MADE_ANEW,
            ) from error

    def _make_password(self) -> None:
        """Written beside and renamed, so that a kill at any moment leaves a whole password or none."""
        new = self.path / "password.new"
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        # The database reads the file only when it makes its list of users. The old list goes first: it must not outlive its password.
        (self.path / "config" / "server-users.jsonl").unlink(missing_ok=True)
        new.replace(self.password_file)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """What the system does not allow inside is said as a refusal of the folder."""
        try:
            yield
        except OSError as error:
            raise StartRefused(
                f"The data folder {self.path} cannot be used: {error.strerror}.",
                code="STORE_FOLDER",
                hint="Choose a folder that you may write to, on a disk with room, with --data-dir or REPLICITY_DATA_DIR.",
            ) from error

    async def _lock(self, lock: int) -> None:
        patience = asyncio.get_running_loop().time() + _ORPHAN_SECONDS
        while True:
            try:
                return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pid, since = _named(lock)
            if _runs(pid) or asyncio.get_running_loop().time() > patience:
                raise StartRefused(
                    f"The data folder {self.path} is in use by process {pid or 'of unknown number'} since {since or 'a while'}.",
                    code="STORE_IN_USE",
                    hint="Stop that process first, or choose another folder with --data-dir; to ask or export, use its service.",
                )
            await asyncio.sleep(0.05)


def _named(lock: int) -> tuple[str, str]:
    """Who wrote their name into the open file, and when."""
    pid, _, since = os.pread(lock, 100, 0).decode().strip().partition(" ")
    return pid, since


def _runs(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
