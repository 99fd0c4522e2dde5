"""Where innovations, pilots and cities began, each against a computation over the Mission's tables."""

from collections import defaultdict
from functools import cache

from graph_schema.folding import folded
from server.operations.query import QueryService
from tests.operations.test_measures import asked, countries, every, rows_of


@cache
def origins() -> dict[str, str]:
    return {row["id"]: row["origin_city_id"] for row in rows_of("innovations") if row["origin_city_id"]}


@cache
def first_cities() -> dict[str, str | None]:
    pilots: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows_of("pilots"):
        for innovation in row["innovation_ids"].split(";"):
            if row["start_date"]:
                pilots[innovation].append(row)
    found: dict[str, str | None] = {}
    for row in rows_of("innovations"):
        earliest = min(pilots[row["id"]], key=lambda pilot: (pilot["start_date"], pilot["id"]), default=None)
        only = earliest["city_ids"] if earliest and ";" not in earliest["city_ids"] else None
        found[row["id"]] = row["origin_city_id"] or only or None
    return found


async def test_the_first_city_is_that_of_origin_or_the_one_city_of_the_earliest_dated_pilot(service: QueryService) -> None:
    expected = first_cities()

    found = await every(service, "innovations", "slug firstCity { slug country { code } }")

    assert {each["slug"]: each["firstCity"] and each["firstCity"]["slug"] for each in found} == expected
    assert any(city for slug, city in expected.items() if slug not in origins())
    assert None in expected.values()


async def test_innovations_are_filtered_and_ordered_by_their_first_city(service: QueryService) -> None:
    country, expected = countries(), first_cities()
    swedish = {slug: city for slug, city in expected.items() if city and country[city] == "SE"}

    data = await asked(
        service,
        """{
          swedish: innovations(
            first: 100, where: {firstCity: {country: {code: {eq: "SE"}}}}, orderBy: [{firstCity: {name: ASC}}]
          ) { nodes { slug firstCity { name slug } } }
          unknown: innovations(first: 1, where: {firstCity: {isNull: true}}) { totalCount }
        }""",
    )

    nodes = data["swedish"]["nodes"]
    assert {each["slug"]: each["firstCity"]["slug"] for each in nodes} == swedish
    assert [each["firstCity"]["name"] for each in nodes] == sorted((each["firstCity"]["name"] for each in nodes), key=folded)
    assert data["unknown"]["totalCount"] == list(expected.values()).count(None)


def only(cities: set[str]) -> str | None:
    return next(iter(cities)) if len(cities) == 1 else None


def innovations_of(pilot: dict[str, str]) -> set[str]:
    return set(filter(None, pilot["innovation_ids"].split(";")))


def first_of_several(innovations: set[str]) -> str | None:
    """The one city of origin of innovations or, where none has any, the one city of their earliest pilots."""
    began = {origins()[each] for each in innovations if each in origins()}
    return only(began or set(filter(None, (first_cities()[each] for each in innovations))))


async def test_the_first_city_of_a_pilot_is_where_what_it_tests_began(service: QueryService) -> None:
    expected = {row["id"]: first_of_several(innovations_of(row)) for row in rows_of("pilots")}

    found = await every(service, "pilots", "slug firstCity { slug }")

    assert {each["slug"]: each["firstCity"] and each["firstCity"]["slug"] for each in found} == expected
    places = {row["id"]: row["city_ids"].split(";") for row in rows_of("pilots")}
    assert any(city and city not in places[pilot] for pilot, city in expected.items())
    assert None in expected.values()


async def test_the_first_city_of_a_city_is_where_what_it_gave_to_others_began(service: QueryService) -> None:
    given: dict[str, set[str]] = defaultdict(set)
    for row in rows_of("transfers"):
        if row["innovation_id"]:
            for giver in row["source_city_ids"].split(";"):
                given[giver].add(row["innovation_id"])
    expected = {row["id"]: first_of_several(given[row["id"]]) for row in rows_of("cities")}

    found = await every(service, "cities", "slug firstCity { slug }")

    assert {each["slug"]: each["firstCity"] and each["firstCity"]["slug"] for each in found} == expected
    assert any(first and first != city for city, first in expected.items())
    assert any(first == city for city, first in expected.items())


async def test_pilots_are_filtered_by_where_it_began(service: QueryService) -> None:
    data = await asked(service, '{ pilots(first: 100, where: {firstCity: {slug: {eq: "stockholm"}}}) { nodes { slug } } }')

    tested = {row["id"] for row in rows_of("pilots") if first_of_several(innovations_of(row)) == "stockholm"}
    assert {each["slug"] for each in data["pilots"]["nodes"]} == tested
    assert len(tested) > 1


async def test_cities_are_ordered_by_where_it_began(service: QueryService) -> None:
    data = await asked(service, "{ cities(first: 100, orderBy: [{firstCity: {name: DESC}}]) { nodes { firstCity { name } } } }")

    names = [each["firstCity"] and each["firstCity"]["name"] for each in data["cities"]["nodes"]]
    known = list(filter(None, names))
    assert names[: len(known)] == known == sorted(known, key=folded, reverse=True)
    assert len(known) > 1
