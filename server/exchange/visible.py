"""What of the whole graph may leave for a viewer: hidden records go, and with them every mention of them."""

from typing import Any

from server.exchange.content import Slots
from server.exchange.shape import DISPUTE, SOURCE, SUPPORT, Shape
from server.exchange.stored import Stored, carried, kept
from server.policy import may_see, visible_statuses
from server.viewer import Viewer


def seen_by(viewer: Viewer, shape: Shape, stored: Stored) -> Stored:
    """The same graph without what the viewer may not see; `stored` is emptied of it."""
    statuses = visible_statuses(viewer)
    for label, records in stored.records.items():
        stored.records[label] = {slug: record for slug, record in records.items() if record.slots.get("status") in statuses}
    names = {label: set(records) for label, records in stored.records.items()}
    names[SOURCE] = {str(record.slots.get("url")) for record in stored.records[SOURCE].values()}
    for node in shape.domain:
        hidden = [each.field for each in kept(node) if not may_see(viewer, each)]
        for record in stored.records[node.label].values():
            for name in hidden:
                record.slots[name] = None
            for relationship in carried(node):
                _forget(record.slots, relationship.field, names[relationship.target])
            _forget_sources(record.slots, names[SOURCE])
    return stored


def _forget(slots: Slots, name: str, there: set[str]) -> None:
    """Mentions of what is not there any more."""
    for tie in [part for part in slots if part.startswith(f"{name}/") and part.partition("/")[2] not in there]:
        del slots[tie]
    found: Any = slots.get(name)
    if name == SUPPORT or found is None:
        return
    slots[name] = [each for each in found if each in there] if isinstance(found, list) else found if found in there else None


def _forget_sources(slots: Slots, there: set[str]) -> None:
    for part in [part for part in slots if part == SUPPORT or part.startswith(f"{SUPPORT}:")]:
        slots[part] = [each for each in slots[part] or [] if each[0] in there]
    if slots.get(DISPUTE):
        slots[DISPUTE] = [url for url in slots[DISPUTE] if url in there]
