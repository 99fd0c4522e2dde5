"""What a package, or the graph, says of each record: its parts by name, as plain values.

A part (slot) is a property's field, a relationship's field, `sources`, `sources:<extension table>`, `disputedBy`, or
`<relationship>/<slug>` for a row that ties two records. A part that is absent was not spoken of; None was, and is empty.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from graph_schema.domain import Domain
from server.exchange.shape import SOURCE

Slots = dict[str, Any]
PUBLISHED = "PUBLISHED"
WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a package."""

    file: str
    line: int
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that a cell names."""

    place: Place
    label: str
    slug: str
    text: str


@dataclass(frozen=True, slots=True)
class Repetition:
    """What a cell says again of a record that a related one holds."""

    place: Place
    label: str
    slug: str
    field: str
    value: Any


@dataclass(slots=True)
class Content:
    """Everything a package says."""

    name: str = ""
    version: str = ""
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    described: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The columns that the package's description names, by table."""
    rows: dict[str, int] = field(default_factory=dict)
    records: dict[str, dict[str, Slots]] = field(default_factory=dict)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    repetitions: list[Repetition] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Labels of whose records some may be lost, because not all of their table could be read."""
    refused: set[tuple[str, str]] = field(default_factory=set)
    """Records, by label and slug, whose row cannot stand."""

    def slots(self, label: str, slug: str) -> Slots:
        """What is said of one record, so far."""
        return self.records.setdefault(label, {}).setdefault(slug, {})

    def may_be_lost(self, label: str, slug: str) -> bool:
        """Whether a record may be missing only because of a fault that has been told: whoever names it is not wrong."""
        return label in self.unread or (label, slug) in self.refused

    def source(self, url: str) -> None:
        """An address that something names is a record of its own."""
        self.slots(SOURCE, slug_of_url(url)).setdefault("url", url)


def slug_of(domain: Domain, label: str, key: str) -> str:
    """The slug of the record that a cell names by its key."""
    if label == SOURCE:
        return slug_of_url(key)
    return key if domain[label].table_key == "id" else key.lower()


def slug_of_url(url: str) -> str:
    """The start of the address's SHA-256."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def tie(relationship: str, slug: str) -> str:
    """The part that a row is which ties a record to another."""
    return f"{relationship}/{slug}"
