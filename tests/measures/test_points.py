"""Cities on a map: what a box holds, and how cells count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.measures.features import CityFeatures
from server.measures.points import MOST_CELLS, MOST_POINTS, Box, city_points

WORLD = Box(-90, -180, 90, 180)


def a_city(slug: str, north: float | None, east: float | None) -> CityFeatures:
    return CityFeatures(slug, slug.title(), "SE", "Sweden", None, north, east, frozenset(), None)


def scattered(count: int, step: float = 0.01) -> list[CityFeatures]:
    """A row of cities along a parallel."""
    return [a_city(f"city-{number:05}", 50.0, -10 + number * step) for number in range(count)]


CITIES = st.lists(
    st.tuples(st.none() | st.floats(-90, 90) | st.sampled_from((-90.0, 90.0)), st.floats(-180, 180) | st.sampled_from((-180.0, 180.0)))
).map(lambda places: [a_city(f"c{number}", north, None if north is None else east) for number, (north, east) in enumerate(places)])


@given(CITIES, st.sampled_from((0.5, 1, 7, 20, 90)))
def test_every_city_with_coordinates_is_counted_in_one_cell_that_holds_it(cities: list[CityFeatures], precision: float) -> None:
    found = city_points(cities, WORLD, precision)

    assert sum(cell.count for cell in found.cells) == found.total
    assert found.total + found.missing == len(cities)
    for cell in found.cells:
        near = [
            city
            for city in cities
            if city.latitude is not None
            and city.longitude is not None
            and abs(city.latitude - cell.latitude) <= precision / 2 + 1e-5
            and abs((city.longitude - cell.longitude + 180) % 360 - 180) <= precision / 2 + 1e-5
        ]
        assert len(near) >= cell.count
        assert -90 <= cell.latitude <= 90
        assert -180 <= cell.longitude <= 180


@given(CITIES)
def test_two_boxes_that_share_the_earth_hold_every_city(cities: list[CityFeatures]) -> None:
    west, east = Box(-90, 170, 90, -10), Box(-90, -10, 90, 170)
    placed = {city.slug for city in cities if city.latitude is not None}

    assert {*city_points(cities, west).points.slugs, *city_points(cities, east).points.slugs} == placed


def test_a_box_across_the_antimeridian_holds_what_lies_on_both_sides_of_it() -> None:
    cities = [a_city("suva", -18.1, 178.4), a_city("apia", -13.8, -171.8), a_city("auckland", -36.8, 174.8), a_city("malmo", 55.6, 13.0)]

    assert city_points(cities, Box(-20, 175, -10, -170)).points.slugs == ("apia", "suva")


def test_the_antimeridian_itself_is_east_and_west() -> None:
    cities = [a_city("east", 0, 180.0), a_city("west", 0, -180.0)]

    assert city_points(cities, Box(-1, 170, 1, 180)).total == city_points(cities, Box(-1, -180, 1, -170)).total == 2
    assert [cell.count for cell in city_points(cities, None, 10).cells] == [2]


def test_up_to_two_thousand_cities_are_points_and_one_more_makes_cells() -> None:
    few, many = city_points(scattered(MOST_POINTS)), city_points(scattered(MOST_POINTS + 1))

    assert (len(few.points.slugs), few.cells, few.precision) == (MOST_POINTS, (), None)
    assert (many.points.slugs, len(many.cells), many.precision) == ((), 1001, 0.02)


def test_a_precision_that_makes_too_many_cells_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match=f"{MOST_CELLS:,} are the most: give a coarser one"):
        city_points(scattered(MOST_CELLS + 1, step=0.05), None, 0.01)


def test_cities_without_coordinates_are_missing_from_every_box() -> None:
    found = city_points([a_city("nowhere", None, None), a_city("malmo", 55.6, 13.0)], Box(0, 0, 1, 1))

    assert (found.total, found.missing) == (0, 1)


@pytest.mark.parametrize(
    "degrees", [(-91, 0, 0, 0), (0, -181, 0, 0), (0, 0, 90.1, 0), (0, 0, 0, 180.5), (float("nan"), 0, 0, 0), (2, 0, 1, 0)]
)
def test_a_box_that_is_not_on_the_map_is_refused(degrees: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="box"):
        Box(*degrees)


@pytest.mark.parametrize("precision", [0.0, -1.0, 0.0001, 91.0, float("nan")])
def test_a_precision_that_makes_no_grid_is_refused(precision: float) -> None:
    with pytest.raises(ValueError, match=r"between 0.001 and 90 degrees"):
        city_points([], None, precision)
