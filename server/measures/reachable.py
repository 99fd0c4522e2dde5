"""Which cities something could get to from a city, each in the fewest transfers."""

from collections.abc import Iterable
from dataclasses import dataclass

from server.measures.ledger import Ledger
from server.measures.links import Arrows


@dataclass(frozen=True, slots=True)
class Reachable:
    """A city and the fewest transfers in which something gets there."""

    city: str
    transfers: int


@dataclass(frozen=True, slots=True)
class ReachableCities:
    """Those that are shown, and how many there are."""

    nodes: tuple[Reachable, ...]
    total_count: int

    @property
    def truncated(self) -> bool:
        """Whether there are more than are shown."""
        return self.total_count > len(self.nodes)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far is looked, within which innovation (None: within any one), and over transfers of which bits."""

    most: int
    innovation: str | None
    taken: int


def reachable(ledger: Ledger, origin: str, reach: Reach) -> tuple[Reachable, ...]:
    """Every city that is reached within some one innovation, fewest transfers first, then by slug; never the origin itself."""
    if origin not in ledger.numbers:
        return ()
    start, fewest = ledger.numbers[origin], dict[int, int]()
    for innovation in ledger.innovations_given(start) if reach.innovation is None else (reach.innovation,):
        transfers = [arrows for arrows in ledger.transfers_of(innovation) if arrows.bit & reach.taken]
        for city, steps in _spread(transfers, start, reach.most):
            fewest[city] = min(steps, fewest.get(city, steps))
    return tuple(Reachable(ledger.cities[city], steps) for steps, city in sorted((steps, city) for city, steps in fewest.items()))


def _spread(transfers: list[Arrows], start: int, most: int) -> Iterable[tuple[int, int]]:
    """Every city the transfers reach from the start, with the fewest steps."""
    steps = {start: 0}
    for count in range(1, most + 1):
        reached = {arrows.target for arrows in transfers if not steps.keys().isdisjoint(arrows.givers)} - steps.keys()
        if not reached:
            break
        steps.update(dict.fromkeys(reached, count))
    del steps[start]
    return steps.items()
