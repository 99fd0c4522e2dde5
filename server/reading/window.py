"""The page arguments of a list: which of its records, in which order, from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_schema.kernel import NodeType, Property, Relationship
from server.errors import BadInput, OverLimit
from server.reading.expressions import Sight
from server.reading.order import Ordering, ordering, read_cursor
from server.reading.plan import ALWAYS, Bound, Condition, Page, Relation, Row, Side
from server.reading.values import Slot, Value, now
from server.reading.where import Filters
from server.settings import Limits

DEFAULT_PAGE = 20


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a list. `usual` is how many records it counts for in the cost of a request."""

    start: str | Relation
    condition: Condition
    order: Ordering
    size: int
    usual: int
    backward: bool
    after: Bound | None
    before: Bound | None
    edge: tuple[Property, ...]

    def page(self, row: Row | None, *, counted: bool, outside: tuple[Side, ...], tie: str) -> Page:
        """Itself as a part of a plan; one row more than asked tells whether more follow."""
        return Page(
            self.start,
            self.condition,
            self.order.keys,
            row,
            Value(constant=self.size + 1),
            self.after,
            self.before,
            self.backward,
            counted,
            outside,
            tie,
        )


def window(
    sight: Sight, filters: Filters, node: NodeType, arguments: Mapping[str, Any], limits: Limits, relationship: Relationship | None = None
) -> Window:
    """The window that page arguments ask for; raises BadInput and OverLimit."""
    edge = relationship.edge if relationship else ()
    first, last = (page_size(name, arguments.get(name), limits) for name in ("first", "last"))
    refuse_both(first, last)
    where = arguments.get("where")
    positioned = bool(relationship and relationship.positioned)
    order = ordering(sight, filters, node, arguments.get("orderBy"), positioned=positioned)
    declared = relationship.usual if relationship else None
    return Window(
        start=filters.relation(relationship) if relationship else node.label,
        condition=filters.asked(node, where, edge) if where else ALWAYS,
        order=order,
        size=first or last or DEFAULT_PAGE,
        usual=first or last or declared or DEFAULT_PAGE,
        backward=bool(last),
        after=_bound(arguments.get("after"), order),
        before=_bound(arguments.get("before"), order),
        edge=edge,
    )


def refuse_both(first: int | None, last: int | None) -> None:
    """Refuse a page that is to be read from both ends."""
    if first and last:
        raise BadInput("`first` and `last` are both given.", hint="Give `first` to read from the start, or `last` to read from the end.")


def page_size(name: str, asked: Any, limits: Limits) -> int | None:
    """How many records are asked for; refuses none, and too many."""
    size = now(asked)
    if size is None:
        return None
    if size < 1:
        raise BadInput(f"`{name}` is {size}.", hint=f"Ask for 1 to {limits.page} records, or leave `{name}` out for {DEFAULT_PAGE}.")
    if size > limits.page:
        raise OverLimit(
            "page", limits.page, f"{name}: {size:,}", code="PAGE_TOO_LARGE", hint="Read the list page by page, with `after: endCursor`."
        )
    return int(size)


def how_many(asked: int, most: int, usual: int | None) -> int:
    """How many items of a list that is worked out are asked for; refuses none, and more than such a list ever gives."""
    allowed = f"Ask for 1 to {most:,}, or leave `first` out for {usual}."
    if asked < 1:
        raise BadInput(f"`first` is {asked}.", hint=allowed)
    if asked > most:
        raise BadInput(f"`first` is {asked:,}, and this list is worked out for {most:,} at most.", code="PAGE_TOO_LARGE", hint=allowed)
    return asked


def _bound(asked: Any, order: Ordering) -> Bound | None:
    if asked is None:
        return None
    keys, _ = read_cursor(now(asked), order)
    return Bound(tuple(None if key is None else _part(asked, order, place) for place, key in enumerate(keys)), _part(asked, order, None))


def _part(asked: Any, order: Ordering, place: int | None) -> Value:
    def taken(text: str) -> Any:
        keys, slug = read_cursor(text, order)
        return slug if place is None else _as_stored(keys[place], order, place)

    return Value(path=asked.path, convert=taken) if isinstance(asked, Slot) else Value(constant=taken(now(asked)))


def _as_stored(key: Any, order: Ordering, place: int) -> Any:
    return float(key) if order.kinds[place].value == "float" else key
