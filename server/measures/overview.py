"""The whole network of transfers in figures: how many, how mutual, how unequal, and through whom."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from server.measures.brokers import Broker, brokers_of, credit_of
from server.measures.network import Transfer, joint


@dataclass(frozen=True)
class NetworkOverview:
    """The figures of a network; None where there is nothing to compute them from. Brokers are found when first asked for."""

    transfers: int
    giving_cities: int
    receiving_cities: int
    reciprocity: float | None
    source_gini: float | None
    missing_years: int
    joint: int
    of: tuple[Transfer, ...] = field(repr=False, compare=False)
    _divided: dict[frozenset[str], "AgainstTheRest"] = field(default_factory=dict, repr=False, compare=False)

    def divided(self, members: frozenset[str]) -> "AgainstTheRest":
        """What members gave or received, and everything else; kept once worked out."""
        if members not in self._divided:
            self._divided[members] = against_the_rest(self.of, members)
        return self._divided[members]

    @cached_property
    def brokers(self) -> tuple[Broker, ...]:
        """Cities through which others are reached, by betweenness, zeros left out."""
        return brokers_of(self.of)


@dataclass(frozen=True, slots=True)
class AgainstTheRest:
    """Two networks that together are the whole: transfers that a member gave or received, and the others."""

    members: NetworkOverview
    rest: NetworkOverview


@dataclass(frozen=True, slots=True)
class SmallCityShare:
    """How much of the credit for giving small cities have; the givers of unknown population are outside the share."""

    share: float | None
    small_cities: int
    known_cities: int
    unknown_cities: int


def overview(transfers: Collection[Transfer]) -> NetworkOverview:
    """The figures of the network that these transfers make."""
    givers = {giver for transfer in transfers for giver in transfer.givers}
    receivers = {transfer.target for transfer in transfers}
    credit = credit_of(transfers)
    return NetworkOverview(
        transfers=len(transfers),
        giving_cities=len(givers),
        receiving_cities=len(receivers),
        reciprocity=reciprocity(transfers),
        source_gini=gini([credit.get(city, 0.0) for city in givers | receivers]),
        missing_years=sum(transfer.year is None for transfer in transfers),
        joint=sum(map(joint, transfers)),
        of=tuple(transfers),
    )


def against_the_rest(transfers: Iterable[Transfer], members: Collection[str]) -> AgainstTheRest:
    """The overview of what members gave or received, and the one of everything else."""
    known = frozenset(members)
    touching: list[Transfer] = []
    others: list[Transfer] = []
    for transfer in transfers:
        is_theirs = transfer.target in known or not known.isdisjoint(transfer.givers)
        (touching if is_theirs else others).append(transfer)
    return AgainstTheRest(overview(touching), overview(others))


def reciprocity(transfers: Iterable[Transfer]) -> float | None:
    """Of the pairs of cities with a transfer, the share with transfers both ways; None where there is no pair."""
    ties = {(giver, transfer.target) for transfer in transfers for giver in transfer.givers if giver != transfer.target}
    mutual = sum((taker, giver) in ties for giver, taker in ties) // 2
    pairs = len(ties) - mutual
    return mutual / pairs if pairs else None


def gini(amounts: Collection[float]) -> float | None:
    """How unequal amounts are, 0 where all are equal: their mean difference by twice their mean, after Gini; None without any.

    The mean is over all n² pairs, each amount with itself too.
    """
    total = math.fsum(amounts)
    if not total:
        return None
    # In rising order the one at place i is the larger in i pairs and the smaller in the n - 1 - i others.
    size = len(amounts)
    differences = math.fsum((2 * place - size + 1) * amount for place, amount in enumerate(sorted(amounts)))
    return differences / (size * total)


def small_city_share(transfers: Collection[Transfer], population: Mapping[str, int | None], below: int = 250_000) -> SmallCityShare:
    """The share of the credit for giving that cities below a population have, among giving cities of known population.

    Credit is 1/n for each of n givers of a transfer. The share is None where no giver's population is known. Beside it: how many
    giving cities are small, how many have a known population, and how many have not and are therefore left out.
    """
    credit = credit_of(transfers)
    inhabitants = {city: found for city in credit if (found := population.get(city)) is not None}
    small = {city for city, found in inhabitants.items() if found < below}
    whole = math.fsum(credit[city] for city in inhabitants)
    share = math.fsum(credit[city] for city in small) / whole if whole else None
    return SmallCityShare(share, len(small), len(inhabitants), len(credit) - len(inhabitants))
