"""What every measure over the network of transfers starts from: transfers, cities, and which transfers count as a replication."""

from dataclasses import dataclass
from typing import NamedTuple

REPLICATING_KINDS = frozenset({"REPLICATION", "TRANSFER", "ADAPTATION"})
CARRIED_OUT = frozenset({"IMPLEMENTED", "PARTIAL"})
DEGREES_THAT_LEAD_ELSEWHERE = frozenset({"REJECTION", "INSPIRATION"})
HYBRID = "HYBRIDISATION"
INFERRED = "INFERRED"


class Transfer(NamedTuple):
    """One published transfer: at least one city that gave, in the listed order, and the one that received."""

    # A hundred thousand of these are made at once, in a third of the time that a dataclass takes.

    slug: str
    innovation: str | None
    kind: str
    degree: str
    outcome: str
    claim_level: str
    year: int | None
    givers: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class City:
    """One city and the code of its country."""

    slug: str
    country: str


def counts(transfer: Transfer) -> bool:
    """Whether it counts as a replication."""
    return why_not(transfer) is None


def why_not(transfer: Transfer) -> str | None:
    """The first rule by which it does not count as a replication; None where it counts."""
    if transfer.kind not in REPLICATING_KINDS:
        return "KIND"
    if transfer.outcome not in CARRIED_OUT:
        return "OUTCOME"
    if transfer.degree in DEGREES_THAT_LEAD_ELSEWHERE:
        return "DEGREE"
    if transfer.claim_level == INFERRED:
        return "CLAIM_LEVEL"
    return "SAME_CITY" if transfer.target in transfer.givers else None


def joint(transfer: Transfer) -> bool:
    """Whether several cities gave without being a hybrid: its source names only their group."""
    return len(transfer.givers) > 1 and transfer.degree != HYBRID
