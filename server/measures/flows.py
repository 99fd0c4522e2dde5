"""The transfers of a network summed up: year by year, and from one group of cities to another."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from server.measures.network import Transfer, counts, joint


@dataclass(frozen=True, slots=True)
class Year:
    """The transfers of one year, or of none known; of these how many count as a replication."""

    year: int | None
    transfers: int
    counting: int
    giving_cities: int
    receiving_cities: int
    joint: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The transfers from one group to another; of these how many count as a replication."""

    giving: str
    receiving: str
    transfers: int
    counting: int


@dataclass(frozen=True, slots=True)
class Flows:
    """All flows, the largest first, and how many transfers stand in none because a whole end of them is of no known group."""

    rows: tuple[Flow, ...]
    ungrouped: int


def by_year(transfers: Iterable[Transfer]) -> tuple[Year, ...]:
    """The years that have transfers, in order; those without a year stand last, apart."""
    years: defaultdict[int | None, list[Transfer]] = defaultdict(list)
    for transfer in transfers:
        years[transfer.year].append(transfer)
    return tuple(_year(year, years[year]) for year in sorted(years, key=lambda year: (year is None, year or 0)))


def flows(transfers: Iterable[Transfer], group_of: Mapping[str, str]) -> Flows:
    """From group to group, where a city is of one group at the most, as it is of one country."""
    return flows_among(transfers, {city: (group,) for city, group in group_of.items()})


def flows_among(transfers: Iterable[Transfer], groups_of: Mapping[str, Collection[str]]) -> Flows:
    """From group to group, where a city may be of several groups, as it is of several networks.

    A transfer counts once for each pair of a giving and a receiving group, however many of its givers are of that group; so the
    flows can add up to more than the transfers.
    """

    def pairs(transfer: Transfer) -> set[tuple[str, str]]:
        giving = {group for giver in transfer.givers for group in groups_of.get(giver, ())}
        return set(product(giving, groups_of.get(transfer.target, ())))

    return _summed_up(transfers, pairs)


def flows_within(transfers: Iterable[Transfer], groups_of: Mapping[str, Collection[str]]) -> Flows:
    """Within each group of innovations, as those of a field of action: a transfer stays in the groups of what it carries."""
    return _summed_up(transfers, lambda transfer: {(group, group) for group in groups_of.get(transfer.innovation or "", ())})


def _summed_up(transfers: Iterable[Transfer], pairs_of: Callable[[Transfer], set[tuple[str, str]]]) -> Flows:
    total: Counter[tuple[str, str]] = Counter()
    counting: Counter[tuple[str, str]] = Counter()
    ungrouped = 0
    for transfer in transfers:
        pairs = pairs_of(transfer)
        ungrouped += not pairs
        total.update(pairs)
        if counts(transfer):
            counting.update(pairs)
    rows = (Flow(*pair, transfers=size, counting=counting[pair]) for pair, size in total.items())
    return Flows(tuple(sorted(rows, key=lambda flow: (-flow.transfers, flow.giving, flow.receiving))), ungrouped)


def _year(year: int | None, transfers: Collection[Transfer]) -> Year:
    return Year(
        year=year,
        transfers=len(transfers),
        counting=sum(map(counts, transfers)),
        giving_cities=len({giver for transfer in transfers for giver in transfer.givers}),
        receiving_cities=len({transfer.target for transfer in transfers}),
        joint=sum(map(joint, transfers)),
    )
