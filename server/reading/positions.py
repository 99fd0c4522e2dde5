"""Where a record stands against a cursor, as Cypher."""

from dataclasses import dataclass

from server.reading.plan import Bound, Key, Page
from server.reading.values import Value
from server.reading.writer import Scope, Writer, quoted


@dataclass(frozen=True, slots=True)
class Ranked:
    """A key of an order with its value in a cursor; `certain`: the records at hand have a value here."""

    key: Key
    value: Value | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Position:
    """A cursor's place among the records at hand."""

    ranked: tuple[Ranked, ...]
    tie: str
    last: Value

    @classmethod
    def of(cls, page: Page, bound: Bound, *, first_certain: bool = False) -> "Position":
        """A bound of a page, key by key."""
        pairs = zip(page.keys, bound.values, strict=True)
        ranked = (Ranked(key, value, not key.nullable or (first_certain and not place)) for place, (key, value) in enumerate(pairs))
        return cls(tuple(ranked), page.tie, bound.tie)

    @property
    def rest(self) -> "Position":
        """The place among records that agree in the first key."""
        return Position(self.ranked[1:], self.tie, self.last)


def later(writer: Writer, scope: Scope, at: Position, *, or_equal: bool = False) -> str:
    """The record stands after the cursor."""
    if not at.ranked:
        return f"{scope.record}.{quoted(at.tie)} {'>=' if or_equal else '>'} {writer.parameter(at.last)}"
    first = at.ranked[0]
    of, rest = writer.expression(first.key.of, scope), later(writer, scope, at.rest, or_equal=or_equal)
    if first.value is None:
        return f"({of} IS NULL AND {rest})"
    value, beyond = writer.parameter(first.value), "<" if first.key.descending else ">"
    if first.certain:
        return f"({of} {beyond}= {value} AND ({of} {beyond} {value} OR {rest}))"
    return f"({of} IS NULL OR {of} {beyond} {value} OR ({of} = {value} AND {rest}))"


def earlier(writer: Writer, scope: Scope, at: Position, *, or_equal: bool = False) -> str:
    """The record stands before the cursor."""
    if not at.ranked:
        return f"{scope.record}.{quoted(at.tie)} {'<=' if or_equal else '<'} {writer.parameter(at.last)}"
    first = at.ranked[0]
    of, rest = writer.expression(first.key.of, scope), earlier(writer, scope, at.rest, or_equal=or_equal)
    if first.value is None:
        return f"({of} IS NOT NULL OR {rest})"
    value, before = writer.parameter(first.value), ">" if first.key.descending else "<"
    return f"({of} {before}= {value} AND ({of} {before} {value} OR {rest}))"
