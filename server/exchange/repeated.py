"""What a table says again of a related record, such as a city's label date, which is its contract's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import Property, Through
from server.exchange.content import Slots


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a repeated value comes from: the label that holds it, its part there, and how the two records are tied."""

    label: str
    part: str
    tie: str
    outgoing: bool
    """Whether the record that repeats it names the other, rather than the other way round."""


def origin_of(domain: Domain, label: str, declared: Property) -> Origin:
    """The origin of a property that is another record's."""
    assert isinstance(declared.derived, Through)
    relationship = domain[label].relationship_named(declared.derived.relationship)
    if relationship.stored:
        return Origin(relationship.target, declared.derived.property, relationship.field, outgoing=True)
    owner = domain[relationship.target]
    tie = next(each for each in owner.relationships if each.inverse and each.inverse.name == relationship.name and label in each.targets)
    return Origin(owner.label, declared.derived.property, tie.field, outgoing=False)


def originals(origin: Origin, own: Mapping[str, Slots], others: Mapping[str, Slots]) -> dict[str, Any]:
    """The original value for each record that repeats it, where there is one."""
    if origin.outgoing:
        return {slug: others.get(slots.get(origin.tie) or "", {}).get(origin.part) for slug, slots in own.items()}
    return {slots[origin.tie]: slots.get(origin.part) for slots in others.values() if slots.get(origin.tie)}
