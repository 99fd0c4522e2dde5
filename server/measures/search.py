"""The paths between two cities, of one length at a time and already in their order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product

from server.measures.between import Between
from server.measures.links import NO_NEIGHBOURS, Link

Trail = tuple[tuple[int, ...], tuple[int, ...]]
"""Cities and transfers of one path."""

_ANY_YEAR = -1
_LAST_YEAR = 1 << 30


class OutOfEffort(Exception):
    """The search has cost as much as it may."""


@dataclass(slots=True)
class Effort:
    """How many more cities may be stepped on."""

    left: int

    def spend(self) -> None:
        if not self.left:
            raise OutOfEffort
        self.left -= 1


@dataclass(frozen=True, slots=True)
class Ground:
    """What a question may walk on: the years of all transfers, their bits, and the bits it takes."""

    years: list[int | None]
    bits: list[int]
    taken: int


Entering = Callable[[Link, int, int, int], int | None]
"""Link, year of the last step, city it leads to, steps left there → year of this step; None where no path can go on."""


@dataclass(frozen=True, slots=True)
class Search:
    """The search for paths of one length between two cities, within one set of links.

    It is known beforehand which cities can still arrive in how many steps and, for paths that respect time, how late
    they may still be entered. So hardly a step is taken that does not end in a path: what is left are walks that come
    back to a city they have been to, and those are what `effort` bounds.
    """

    ground: Ground
    between: Between
    effort: Effort
    length: int
    _latest_years: dict[tuple[int, int], int] = field(default_factory=dict)

    def timely(self) -> Iterator[Trail]:
        """Paths with a year on every step and no year before the last one's."""
        for cities in self._walks(self._in_time):
            for transfers in self._timely_transfers(self._links_along(cities)):
                yield cities, transfers

    def untimely(self) -> Iterator[Trail]:
        """All other paths."""
        for cities in self._walks(_at_any_time):
            for transfers in product(*map(self._taken, self._links_along(cities))):
                if not self._is_timely(transfers):
                    yield cities, transfers

    def _walks(self, enter: Entering) -> Iterator[tuple[int, ...]]:
        self.between.grow(self.length)
        return self._cities((self.between.origin,), _ANY_YEAR, self.length, enter)

    def _cities(self, trail: tuple[int, ...], year: int, left: int, enter: Entering) -> Iterator[tuple[int, ...]]:
        self.effort.spend()
        for city, link in self._next(trail[-1], left - 1):
            if city in trail or (entered := enter(link, year, city, left - 1)) is None:
                continue
            longer = (*trail, city)
            if left == 1:
                yield longer
            else:
                yield from self._cities(longer, entered, left - 1, enter)

    def _next(self, city: int, left: int) -> Iterator[tuple[int, Link]]:
        """Where the city gave to and the destination is `left` steps away, by slug."""
        targets, taken = self.between.links.onward.get(city, NO_NEIGHBOURS), self.ground.taken
        layer = self.between.layer(self.length - left, left)
        if len(layer) < len(targets):
            return ((target, targets[target]) for target in sorted(layer & targets.keys()) if targets[target].bits & taken)
        return ((target, link) for target, link in targets.items() if target in layer and link.bits & taken)

    def _in_time(self, link: Link, year: int, city: int, left: int) -> int | None:
        years = [own for own in self._years(link) if own >= year]
        # Who comes early can still take every step that who comes late can.
        return min(years) if years and min(years) <= self._latest(city, left) else None

    def _latest(self, city: int, left: int) -> int:
        """The last year in which a walk from the city may begin that arrives in so many timely steps; before all years if none may."""
        if left == 0:
            return _LAST_YEAR
        known = self._latest_years.get((city, left))
        if known is None:
            known = self._latest_years[city, left] = self._latest_computed(city, left)
        return known

    def _latest_computed(self, city: int, left: int) -> int:
        latest = _ANY_YEAR
        for target, link in self._next(city, left - 1):
            bound = self._latest(target, left - 1)
            if bound > latest:
                latest = max((year for year in self._years(link) if latest < year <= bound), default=latest)
        return latest

    def _timely_transfers(self, links: list[Link]) -> Iterator[tuple[int, ...]]:
        bounds = [_LAST_YEAR]
        for link in reversed(links[1:]):
            bounds.append(max((year for year in self._years(link) if year <= bounds[-1]), default=_ANY_YEAR))
        return self._timely_choices(links, bounds[::-1], ())

    def _timely_choices(self, links: list[Link], bounds: list[int], chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(chosen) == len(links):
            yield chosen
            return
        since = self.ground.years[chosen[-1]] if chosen else _ANY_YEAR
        for transfer in self._taken(links[len(chosen)]):
            year = self.ground.years[transfer]
            if year is not None and since is not None and since <= year <= bounds[len(chosen)]:
                yield from self._timely_choices(links, bounds, (*chosen, transfer))

    def _links_along(self, cities: tuple[int, ...]) -> list[Link]:
        return [self.between.links.onward[giver][target] for giver, target in pairwise(cities)]

    def _taken(self, link: Link) -> list[int]:
        bits, taken = self.ground.bits, self.ground.taken
        return [transfer for transfer in link.transfers if bits[transfer] & taken]

    def _years(self, link: Link) -> list[int]:
        years = self.ground.years
        return [year for transfer in self._taken(link) if (year := years[transfer]) is not None]

    def _is_timely(self, transfers: tuple[int, ...]) -> bool:
        return is_timely([self.ground.years[transfer] for transfer in transfers])


def is_timely(years: list[int | None]) -> bool:
    """Whether every step has a year and no year falls."""
    dated = [year for year in years if year is not None]
    return len(dated) == len(years) and all(earlier <= later for earlier, later in pairwise(dated))


def _at_any_time(_link: Link, _year: int, _city: int, _left: int) -> int | None:
    return _ANY_YEAR
