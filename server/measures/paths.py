"""Replication paths: how something could get from one city to another, transfer by transfer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from server.measures.between import Between
from server.measures.ledger import Ledger
from server.measures.links import Links
from server.measures.network import INFERRED, Transfer, counts, joint
from server.measures.reachable import Reach, Reachable, reachable
from server.measures.search import Effort, Ground, OutOfEffort, Search, Trail, is_timely

LONGEST = 6
MOST_PATHS = 100
EFFORT = 100_000
"""Cities that one question may step on. Up to four steps among 100,000 transfers were seen to need about a thousand."""

_NOT_CARRIED_ON = ("FAILED", "ABANDONED")


@dataclass(frozen=True, slots=True)
class PathOptions:
    """Which paths are asked for; `kinds` None takes every kind, `innovation` None every innovation."""

    max_transfers: int = 4
    innovation: str | None = None
    kinds: frozenset[str] | None = None
    same_innovation: bool = True
    counted_only: bool = False
    time_respecting: bool = False
    include_inferred: bool = False
    include_failed: bool = False
    first: int = 10

    def __post_init__(self) -> None:
        if not 1 <= self.max_transfers <= LONGEST:
            raise ValueError(f"A path has 1 to {LONGEST} transfers, not {self.max_transfers}.")
        if not 1 <= self.first <= MOST_PATHS:
            raise ValueError(f"1 to {MOST_PATHS} paths can be asked for, not {self.first}.")

    def takes(self, transfer: Transfer) -> bool:
        """Whether the transfer may be a step, which innovation it is of left aside."""
        return (
            (self.kinds is None or transfer.kind in self.kinds)
            and (not self.same_innovation or transfer.innovation is not None)
            and (not self.counted_only or counts(transfer))
            and (self.include_inferred or transfer.claim_level != INFERRED)
            and (self.include_failed or (transfer.outcome not in _NOT_CARRIED_ON and transfer.degree != "REJECTION"))
        )


@dataclass(frozen=True, slots=True)
class Path:
    """One path: its cities from end to end, and the transfer of each step."""

    cities: tuple[str, ...]
    transfers: tuple[str, ...]
    time_respecting: bool
    joint_steps: int
    undated_steps: int

    @property
    def length(self) -> int:
        """How many transfers."""
        return len(self.transfers)


@dataclass(frozen=True, slots=True)
class FoundPaths:
    """The first paths in their order: shorter ones, then time-respecting ones, then by city slugs, then by transfer slugs.

    `truncated` says that there are more, or that the search ended before all ground was covered; what is given is the
    beginning of the order either way. `undated_steps` are the steps of these paths whose transfer has no year.
    """

    paths: tuple[Path, ...]
    truncated: bool
    undated_steps: int


class PathFinder:
    """Finds paths; built once for a set of transfers, and then only read."""

    def __init__(self, transfers: Iterable[Transfer], effort: int = EFFORT) -> None:
        self._ledger = Ledger(transfers)
        self._effort = effort

    def find(self, origin: str, destination: str, options: PathOptions) -> FoundPaths:
        """The paths from one city to another; cities that no transfer names have none."""
        if origin == destination:
            raise ValueError(f"A path leads from one city to another, and both ends are {origin!r}.")
        paths: list[Path] = []
        try:
            for trail in islice(self._trails(origin, destination, options), options.first + 1):
                paths.append(self._path(trail))  # noqa: PERF401 - what was found before the effort ran out stays
            truncated = len(paths) > options.first
        except OutOfEffort:
            truncated = True
        shown = tuple(paths[: options.first])
        return FoundPaths(shown, truncated, sum(path.undated_steps for path in shown))

    def reachable(
        self, origin: str, max_transfers: int, innovation: str | None = None, *, include_inferred: bool = False
    ) -> tuple[Reachable, ...]:
        """Cities that could have it from here: the ends of the paths that `find` gives, fewest transfers first, then by slug.

        So without an innovation each city is reached within some one innovation, and never the origin itself.
        """
        options = PathOptions(max_transfers, innovation, include_inferred=include_inferred)
        return reachable(self._ledger, origin, Reach(max_transfers, innovation, self._ledger.taken(options.takes)))

    def _trails(self, origin: str, destination: str, options: PathOptions) -> Iterator[Trail]:
        numbers = self._ledger.numbers
        if origin not in numbers or destination not in numbers:
            return
        ends = numbers[origin], numbers[destination]
        ground, effort = Ground(self._ledger.years, self._ledger.bits, self._ledger.taken(options.takes)), Effort(self._effort)
        between: list[Between] = []
        for length in range(1, options.max_transfers + 1):
            # One step is within one innovation anyway: many innovations are laid out only when longer paths are looked for.
            if length <= 2:
                between = [Between(links, ground.taken, *ends) for links in self._where(options, *ends, length)]
            searches = [Search(ground, layers, effort, length) for layers in between]
            # Each path lies in one of them, so what they find need only be put in order.
            yield from merge(*(search.timely() for search in searches))
            if not options.time_respecting:
                yield from merge(*(search.untimely() for search in searches))

    def _where(self, options: PathOptions, start: int, end: int, length: int) -> list[Links]:
        """Links of which each path of that length uses those of one member only."""
        if options.innovation is not None:
            return [self._ledger.links_of(options.innovation)]
        if not options.same_innovation or length == 1:
            return [self._ledger.links]
        return [self._ledger.links_of(innovation) for innovation in self._ledger.innovations_between(start, end)]

    def _path(self, trail: Trail) -> Path:
        cities, numbers = trail
        steps = [self._ledger.transfers[number] for number in numbers]
        years = [step.year for step in steps]
        return Path(
            tuple(self._ledger.cities[city] for city in cities),
            tuple(step.slug for step in steps),
            is_timely(years),
            sum(map(joint, steps)),
            years.count(None),
        )
