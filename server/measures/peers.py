"""Cities like a given one, and what makes them so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import fsum
from typing import NamedTuple

from server.measures.features import FEATURES, CityFeatures, Difference, chosen_features, difference_from, distance_km, in_words, scale_of


@dataclass(frozen=True, slots=True)
class DistancePart:
    """One feature: how far apart the two are (0 to 1, None where one is unknown), and both values in words."""

    feature: str
    distance: float | None
    mine: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class SimilarCity:
    """A city, its distance, and the parts of which that is the mean."""

    slug: str
    distance: float
    parts: tuple[DistancePart, ...]
    missing: tuple[str, ...]
    shared_networks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarCities:
    """The nearest cities; `left_out` counts those of which too little is known to say how near they are."""

    nodes: tuple[SimilarCity, ...]
    left_out: int


class Nearness(NamedTuple):
    """The context distance of two cities, and how many features it rests on."""

    distance: float
    known: int


class Peers:
    """Compares cities, measured by how far all visible cities lie apart."""

    def __init__(self, cities: Iterable[CityFeatures], network_names: Mapping[str, str] | None = None) -> None:
        self.cities = {city.slug: city for city in cities}
        self._scale = scale_of(self.cities.values(), network_names or {})

    def network_name(self, slug: str) -> str:
        return self._scale.network_names.get(slug, slug)

    def similar(self, city: str, features: Sequence[str], candidates: Iterable[str], first: int) -> SimilarCities:
        """The candidates nearest to the city: by distance, then fewer missing features, then slug.

        A candidate of which less than half of the chosen features (rounded up) can be compared is left out and counted.
        The city itself is no candidate.
        """
        chosen = chosen_features(features)
        others = set(candidates) - {city}
        near = self.nearness(city, others, chosen)
        nearest = nsmallest(first, ((nearness.distance, -nearness.known, slug) for slug, nearness in near.items()))
        return SimilarCities(tuple(self._explained(city, slug, distance, chosen) for distance, _, slug in nearest), len(others) - len(near))

    def nearness(self, city: str, others: Iterable[str], features: Sequence[str] = FEATURES) -> dict[str, Nearness]:
        """How near the others are to the city, without those of which less than half of the features can be compared."""
        compared = [self.cities[other] for other in others]
        apart = zip(*(map(difference, compared) for difference in self._differences(city, features)), strict=True)
        near = {}
        for other, values in zip(compared, apart, strict=True):
            known = len(features) - values.count(None)
            if 2 * known >= len(features):
                # What is unknown is left out; so is what is alike, which adds nothing.
                near[other.slug] = Nearness(fsum(filter(None, values)) / known, known)
        return near

    def _differences(self, city: str, features: Sequence[str]) -> list[Difference]:
        return [difference_from(self.cities[city], feature, self._scale) for feature in features]

    def _explained(self, city: str, other: str, distance: float, features: Sequence[str]) -> SimilarCity:
        mine, theirs = self.cities[city], self.cities[other]
        apart = [difference(theirs) for difference in self._differences(city, features)]
        parts = tuple(self._part(feature, value, mine, theirs) for feature, value in zip(features, apart, strict=True))
        missing = tuple(part.feature for part in parts if part.distance is None)
        return SimilarCity(other, distance, parts, missing, tuple(sorted(mine.networks & theirs.networks)))

    def _part(self, feature: str, apart: float | None, mine: CityFeatures, theirs: CityFeatures) -> DistancePart:
        their_words = in_words(feature, self._scale, theirs)
        km = distance_km(mine, theirs) if feature == "DISTANCE" else None
        words = their_words if km is None else f"{km:,.0f} km away, at {their_words}"
        return DistancePart(feature, apart, in_words(feature, self._scale, mine), words)
