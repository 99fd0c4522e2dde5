"""A graph as plain dictionaries: records by id, links by both of their ends."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """One relationship between two records, with what it says of itself."""

    type: str
    start: str
    end: str
    says: Mapping[str, Any] = field(default_factory=dict)


class World:
    """Everything there is; what may be seen of it is asked of `is_visible`."""

    def __init__(self, records: Iterable[Record], links: Iterable[Link]) -> None:
        self.records: dict[str, Record] = {record["id"]: record for record in records}
        self.links = list(links)
        self._leaving: dict[tuple[str, str], list[Link]] = defaultdict(list)
        self._arriving: dict[tuple[str, str], list[Link]] = defaultdict(list)
        for link in self.links:
            self._leaving[link.start, link.type].append(link)
            self._arriving[link.end, link.type].append(link)

    def visible(self, label: str) -> list[Record]:
        """What an anonymous viewer may see of a type."""
        return [record for record in self.records.values() if record["label"] == label and is_visible(record)]

    def find(self, record_id: str) -> Record | None:
        """The record with this id, where it may be seen."""
        found = self.records.get(record_id)
        return found if found and is_visible(found) else None

    def follow(self, record: Record, link_type: str, *, incoming: bool) -> list[tuple[Record, Mapping[str, Any]]]:
        """The visible records at the other ends, each with what its link says."""
        links = (self._arriving if incoming else self._leaving).get((record["id"], link_type), [])
        ends = [(self.records[link.start if incoming else link.end], link.says) for link in links]
        return [(end, says) for end, says in ends if is_visible(end)]


def is_visible(record: Record) -> bool:
    """Whether an anonymous viewer may see it."""
    return bool(record["status"] == "PUBLISHED")
