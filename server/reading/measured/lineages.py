"""The family tree of a city: whom it had something from, or who had something from it."""

from dataclasses import dataclass
from typing import Any

from graph_schema.lineages import MOST_GENERATIONS
from server.errors import BadInput
from server.measures.cascade import Branch, Direction, FamilyTree, Thread
from server.measures.network import INFERRED, Transfer
from server.reading.chosen import Grounds
from server.reading.measured.measure import NETWORK, Given, Measure, check_innovation, network


@dataclass(frozen=True, slots=True)
class Generation:
    """The cities so many transfers away."""

    generation: int
    cities: tuple[str, ...]

    @property
    def city_count(self) -> int:
        """How many they are."""
        return len(self.cities)


@dataclass(frozen=True, slots=True)
class CityLineages:
    """A family tree as it is answered."""

    generations: tuple[Generation, ...]
    branches: tuple[Branch, ...]
    truncated: bool

    @property
    def branch_count(self) -> int:
        """How many transfers it is made of."""
        return len(self.branches)

    @property
    def missing_years(self) -> int:
        """How many of them have no year."""
        return sum(branch.year is None for branch in self.branches)


def _lineages(grounds: Grounds, parent: str, given: Given) -> CityLineages:
    snapshot = network(grounds)
    check_innovation(snapshot, given.get("innovation"))
    direction = Direction(given["direction"])
    return _answered(snapshot.family_trees.tree(parent, direction, _generations(given.get("maxGenerations")), _thread(given)))


def _answered(found: FamilyTree) -> CityLineages:
    generations = tuple(Generation(number, cities) for number, cities in enumerate(found.generations))
    return CityLineages(generations, found.branches, found.truncated)


def _generations(asked: Any) -> int:
    if asked is None:
        return 3
    if not 1 <= asked <= MOST_GENERATIONS:
        raise BadInput(
            f"`maxGenerations` is {asked}.", hint=f"Ask for 1 to {MOST_GENERATIONS} generations, or leave `maxGenerations` out for 3."
        )
    return int(asked)


def _thread(given: Given) -> Thread:
    """Which transfers are followed, and which of them belong to one chain."""
    inferred, innovation, same = given.get("includeInferred"), given.get("innovation"), given.get("sameInnovation") is not False

    def thread(transfer: Transfer) -> str | None:
        if (transfer.claim_level == INFERRED and not inferred) or (innovation is not None and transfer.innovation != innovation):
            return None
        return transfer.innovation if same else ""

    return thread


MEASURE = Measure(_lineages, NETWORK, 20, sizes=lambda _: {"CityLineages.generations": 4})
