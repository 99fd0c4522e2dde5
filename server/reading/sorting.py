"""The records of a list within its bounds, in their order, as many as are wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from server.reading.matching import Match
from server.reading.plan import Key, Page, Side, Stored
from server.reading.positions import Position, earlier, later
from server.reading.writer import Scope, Writer

Bounding = Callable[[Writer, Scope], str]
"""Writes that a record stands on one side of a cursor."""


def within(page: Page) -> list[Bounding]:
    """The bounds of a page."""
    after = [_later(Position.of(page, page.after))] if page.after else []
    before = [_earlier(Position.of(page, page.before))] if page.before else []
    return after + before


def within_values(page: Page) -> list[Bounding]:
    """The same among records that have a value in the first key."""
    after = [_later(Position.of(page, page.after, first_certain=True))] if page.after else []
    bounded = page.before and page.before.values[0] is not None
    before = [_earlier(Position.of(page, page.before, first_certain=True))] if page.before and bounded else []
    return after + before


def within_nulls(page: Page) -> list[Bounding]:
    """The same among records that have none, by the keys behind it."""
    before = [_earlier(Position.of(page, page.before).rest)] if page.before else []
    bounded = page.after and page.after.values[0] is None
    after = [_later(Position.of(page, page.after).rest)] if page.after and bounded else []
    return before + after


def beyond(page: Page, side: Side) -> list[Bounding]:
    """That a record lies beyond a cursor that bounds the page, or at its very place.

    A page stands behind `after`, even where `before` is in front of it: then too, only what follows `after` follows the page.
    """
    after = [_later(Position.of(page, page.after))] if page.after else []
    if side == "after":
        assert page.before
        return [*after, _later(Position.of(page, page.before), or_equal=True)]
    assert page.after
    return [_earlier(Position.of(page, page.after), or_equal=True)]


@dataclass(frozen=True, slots=True)
class Sorting:
    """What is sorted by. What has to be worked out for it is worked out once, under a name, and everything behind it uses the name."""

    writer: Writer
    scope: Scope
    names: tuple[str, ...]
    computed: tuple[str, ...]
    bounds: tuple[str, ...]
    tie: str | None

    @classmethod
    def of(cls, writer: Writer, scope: Scope, keys: Sequence[Key], bounds: Sequence[Bounding], tie: str | None = None) -> "Sorting":
        """The keys, the bounds and what settles a tie, for records at hand; from here on the scope knows the names."""
        texts = [writer.expression(key.of, scope) for key in keys]
        for text, key in zip(texts, keys, strict=True):
            if not isinstance(key.of, Stored):
                scope.named.setdefault(text, f"{scope.record}k{len(scope.named)}")
        names = tuple(scope.named.get(text, text) for text in texts)
        computed = tuple(f"{text} AS {alias}" for text, alias in scope.named.items())
        return cls(writer, scope, names, computed, tuple(bound(writer, scope) for bound in bounds), tie and scope.property(tie))

    @property
    def conditions(self) -> list[str]:
        """Bounds that can stand with the match itself, where an index may serve them."""
        return [] if self.computed else list(self.bounds)

    def cut(self, page: Page, keys: Sequence[Key], *, distinct: bool) -> str:
        """Sort and cut, before anything is projected; the row is written already, so it is known what it uses."""
        if self.tie is None:
            return self._carried(distinct=distinct) if distinct or self.computed else ""
        order = []
        for name, key in zip(self.names, keys, strict=True):
            if key.nullable:
                order.append(f"{name} IS NULL{' DESC' if page.backward else ''}")
            order.append(f"{name}{' DESC' if key.descending != page.backward else ''}")
        if self.tie not in self.names:
            order.append(f"{self.tie}{' DESC' if page.backward else ''}")
        limit = f" LIMIT {self.writer.parameter(page.limit)}" if page.limit else ""
        return f"{self._carried(distinct=distinct)} ORDER BY {', '.join(order)}{limit}"

    def exists(self, match: Callable[[list[str]], Match], fitting: list[str]) -> str:
        """That there is any record that fits, within the bounds."""
        found = match([*fitting, *self.conditions])
        return f"EXISTS {{ {f'{found} {self._bounded()} RETURN {self.scope.record}' if self.computed else found.whole} }}"

    def _carried(self, *, distinct: bool) -> str:
        once = "DISTINCT " if distinct else ""
        if not (self.bounds and self.computed):
            return f"WITH {once}{', '.join([*self.scope.reached, *self.computed])}"
        return f"{self._bounded(once)} WITH {', '.join([*self.scope.reached, *self.scope.named.values()])}"

    def _bounded(self, once: str = "") -> str:
        return f"WITH {once}{', '.join([*self.scope.reached, *self.computed])} WHERE {' AND '.join(self.bounds)}"


def _later(at: Position, *, or_equal: bool = False) -> Bounding:
    return lambda writer, scope: later(writer, scope, at, or_equal=or_equal)


def _earlier(at: Position, *, or_equal: bool = False) -> Bounding:
    return lambda writer, scope: earlier(writer, scope, at, or_equal=or_equal)
