"""What differs between the stores, said as values: a `Dialect` each, and the words that describe a schema to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from server.cypher import Statement


class PropertyType(StrEnum):
    """What a stored property can be. Days and moments are STRING (ISO 8601), a place is two FLOATs."""

    STRING = "STRING"
    INTEGER = "INTEGER"
    FLOAT = "FLOAT"
    BOOLEAN = "BOOLEAN"
    STRINGS = "LIST OF STRING"
    INTEGERS = "LIST OF INTEGER"
    FLOATS = "LIST OF FLOAT"


@dataclass(frozen=True, slots=True)
class LabelSchema:
    """What a store must know of one label before the first node carries it.

    Every property is named with its type; `unique` and `indexed` name properties among them, each on its own.
    `also_labels` are given to a node together with `label`, at creation, and have a schema of their own.
    `searched` says what goes into the text by which it is searched; where that changes, the texts are written anew.
    """

    label: str
    properties: tuple[tuple[str, PropertyType], ...]
    unique: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    also_labels: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FullTextIndex:
    """A full-text index over some STRING properties of one label."""

    name: str
    label: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One store's ways."""

    name: str
    oldest: tuple[int, int] | None
    """The oldest version that is served; None where the version comes with the package."""

    ddl: Callable[[Sequence[LabelSchema], Sequence[str]], tuple[Statement, ...]]
    """Labels and relationship types → what makes constraints and indexes; running it again changes nothing.

    Cypher for Neo4j; for the embedded store one script in its SQL.
    """
    full_text: Callable[[FullTextIndex], tuple[Statement, ...]]
    after_load: tuple[Statement, ...]
    """What lets the planner see the new amounts of data."""

    reads_together_from: int
    """From how many properties of a node on it costs less to read them in one map than one after the other."""

    constraint_retries: int
    """How often a broken constraint may be a lost race of two writers that the second try settles."""
    one_writer: bool
    """Whether the writes of one process queue, because they would only undo each other."""


def quoted(name: str) -> str:
    """A name from the declaration as Cypher and SQL write it. No name comes from input, so a back-tick is a fault."""
    if "`" in name or not name:
        raise ValueError(f"{name!r} cannot be a name in the graph")
    return f"`{name}`"
