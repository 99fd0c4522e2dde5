"""Pages of what a lineage is made of: its steps and its folds, each with a cursor that says where it stands."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graph_schema.lineages import MOST_STEPS
from server.errors import BadInput
from server.measures.folds import Fold
from server.measures.lineage import Step
from server.reading.order import CURSOR_VERSION, cursor, cursor_parts
from server.reading.values import Slot, now, resolver
from server.reading.window import how_many

STEPS = 100
Standing = TypeVar("Standing", Step, Fold)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page that is asked for: so many, after a place."""

    label: str
    kinds: tuple[type, ...]
    size: int
    after: Callable[[Mapping[str, Any]], Any] | None

    def of(self, whole: Sequence[Standing], variables: Mapping[str, Any]) -> tuple[Sequence[Standing], int]:
        """The page, and how many stand before it."""
        before = 0
        if self.after and (text := self.after(variables)) is not None:
            before = bisect_right(whole, self.place(text), key=lambda each: each.place)
        return whole[before : before + self.size], before

    def cursor(self, of: Step | Fold) -> str:
        """Where it stands."""
        return cursor(self.label, "", list(of.place[:-1]), of.place[-1])

    def place(self, text: str) -> Any:
        """The place that a cursor names; raises BadInput for what is no cursor of such a list."""
        version, label, name, keys, last = cursor_parts(text)
        if (version, label, name) != (CURSOR_VERSION, self.label, "") or not isinstance(keys, list):
            raise _bad(self.label)
        place = (*keys, last)
        if tuple(type(each) for each in place) != self.kinds:
            raise _bad(self.label)
        return place


def steps_asked(arguments: Mapping[str, Any]) -> Stretch:
    """The page of steps that is asked for; raises BadInput and OverLimit."""
    return _stretch("LineageStep", (int, bool, int, str), arguments)


def folds_asked(arguments: Mapping[str, Any]) -> Stretch:
    """The page of folds that is asked for; raises BadInput and OverLimit."""
    return _stretch("LineageFold", (int, int, str, str), arguments)


def _stretch(label: str, kinds: tuple[type, ...], arguments: Mapping[str, Any]) -> Stretch:
    first, after = now(arguments.get("first")), arguments.get("after")
    size = STEPS if first is None else how_many(first, MOST_STEPS, STEPS)
    stretch = Stretch(label, kinds, size, None if after is None else resolver(after))
    if after is not None:
        stretch.place(after.now if isinstance(after, Slot) else after)
    return stretch


def _bad(label: str) -> BadInput:
    return BadInput(
        f"This is no cursor for a list of {label}.",
        code="BAD_CURSOR",
        hint="Take cursors from the same list: `cursor`, or `endCursor` of pageInfo.",
    )
