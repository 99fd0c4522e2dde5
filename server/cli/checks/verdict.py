"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what is so, and what to mend where it should not be."""

    subject: str
    verdict: Verdict
    message: str
    hint: str | None = None


def good(subject: str, message: str) -> Check:
    """Nothing to do."""
    return Check(subject, Verdict.OK, message)


def doubtful(subject: str, message: str, hint: str) -> Check:
    """It works, but not as somebody will expect."""
    return Check(subject, Verdict.WARNING, message, hint)


def bad(subject: str, message: str, hint: str | None) -> Check:
    """It does not work."""
    return Check(subject, Verdict.FAILED, message, hint)
