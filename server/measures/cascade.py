"""The family tree of a city: who had something from it, and who from those, or whom it had it from, and those from whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from server.measures.generations import in_time
from server.measures.network import Transfer, joint

Legs = Mapping[str, Sequence[Transfer]]


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


@dataclass(frozen=True, slots=True)
class FamilyTree:
    """Cities by generation, the city itself alone in the first; each city stands in the nearest generation only.

    `truncated` says that transfers lead on from the last generation.
    """

    generations: tuple[tuple[str, ...], ...]
    branches: tuple[Branch, ...]
    truncated: bool


def tree(transfers: Iterable[Transfer], city: str, direction: Direction, max_generations: int) -> FamilyTree:
    """The family tree of a city over these transfers; a circle is walked once."""
    legs = _legs(transfers, direction)
    generations: list[tuple[str, ...]] = [(city,)]
    seen = {city}
    branches: list[Branch] = []
    passed: set[str] = set()
    for generation in range(1, max_generations + 1):
        onward = _onward(legs, generations[-1], passed)
        passed |= {transfer.slug for transfer in onward}
        branches += (Branch(generation, transfer.slug, joint(transfer)) for transfer in onward)
        fresh = {end for transfer in onward for end in _ends(transfer, direction)} - seen
        if not fresh:
            return FamilyTree(tuple(generations), tuple(branches), truncated=False)
        seen |= fresh
        generations.append(tuple(sorted(fresh)))
    return FamilyTree(tuple(generations), tuple(branches), truncated=bool(_onward(legs, generations[-1], passed)))


def _legs(transfers: Iterable[Transfer], direction: Direction) -> Legs:
    """For each city, the transfers that lead on from it."""
    legs: defaultdict[str, list[Transfer]] = defaultdict(list)
    for transfer in transfers:
        for start in transfer.givers if direction is Direction.DOWNSTREAM else (transfer.target,):
            legs[start].append(transfer)
    return legs


def _ends(transfer: Transfer, direction: Direction) -> tuple[str, ...]:
    return (transfer.target,) if direction is Direction.DOWNSTREAM else transfer.givers


def _onward(legs: Legs, cities: Iterable[str], passed: set[str]) -> list[Transfer]:
    """The transfers that lead on from these cities, each once, by year and slug."""
    leading = {transfer.slug: transfer for city in cities for transfer in legs.get(city, ())}
    return sorted((transfer for slug, transfer in leading.items() if slug not in passed), key=in_time)
