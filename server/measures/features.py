"""What two cities are compared by, feature by feature: how far apart they are, and each value in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, log, radians, sin, sqrt
from operator import attrgetter

EARTH_RADIUS_KM = 6371.0088
FAR_KM = 5000
"""From here on, farther away makes no difference."""


@dataclass(frozen=True, slots=True)
class CityFeatures:
    """What cities are compared by; None, and no networks, where nothing is known."""

    slug: str
    name: str
    country: str
    country_name: str
    population: int | None
    latitude: float | None
    longitude: float | None
    networks: frozenset[str]
    target_year: int | None
    # Each city is compared with all others: what that needs of it is found once.
    log_population: float | None = field(init=False)
    """None where nobody lives as well: a logarithm needs somebody."""
    north: float | None = field(init=False)
    """The latitude in radians."""
    parallel: float | None = field(init=False)
    """How long its circle of latitude is, the equator being 1."""

    def __post_init__(self) -> None:
        north = None if self.latitude is None else radians(self.latitude)
        object.__setattr__(self, "log_population", log(self.population) if self.population else None)
        object.__setattr__(self, "north", north)
        object.__setattr__(self, "parallel", None if north is None else cos(north))


Difference = Callable[[CityFeatures], float | None]
"""What another city differs by from one that is known already: each city is compared with all others."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How far apart all visible cities lie, by which the difference of two is measured; and the names of networks."""

    log_population: float
    target_year: float
    network_names: Mapping[str, str]


def scale_of(cities: Iterable[CityFeatures], network_names: Mapping[str, str]) -> Scale:
    known = list(cities)
    return Scale(
        _range([city.log_population for city in known if city.log_population is not None]),
        _range([city.target_year for city in known if city.target_year is not None]),
        network_names,
    )


def chosen_features(features: Sequence[str]) -> tuple[str, ...]:
    """The features without repetitions; refuses none at all and unknown ones."""
    unknown = [feature for feature in features if feature not in FEATURES]
    if unknown or not features:
        asked = f"not by {unknown[0]}" if unknown else "and at least one of them is needed"
        raise ValueError(f"Cities are compared by {', '.join(FEATURES)}, {asked}.")
    return tuple(dict.fromkeys(features))


def difference_from(mine: CityFeatures, feature: str, scale: Scale) -> Difference:
    """How far other cities are from this one: from 0, alike, to 1, as different as can be; None where one of the two is unknown."""
    return _DIFFERENCES[feature](scale, mine)


def in_words(feature: str, scale: Scale, city: CityFeatures) -> str | None:
    return _WORDS[feature](scale, city)


def distance_km(mine: CityFeatures, theirs: CityFeatures) -> float | None:
    """Great-circle distance on a sphere, by haversines, which hold for short distances too."""
    return _kilometres(mine)(theirs)


def _kilometres(mine: CityFeatures) -> Difference:
    north, parallel, east = mine.north, mine.parallel, mine.longitude
    if north is None or parallel is None or east is None:
        return _unknown

    def kilometres(theirs: CityFeatures) -> float | None:
        if theirs.north is None or theirs.parallel is None or theirs.longitude is None:
            return None
        up, along = sin((theirs.north - north) / 2), sin(radians(theirs.longitude - east) / 2)
        return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(up * up + parallel * theirs.parallel * along * along)))

    return kilometres


def _unknown(_theirs: CityFeatures) -> None:
    return None


def _population(scale: Scale, mine: CityFeatures) -> Difference:
    return _number(attrgetter("log_population"), mine, scale.log_population)


def _distance(_scale: Scale, mine: CityFeatures) -> Difference:
    kilometres = _kilometres(mine)
    return lambda theirs: None if (km := kilometres(theirs)) is None else min(km, FAR_KM) / FAR_KM


def _country(_scale: Scale, mine: CityFeatures) -> Difference:
    own = mine.country
    return lambda theirs: float(own != theirs.country)


def _networks(_scale: Scale, mine: CityFeatures) -> Difference:
    own = mine.networks
    if not own:
        return _unknown

    def apart(theirs: CityFeatures) -> float | None:
        if not theirs.networks:
            return None
        shared = len(own & theirs.networks)
        return 1 - shared / (len(own) + len(theirs.networks) - shared)

    return apart


def _target_year(scale: Scale, mine: CityFeatures) -> Difference:
    return _number(attrgetter("target_year"), mine, scale.target_year)


def _number(of: Callable[[CityFeatures], float | None], mine: CityFeatures, span: float) -> Difference:
    own = of(mine)
    if own is None:
        return _unknown
    return lambda theirs: None if (other := of(theirs)) is None else _share(own - other, span)


def _inhabitants(_scale: Scale, city: CityFeatures) -> str | None:
    return f"{city.population:,} inhabitants" if city.population else None


def _place(_scale: Scale, city: CityFeatures) -> str | None:
    if city.latitude is None or city.longitude is None:
        return None
    north, east = "N" if city.latitude >= 0 else "S", "E" if city.longitude >= 0 else "W"
    return f"{abs(city.latitude):.2f}° {north}, {abs(city.longitude):.2f}° {east}"


def _country_name(_scale: Scale, city: CityFeatures) -> str | None:
    return city.country_name


def _memberships(scale: Scale, city: CityFeatures) -> str | None:
    names = (scale.network_names.get(slug, slug) for slug in sorted(city.networks))
    return ", ".join(sorted(names, key=str.casefold)) or None


def _year(_scale: Scale, city: CityFeatures) -> str | None:
    return None if city.target_year is None else str(city.target_year)


def _range(values: Sequence[float]) -> float:
    return max(values) - min(values) if values else 0.0


def _share(apart: float, span: float) -> float:
    return abs(apart) / span if span else 0.0


_DIFFERENCES: dict[str, Callable[[Scale, CityFeatures], Difference]] = {
    "POPULATION": _population,
    "DISTANCE": _distance,
    "COUNTRY": _country,
    "NETWORKS": _networks,
    "TARGET_YEAR": _target_year,
}
_WORDS: dict[str, Callable[[Scale, CityFeatures], str | None]] = {
    "POPULATION": _inhabitants,
    "DISTANCE": _place,
    "COUNTRY": _country_name,
    "NETWORKS": _memberships,
    "TARGET_YEAR": _year,
}
FEATURES = tuple(_DIFFERENCES)
