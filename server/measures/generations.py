"""Where a lineage starts, and how many transfers away from there each of its cities is."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping

from server.measures.network import Transfer

Takers = Mapping[str, Collection[str]]


def takers_of(transfers: Iterable[Transfer]) -> Takers:
    """For each city that gave, the cities that received from it."""
    takers: defaultdict[str, set[str]] = defaultdict(set)
    for transfer in transfers:
        for giver in transfer.givers:
            takers[giver].add(transfer.target)
    return takers


def roots_of(transfers: Collection[Transfer]) -> tuple[str, ...]:
    """The cities at which each weakly connected component starts, by slug.

    These are the cities that give and never receive. A component without any starts at all givers of its earliest year;
    one without a year at the giver with the first slug.
    """
    return tuple(sorted(root for component in _components(transfers) for root in _component_roots(component)))


def generations_of(transfers: Collection[Transfer], roots: Iterable[str]) -> dict[str, int]:
    """The fewest transfers from any root, for each city.

    Cities that feed a lineage out of a circle of their own are reached from no root. They start at 0 as well, the givers of the
    earliest transfer first, so that each step has its generation; they do not become roots by that.
    """
    takers = takers_of(transfers)
    generations: dict[str, int] = {}
    _spread(takers, roots, generations)
    if any(transfer.target not in generations for transfer in transfers):
        for transfer in sorted(transfers, key=in_time):
            if transfer.target not in generations:
                _spread(takers, transfer.givers, generations)
    return generations


def in_time(transfer: Transfer) -> tuple[bool, int, str]:
    """Order of time: the earliest first, undated ones last, then by slug."""
    return (transfer.year is None, transfer.year or 0, transfer.slug)


def _spread(takers: Takers, starts: Iterable[str], generations: dict[str, int]) -> None:
    """Go on from the starts to whatever has no generation yet."""
    queue = deque(start for start in starts if start not in generations)
    generations.update(dict.fromkeys(queue, 0))
    while queue:
        giver = queue.popleft()
        for taker in takers.get(giver, ()):
            if taker not in generations:
                generations[taker] = generations[giver] + 1
                queue.append(taker)


def _component_roots(transfers: Collection[Transfer]) -> set[str]:
    givers = {giver for transfer in transfers for giver in transfer.givers}
    years = [transfer.year for transfer in transfers if transfer.year is not None]
    if starting := givers - {transfer.target for transfer in transfers}:
        return starting
    if years:
        return {giver for transfer in transfers if transfer.year == min(years) for giver in transfer.givers}
    return {min(givers)}


def _components(transfers: Collection[Transfer]) -> Iterator[list[Transfer]]:
    """The transfers of each weakly connected component."""
    parents: dict[str, str] = {}
    for transfer in transfers:
        for giver in transfer.givers:
            parents[_top(parents, giver)] = _top(parents, transfer.target)
    components: defaultdict[str, list[Transfer]] = defaultdict(list)
    for transfer in transfers:
        components[_top(parents, transfer.target)].append(transfer)
    yield from components.values()


def _top(parents: dict[str, str], city: str) -> str:
    """The city that stands for the component; on the way, each second step is made shorter for the next who asks."""
    parents.setdefault(city, city)
    while parents[city] != city:
        parents[city] = parents[parents[city]]
        city = parents[city]
    return city
