"""The family tree of a city: who had something from it, and who from those, or whom it had it from, and those from whom."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from server.measures.generations import in_time
from server.measures.network import Transfer, joint

Legs = Mapping[str, Sequence[Transfer]]
Thread = Callable[[Transfer], str | None]
"""What ties the transfers of a chain together: the same thread all along; None of those that stand in no chain."""

_End = tuple[str, str]
"""A city, and the thread on which it was reached."""


class Direction(Enum):
    """Upstream to those who gave, downstream to those who received."""

    UPSTREAM = "UPSTREAM"
    DOWNSTREAM = "DOWNSTREAM"


@dataclass(frozen=True, slots=True)
class Branch:
    """One transfer of a family tree: it leads from the generation before into this one, or back into one already there."""

    generation: int
    transfer: str
    joint: bool
    year: int | None


@dataclass(frozen=True, slots=True)
class FamilyTree:
    """Cities by generation, the city itself alone in the first; each city stands in the nearest generation only.

    `truncated` says that transfers lead on from the last generation.
    """

    generations: tuple[tuple[str, ...], ...]
    branches: tuple[Branch, ...]
    truncated: bool


class FamilyTrees:
    """Family trees of cities over the same transfers."""

    def __init__(self, transfers: Collection[Transfer]) -> None:
        self._legs = {direction: _legs(transfers, direction) for direction in Direction}

    def tree(self, city: str, direction: Direction, max_generations: int, thread: Thread = lambda _: "") -> FamilyTree:
        """The family tree of a city, along chains of one thread each; a circle is walked once."""
        return _Walk(self._legs[direction], direction, thread).tree(city, max_generations)


def tree(transfers: Collection[Transfer], city: str, direction: Direction, max_generations: int) -> FamilyTree:
    """The family tree of a city over these transfers, whatever they are of."""
    return FamilyTrees(transfers).tree(city, direction, max_generations)


@dataclass(frozen=True, slots=True)
class _Walk:
    legs: Legs
    direction: Direction
    thread: Thread

    def tree(self, city: str, max_generations: int) -> FamilyTree:
        ends: set[_End] = {(city, thread) for leg in self.legs.get(city, ()) if (thread := self.thread(leg)) is not None}
        generations: list[tuple[str, ...]] = [(city,)]
        branches: list[Branch] = []
        reached, cities, passed = set(ends), {city}, set[str]()
        for generation in range(1, max_generations + 1):
            onward = self._onward(ends, passed)
            passed |= {leg.slug for leg in onward}
            branches += (Branch(generation, leg.slug, joint(leg), leg.year) for leg in onward)
            ends = {(end, self.thread(leg) or "") for leg in onward for end in _ends(leg, self.direction)} - reached
            reached |= ends
            fresh = {end for end, _ in ends} - cities
            cities |= fresh
            generations.append(tuple(sorted(fresh)))
        while not generations[-1]:
            generations.pop()
        return FamilyTree(tuple(generations), tuple(branches), truncated=bool(self._onward(ends, passed)))

    def _onward(self, ends: Iterable[_End], passed: Collection[str]) -> list[Transfer]:
        """The transfers that lead on from these cities on the same thread, each once, by year and slug."""
        legs = (leg for city, thread in ends for leg in self.legs.get(city, ()) if self.thread(leg) == thread)
        leading = {leg.slug: leg for leg in legs if leg.slug not in passed}
        return sorted(leading.values(), key=in_time)


def _legs(transfers: Iterable[Transfer], direction: Direction) -> Legs:
    """For each city, the transfers that lead on from it."""
    legs: defaultdict[str, list[Transfer]] = defaultdict(list)
    for transfer in transfers:
        for start in transfer.givers if direction is Direction.DOWNSTREAM else (transfer.target,):
            legs[start].append(transfer)
    return legs


def _ends(transfer: Transfer, direction: Direction) -> tuple[str, ...]:
    return (transfer.target,) if direction is Direction.DOWNSTREAM else transfer.givers
