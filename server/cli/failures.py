"""What went wrong, as the person at the command line is to read it."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.errors import GraphUnavailable, Refusal
from server.operations.answer import logged

NOT_THERE = "Name a place that is there and that you may write to."
MAKE_ROOM = "Make room there, or name a place on another disk."
HINTS = {
    errno.ENOSPC: MAKE_ROOM,
    errno.EDQUOT: MAKE_ROOM,
    errno.EFBIG: MAKE_ROOM,
    errno.EISDIR: "That is a folder; name a file.",
}


@contextmanager
def writing_to(target: Path) -> Iterator[None]:
    """What the system does not let us write inside is said of the target, whichever file beside it was tried."""
    try:
        yield
    except OSError as error:
        if not _is_about_files(error):
            raise
        raise Refusal(f"{target} cannot be written: {error.strerror}.", code="FILE_REFUSED", hint=_hint(error)) from error


def refusal_of(error: Exception) -> Refusal:
    """A refusal as it is, a file that cannot be had by its name; what nobody foresaw is logged with a reference.

    A hint that is for those who ask the service is none for who runs a command.
    """
    if isinstance(error, GraphUnavailable):
        return GraphUnavailable(error.message, hint="Run the command again.")
    if isinstance(error, Refusal):
        return error
    if isinstance(error, OSError) and _is_about_files(error):
        return Refusal(f"{error.filename or 'A file'} cannot be used: {error.strerror}.", code="FILE_REFUSED", hint=_hint(error))
    return Refusal(
        f"Something went wrong on our side. It is in the log under {logged(error)}.",
        code="INTERNAL",
        hint="Send those lines of the log to the makers of this program.",
    )


def _is_about_files(error: OSError) -> bool:
    """A connection that is lost, or that takes too long, is an OSError too."""
    return error.filename is not None or error.errno in HINTS


def _hint(error: OSError) -> str:
    return HINTS.get(error.errno or 0, NOT_THERE)
