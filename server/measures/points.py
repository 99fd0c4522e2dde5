"""Cities on a map: each as a point, or, where there are too many, counted in the cells of a grid."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from server.measures.features import CityFeatures

MOST_POINTS = 2_000
MOST_CELLS = 2_000
FINEST, COARSEST = 0.001, 90.0

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the map, in degrees; with its west east of its east it lies across the antimeridian."""

    south: float
    west: float
    north: float
    east: float

    def __post_init__(self) -> None:
        for name, most in (("south", 90), ("west", 180), ("north", 90), ("east", 180)):
            # Not a number is within nothing.
            if not abs(getattr(self, name)) <= most:
                raise ValueError(f"`{name}` of the box is {getattr(self, name)}, and lies between -{most} and {most} degrees.")
        if self.south > self.north:
            raise ValueError(f"The south of the box, {self.south}, lies north of its north, {self.north}.")

    def holds(self, place: Place) -> bool:
        """Whether a place lies in it or on its edge."""
        latitude, longitude = place
        if not self.south <= latitude <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= longitude <= self.east or (abs(longitude) == 180 and 180 in (-self.west, self.east))
        return longitude >= self.west or longitude <= self.east


@dataclass(frozen=True, slots=True)
class Points:
    """Cities in lists of the same length: what stands at one place of each is of one city."""

    slugs: tuple[str, ...]
    names: tuple[str, ...]
    latitudes: tuple[float, ...]
    longitudes: tuple[float, ...]
    populations: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The middle of a cell, and how many cities lie in it."""

    latitude: float
    longitude: float
    count: int


@dataclass(frozen=True, slots=True)
class CityPoints:
    """Points, or cells of `precision` degrees in their place; `missing` counts the cities without coordinates."""

    points: Points
    cells: tuple[Cell, ...]
    precision: float | None
    total: int
    missing: int


def city_points(cities: Iterable[CityFeatures], box: Box | None = None, precision: float | None = None) -> CityPoints:
    """The cities in the box as points, by slug; as cells where there are more than 2,000 or where a precision is given.

    Without one, the cells are the smallest of a 1-2-5 series of which no more than 2,000 have cities in them.
    """
    if precision is not None and not FINEST <= precision <= COARSEST:
        raise ValueError(f"The precision is {precision}, and lies between {FINEST} and {COARSEST:.0f} degrees.")
    placed: list[tuple[str, CityFeatures, Place]] = []
    missing = 0
    for city in cities:
        if city.latitude is None or city.longitude is None:
            missing += 1
        elif box is None or box.holds((city.latitude, city.longitude)):
            placed.append((city.slug, city, (city.latitude, city.longitude)))
    placed.sort(key=lambda each: each[0])
    if precision is None and len(placed) <= MOST_POINTS:
        return CityPoints(_points([city for _, city, _ in placed]), (), None, len(placed), missing)
    size, cells = _cells([place for _, _, place in placed], precision)
    return CityPoints(_points([]), cells, size, len(placed), missing)


def _points(cities: Sequence[CityFeatures]) -> Points:
    return Points(
        tuple(city.slug for city in cities),
        tuple(city.name for city in cities),
        tuple(city.latitude for city in cities if city.latitude is not None),
        tuple(city.longitude for city in cities if city.longitude is not None),
        tuple(city.population for city in cities),
    )


def _cells(places: Sequence[Place], precision: float | None) -> tuple[float, tuple[Cell, ...]]:
    sizes = (precision,) if precision is not None else _SIZES
    for size in sizes:
        counts = Counter((_step(latitude, 90, size), _step(longitude, 180, size)) for latitude, longitude in places)
        if len(counts) <= MOST_CELLS:
            return size, tuple(
                Cell(_middle(row, 90, size), _middle(column, 180, size), counts[row, column]) for row, column in sorted(counts)
            )
    raise ValueError(
        f"With a precision of {precision} degrees there are {len(counts):,} cells, and {MOST_CELLS:,} are the most: "
        "give a coarser one, or a smaller box, or leave the precision out."
    )


def _step(degrees: float, edge: int, size: float) -> int:
    """Which cell, counted from the south or the west. The pole belongs to the last one, 180° east to the first: it is 180° west."""
    if degrees >= edge:
        return 0 if edge == 180 else math.ceil(2 * edge / size) - 1
    return math.floor((degrees + edge) / size)


def _middle(step: int, edge: int, size: float) -> float:
    low, high = step * size - edge, min((step + 1) * size - edge, edge)
    return round((low + high) / 2, 6)


_SIZES = tuple(chain.from_iterable((0.01 * 10**power, 0.02 * 10**power, 0.05 * 10**power) for power in range(4)))
