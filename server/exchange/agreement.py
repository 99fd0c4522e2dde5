"""What only package and graph together can tell: that every record named exists, and is public where it must be."""

from server.exchange.cells import shortened
from server.exchange.content import PUBLISHED, Content, Slots
from server.exchange.findings import Finding, Findings
from server.exchange.merging import Merge, final_status, needed_by
from server.exchange.repeated import origin_of, originals
from server.exchange.shape import SUPPORT, Shape
from server.exchange.stored import Stored


def check_against_graph(shape: Shape, content: Content, merged: Merge, stored: Stored, findings: Findings) -> None:
    """Note whatever of the package cannot stand beside what the graph holds."""
    _check_repetitions(shape, content, stored, findings)
    _check_mentions(shape, content, merged, stored, findings)
    _check_neighbours(shape, content, merged, stored, findings)


def _check_mentions(shape: Shape, content: Content, merged: Merge, stored: Stored, findings: Findings) -> None:
    for mention in content.mentions:
        if (mention.label, mention.slug) in content.places or content.may_be_lost(mention.label, mention.slug):
            continue
        status = final_status(merged, stored, mention.label, mention.slug)
        if status is None or _half(shape, merged, mention.label, mention.slug):
            place = mention.place
            reason = f"{shortened(mention.text)} is neither in the package nor in the graph"
            findings.add(Finding(place.file, place.line, place.column, reason, f"the key of a {mention.label}"))


def _check_neighbours(shape: Shape, content: Content, merged: Merge, stored: Stored, findings: Findings) -> None:
    """Whoever sees a record sees what it cannot be without."""
    for (label, slug), change in merged.changes.items():
        place = content.places.get((label, slug))
        if not place or change.final.get("status") != PUBLISHED:
            continue
        for target, other in needed_by(shape, label, change.final):
            status = final_status(merged, stored, target, other)
            if status not in (None, PUBLISHED):
                reason = f"it is PUBLISHED and needs the {target} {shortened(other)}, which is {status}"
                findings.add(Finding(place.file, place.line, "status", reason, "both PUBLISHED, or this row not"))


def _check_repetitions(shape: Shape, content: Content, stored: Stored, findings: Findings) -> None:
    """What a table says again of a related record agrees with that record, where all of those could be read."""
    lost = content.unread | {label for label, _ in content.refused}
    for label, field in dict.fromkeys((each.label, each.field) for each in content.repetitions):
        origin = origin_of(shape.domain, label, shape.domain[label].property_named(field))
        if origin.label in lost:
            continue
        table = shape.records(origin.label)
        spoken = table is not None and table.name in content.headers
        others = content.records.get(origin.label, {}) if spoken else _slots(stored, origin.label)
        values = originals(origin, content.records[label], others)
        for each in content.repetitions:
            value = values.get(each.slug)
            if (each.label, each.field) == (label, field) and each.value != value:
                reason = f"the cell says {shortened(str(each.value or ''))} and the {origin.label} {shortened(str(value or ''))}"
                findings.add(Finding(each.place.file, each.place.line, each.place.column, reason, "the same in both"))


def _slots(stored: Stored, label: str) -> dict[str, Slots]:
    return {slug: record.slots for slug, record in stored.records.get(label, {}).items()}


def _half(shape: Shape, merged: Merge, label: str, slug: str) -> bool:
    """Whether a row extends or ties a record that nothing creates."""
    change = merged.changes.get((label, slug))
    return bool(change and change.created and shape.domain[label].sourced and SUPPORT not in change.final)
