"""What a city that has not taken an innovation up yet is exposed to, year by year."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Resident:
    """A city that may take something up."""

    slug: str
    country: str
    mission_status: str | None
    latitude: float | None
    longitude: float | None
    population: int | None
    networks: frozenset[str]


class Grounds:
    """All cities, by number, with what connects them."""

    def __init__(self, residents: Sequence[Resident]) -> None:
        self.residents = residents
        self.numbers = {each.slug: number for number, each in enumerate(residents)}
        self._latitudes = np.radians([np.nan if each.latitude is None else each.latitude for each in residents])
        self._longitudes = np.radians([np.nan if each.longitude is None else each.longitude for each in residents])
        self._members: Mapping[str, list[int]] = _members(residents)

    def distances(self, number: int) -> Numbers:
        """Great-circle kilometres from one city to every city; nan where a place is unknown."""
        north = np.sin((self._latitudes - self._latitudes[number]) / 2) ** 2
        east = np.sin((self._longitudes - self._longitudes[number]) / 2) ** 2
        chord = north + np.cos(self._latitudes) * np.cos(self._latitudes[number]) * east
        return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1))))

    def fellows(self, number: int) -> set[int]:
        """Cities that share a network with this one, itself left out."""
        return {other for network in self.residents[number].networks for other in self._members[network]} - {number}


@dataclass(frozen=True, slots=True)
class Exposure:
    """At the start of a year: how many have it, how many of them in each country, how many share a network with each city,
    and how far each city is from the nearest of them."""

    holders: int
    by_country: Mapping[str, int]
    in_networks: NDArray[np.int64]
    nearest_km: Numbers


def exposures(grounds: Grounds, since: Mapping[int, int], first: int, last: int) -> dict[int, Exposure]:
    """The exposure at the start of every year, given since when each holder (by number) has it."""
    arriving: defaultdict[int, list[int]] = defaultdict(list)
    for number, year in since.items():
        arriving[max(year, first - 1)].append(number)
    size = len(grounds.residents)
    by_country: Counter[str] = Counter()
    now = Exposure(0, {}, np.zeros(size, np.int64), np.full(size, np.nan))
    found = {}
    for year in range(first, last + 1):
        if arriving[year - 1]:
            now = _after(grounds, now, by_country, arriving[year - 1])
        found[year] = now
    return found


def _after(grounds: Grounds, before: Exposure, by_country: Counter[str], arrived: list[int]) -> Exposure:
    in_networks, nearest = before.in_networks.copy(), before.nearest_km
    for number in arrived:
        by_country[grounds.residents[number].country] += 1
        in_networks[list(grounds.fellows(number))] += 1
        # A nan gives way to any distance.
        nearest = np.fmin(nearest, grounds.distances(number))
    return Exposure(before.holders + len(arrived), dict(by_country), in_networks, nearest)


def _members(residents: Sequence[Resident]) -> Mapping[str, list[int]]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(residents):
        for network in each.networks:
            members[network].append(number)
    return members
