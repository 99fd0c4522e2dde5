"""Who is related to whom, and what follows from it, over plain dictionaries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import Property, Relationship, Through
from tests.oracle.world import Record, World

COUNTED_KINDS = {"REPLICATION", "TRANSFER", "ADAPTATION"}
COUNTED_OUTCOMES = {"IMPLEMENTED", "PARTIAL"}
NEVER_COUNTED_DEGREES = {"REJECTION", "INSPIRATION"}


@dataclass(frozen=True)
class Row:
    """A record as a list holds it: with what the way to it says."""

    record: Record
    says: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """The visible part of a world."""

    world: World
    domain: Domain

    def rows(self, record: Record, relationship: Relationship) -> list[Row]:
        """The related records in the order of the relationship itself; a fallback is taken where there are none of its own."""
        own = self._own_rows(record, relationship)
        if relationship.closing:
            givers = [found["id"] for found, _ in self.world.follow(record, relationship.closing, incoming=True)]
            own = [row for row in own if row.record["id"] in givers]
        if relationship.through and not own:
            return self._rows_through(record, relationship.through)
        places, tie = relationship.positioned, "id" if len(relationship.targets) > 1 else "slug"
        return sorted(own, key=lambda row: (row.says["position"] if places else 0, row.record[tie]))

    def one(self, record: Record, relationship: Relationship) -> Record | None:
        """The record of a to-one relationship."""
        rows = self.rows(record, relationship)
        return rows[0].record if rows else None

    def value(self, record: Record, of: Property) -> Any:
        """A property, stored or derived; None where it is missing."""
        if isinstance(of.derived, Through):
            reached = self.one(record, self.domain[record["label"]].relationship_named(of.derived.relationship))
            return reached and reached.get(of.derived.property)
        derived = DERIVED.get((record["label"], of.field))
        return derived(self, record) if derived else record.get(of.field)

    def related(self, record: Record, name: str) -> list[Record]:
        """The related records by the name of the relationship."""
        return [row.record for row in self.rows(record, self.domain[record["label"]].relationship_named(name))]

    def _own_rows(self, record: Record, relationship: Relationship) -> list[Row]:
        found: dict[str, Row] = {}
        for link_type in filter(None, relationship.type.split("|")):
            for end, says in self.world.follow(record, link_type, incoming=relationship.incoming):
                if end["label"] in relationship.targets:
                    found.setdefault(end["id"], Row(end, says))
        return list(found.values())

    def _rows_through(self, record: Record, way: tuple[str, str]) -> list[Row]:
        first, second = way
        found = {each["id"]: each for middle in self.related(record, first) for each in self.related(middle, second)}
        return [Row(each) for each in sorted(found.values(), key=lambda each: str(each["slug"]))]


def why_not(seen: Seen, transfer: Record) -> str | None:
    """The first rule by which a transfer does not count as a replication."""
    broken = {
        "KIND": transfer["kind"] not in COUNTED_KINDS,
        "OUTCOME": transfer["outcome"] not in COUNTED_OUTCOMES,
        "DEGREE": transfer["degree"] in NEVER_COUNTED_DEGREES,
        "CLAIM_LEVEL": transfer["claimLevel"] == "INFERRED",
        "SAME_CITY": _stays_in_one_city(seen, transfer),
    }
    return next((rule for rule, breaks in broken.items() if breaks), None)


def counts(seen: Seen, transfer: Record) -> bool:
    """Whether a transfer counts as a replication."""
    return why_not(seen, transfer) is None


def joint_attribution(seen: Seen, transfer: Record) -> bool:
    """Whether several givers share a transfer that is no hybrid."""
    return len(seen.related(transfer, "sourceCities")) > 1 and transfer["degree"] != "HYBRIDISATION"


def contract_status(seen: Seen, city: Record) -> str | None:
    """What the record says, LABELLED where its contract has a label date."""
    labelled = any(contract.get("labelDate") for contract in seen.related(city, "contract"))
    return "LABELLED" if labelled else city.get("contractStatus")


def _stays_in_one_city(seen: Seen, transfer: Record) -> bool:
    givers = {city["id"] for city in seen.related(transfer, "sourceCities")}
    return any(city["id"] in givers for city in seen.related(transfer, "targetCity"))


DERIVED: dict[tuple[str, str], Callable[[Seen, Record], Any]] = {
    ("Transfer", "whyNot"): why_not,
    ("Transfer", "counts"): counts,
    ("Transfer", "jointAttribution"): joint_attribution,
    ("City", "contractStatus"): contract_status,
    ("Concept", "label"): lambda seen, concept: concept["prefLabelEn"],
}
