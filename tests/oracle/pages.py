"""One page of a list, over plain dictionaries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.oracle.conditions import holds
from tests.oracle.orders import Order, order_of
from tests.oracle.relations import Row, Seen

USUAL = 20


@dataclass(frozen=True)
class Page:
    """What a connection shows, and the whole list that it is a page of."""

    label: str
    matching: list[Row]
    rows: list[Row]
    cursors: list[str]
    total: int
    has_next: bool
    has_previous: bool


def page_of(seen: Seen, rows: Sequence[Row], label: str, asked: Mapping[str, Any], *, positioned: bool = False) -> Page:
    """The page that the arguments of a connection ask for; an argument that is None was left out."""
    order = order_of(seen, label, asked.get("orderBy"), positioned=positioned)
    matching = order.sort(seen, [row for row in rows if holds(seen, row, asked.get("where") or {})])
    start, stop = _window(seen, matching, order, asked)
    shown = matching[start:stop]
    cursors = [order.cursor(order.place(seen, row)) for row in shown]
    return Page(label, matching, shown, cursors, len(matching), stop < len(matching), start > 0)


def _window(seen: Seen, rows: list[Row], order: Order, asked: Mapping[str, Any]) -> tuple[int, int]:
    places = [order.place(seen, row) for row in rows]
    start, stop = 0, len(rows)
    if after := asked.get("after"):
        start = sum(order.compare(place, order.place_of(after)) <= 0 for place in places)
    if before := asked.get("before"):
        stop = max(start, sum(order.compare(place, order.place_of(before)) < 0 for place in places))
    if (last := asked.get("last")) is not None:
        return max(start, stop - last), stop
    first = asked.get("first")
    return start, min(stop, start + (USUAL if first is None else first))
