"""The order of a list and the cursors that mark places in it, over plain dictionaries."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

import orjson

from graph_schema.kernel import Property
from graph_schema.names import upper_snake
from tests.oracle.comparisons import comparable
from tests.oracle.relations import Row, Seen, outcomes

POSITION = "position"
Place = tuple[list[Any], str]
"""Where a row stands: its sort keys, and its slug; in a list of several types, which may share slugs, its id."""


@dataclass(frozen=True)
class Key:
    """One thing to order by: the way to it, and which direction."""

    way: tuple[str, ...]
    descending: bool

    def __str__(self) -> str:
        return ("-" if self.descending else "") + ".".join(self.way)


@dataclass(frozen=True)
class Order:
    """How a list is ordered; what the keys leave open is settled by slug or id."""

    label: str
    keys: tuple[Key, ...] = ()
    tie: str = "slug"

    def __str__(self) -> str:
        return ",".join(map(str, self.keys))

    def place(self, seen: Seen, row: Row) -> Place:
        """Where a row stands."""
        return [_key_value(seen, row, key.way) for key in self.keys], row.record[self.tie]

    def compare(self, one: Place, other: Place) -> int:
        """-1, 0 or 1; what is missing comes last in both directions."""
        for key, mine, theirs in zip(self.keys, one[0], other[0], strict=True):
            if mine != theirs:
                if mine is None or theirs is None:
                    return 1 if mine is None else -1
                return 1 if (mine > theirs) is not key.descending else -1
        return (one[1] > other[1]) - (one[1] < other[1])

    def sort(self, seen: Seen, rows: Sequence[Row]) -> list[Row]:
        """The rows in this order."""
        by_place = cmp_to_key(self.compare)
        return sorted(rows, key=lambda row: by_place(self.place(seen, row)))

    def cursor(self, place: Place) -> str:
        """A place as clients see it."""
        return base64.urlsafe_b64encode(orjson.dumps([1, self.label, str(self), *place])).rstrip(b"=").decode()

    def place_of(self, cursor: str) -> Place:
        """The place a cursor stands for."""
        _, _, _, keys, tie = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return keys, tie


def order_of(seen: Seen, label: str, asked: Sequence[Mapping[str, Any]] | None, *, positioned: bool = False) -> Order:
    """The order a client asks for, else that of the list itself."""
    tie = "slug" if label in seen.domain.nodes else "id"
    if asked:
        return Order(label, tuple(_key(each) for each in asked), tie)
    return Order(label, (Key((POSITION,), descending=False),) if positioned else (), tie)


def _key(asked: Mapping[str, Any]) -> Key:
    ((name, rest),) = asked.items()
    if isinstance(rest, str):
        return Key((name,), rest == "DESC")
    inner = _key(rest)
    return Key((name, *inner.way), inner.descending)


def _key_value(seen: Seen, row: Row, way: tuple[str, ...]) -> Any:
    name, *rest = way
    if name == POSITION:
        return row.says[POSITION]
    if name == "byOutcome":
        return outcomes(seen, row.record)[upper_snake(rest[0])]
    part = seen.domain[row.record["label"]][name]
    if isinstance(part, Property):
        value = seen.value(row.record, part)
        return None if value is None else comparable(part.kind, value)
    related = seen.rows(row.record, part)
    if part.many:
        return len(related)
    return _key_value(seen, related[0], tuple(rest)) if related else None
