"""Cities on a map, against the table of cities."""

from typing import Any

import pytest

from server.operations.query import QueryService
from server.operations.request import Request
from tests.operations.test_measures import asked, rows_of

LISTS = "points { slugs names latitudes longitudes populations } totalCount missing precision cells { latitude longitude count }"


def placed() -> dict[str, tuple[float, float]]:
    return {row["id"]: (float(row["latitude"]), float(row["longitude"])) for row in rows_of("cities") if row["latitude"]}


async def test_all_cities_are_points_in_lists_of_one_length(service: QueryService) -> None:
    expected = {row["id"]: row for row in rows_of("cities") if row["latitude"]}

    data = await asked(service, f"{{ cityPoints {{ {LISTS} }} }}")

    found = data["cityPoints"]
    assert found["points"]["slugs"] == sorted(expected)
    assert list(zip(found["points"]["latitudes"], found["points"]["longitudes"], strict=True)) == [
        placed()[slug] for slug in sorted(expected)
    ]
    assert found["points"]["names"] == [expected[slug]["name"] for slug in sorted(expected)]
    assert found["points"]["populations"] == [int(expected[slug]["population"] or 0) or None for slug in sorted(expected)]
    assert (found["totalCount"], found["missing"]) == (len(expected), len(rows_of("cities")) - len(expected))
    assert (found["cells"], found["precision"]) == ([], None)


async def test_only_cities_in_the_box_that_fit_the_filter_are_shown(service: QueryService) -> None:
    swedish = {row["id"] for row in rows_of("cities") if row["country_code"] == "SE"}
    inside = {slug for slug, (north, east) in placed().items() if slug in swedish and 55 <= north <= 60 and 10 <= east <= 15}

    data = await asked(
        service,
        """query Map($box: Box, $country: String) {
          cityPoints(box: $box, where: {country: {code: {eq: $country}}}) { points { slugs } totalCount }
        }""",
        box={"south": 55, "west": 10, "north": 60, "east": 15},
        country="SE",
    )

    assert data["cityPoints"] == {"points": {"slugs": sorted(inside)}, "totalCount": len(inside)}


async def test_a_box_across_the_antimeridian_holds_both_sides_of_it(service: QueryService) -> None:
    inside = {slug for slug, (_, east) in placed().items() if east >= 100 or east <= -100}

    data = await asked(service, "{ cityPoints(box: {south: -90, west: 100, north: 90, east: -100}) { points { slugs } } }")

    assert data["cityPoints"]["points"]["slugs"] == sorted(inside) != []


async def test_cells_of_a_given_precision_count_every_city_once(service: QueryService) -> None:
    data = await asked(service, f"{{ cityPoints(precision: 5) {{ {LISTS} }} }}")

    found = data["cityPoints"]
    expected: dict[tuple[float, float], int] = {}
    for north, east in placed().values():
        middle = (north // 5 * 5 + 2.5, east // 5 * 5 + 2.5)
        expected[middle] = expected.get(middle, 0) + 1
    assert {(each["latitude"], each["longitude"]): each["count"] for each in found["cells"]} == expected
    assert found["points"]["slugs"] == []
    assert found["precision"] == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("box: {south: 60, west: 0, north: 50, east: 1}", "lies north of its north"),
        ("box: {south: -91, west: 0, north: 50, east: 1}", "between -90 and 90"),
        ("box: {south: 1, west: 0, north: 50, east: 181}", "between -180 and 180"),
        ("box: {south: 1, west: 0, north: 50}", "Box.east"),
        ("precision: 0", "between 0.001 and 90"),
        ("precision: -1", "between 0.001 and 90"),
        ("precision: 91", "between 0.001 and 90"),
    ],
)
async def test_a_box_or_a_precision_that_cannot_be_is_refused_with_what_is_allowed(
    service: QueryService, arguments: str, said: str
) -> None:
    answer: Any = await service.query(Request(f"{{ cityPoints({arguments}) {{ totalCount }} }}"))

    assert said in answer.errors[0]["message"]
