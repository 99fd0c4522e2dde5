"""Knowledge gaps and the pages of what they name, against a computation over the tables."""

from collections import Counter
from typing import Any

import pytest

from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request
from tests.operations.test_measures import asked, counted, rows_of

Row = dict[str, str]


def listed(row: Row, name: str) -> list[str]:
    return list(filter(None, row[name].split(";")))


def cities_of(country: str) -> set[str]:
    return {row["id"] for row in rows_of("cities") if row["country_code"] == country}


def silent_cities(among: set[str] | None = None) -> list[str]:
    giving = {giver for row in rows_of("transfers") for giver in row["source_city_ids"].split(";")}
    piloting = {city for row in rows_of("pilots") for city in listed(row, "city_ids")}
    return sorted(city for city in piloting - giving if among is None or city in among)


def unmeasured() -> list[str]:
    tested = {row["id"]: listed(row, "innovation_ids") for row in rows_of("pilots")}
    figures = [row for row in rows_of("observations") if row["kind"] in ("OBSERVED", "ESTIMATED")]
    measured = {row["innovation_id"] for row in figures} | {each for row in figures for each in tested.get(row["pilot_id"], ())}
    carried = Counter(row["innovation_id"] for row in rows_of("transfers") if row["innovation_id"] and counted(row))
    return sorted(slug for slug, times in carried.items() if times >= 3 and slug not in measured)


async def pages(service: QueryService, field: str, size: int) -> list[list[str]]:
    """The slugs of every page of a connection under `knowledgeGaps`."""
    found: list[list[str]] = []
    after = None
    while True:
        document = f"""query Page($after: String) {{ knowledgeGaps {{
          page: {field}(first: {size}, after: $after) {{ nodes {{ slug }} pageInfo {{ hasNextPage hasPreviousPage endCursor }} }}
        }} }}"""
        page = (await asked(service, document, after=after))["knowledgeGaps"]["page"]
        assert page["pageInfo"]["hasPreviousPage"] == bool(found)
        found.append([each["slug"] for each in page["nodes"]])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


async def test_innovations_that_are_carried_on_and_not_measured_are_paged_through_in_order(service: QueryService) -> None:
    expected = unmeasured()

    found = await pages(service, "innovationsWithTransfersButNoObservation", 10)

    assert [slug for page in found for slug in page] == expected
    assert [len(page) for page in found[:-1]] == [10] * (len(expected) // 10)


async def test_cities_that_pilot_and_never_gave_are_those_of_the_country_that_is_asked_for(service: QueryService) -> None:
    data = await asked(
        service,
        """{ all: knowledgeGaps { citiesWithPilotsButNeverGave(first: 100) { totalCount nodes { slug } } }
             some: knowledgeGaps(country: "SE") { citiesWithPilotsButNeverGave { edges { node { slug country { code } } } } } }""",
    )

    found = data["all"]["citiesWithPilotsButNeverGave"]
    swedish = [each["node"] for each in data["some"]["citiesWithPilotsButNeverGave"]["edges"]]
    assert [each["slug"] for each in found["nodes"]] == silent_cities()
    assert found["totalCount"] == len(silent_cities())
    assert [each["slug"] for each in swedish] == silent_cities(cities_of("SE")) != []
    assert {each["country"]["code"] for each in swedish} == {"SE"}


async def test_a_field_is_a_gap_of_a_country_that_pilots_in_it_and_passes_nothing_on(service: QueryService) -> None:
    fields = {row["id"]: listed(row, "fields") for row in rows_of("innovations")}
    expected = {}
    for country in ("IT", "DE", "FI"):
        cities = cities_of(country)
        pilots = [
            {each for slug in listed(row, "innovation_ids") for each in fields[slug]}
            for row in rows_of("pilots")
            if cities & set(listed(row, "city_ids"))
        ]
        given = {
            each
            for row in rows_of("transfers")
            if counted(row) and cities & set(row["source_city_ids"].split(";"))
            for each in fields.get(row["innovation_id"], ())
        }
        amounts = Counter(each for of in pilots for each in of)
        expected[country] = {each: amount for each, amount in amounts.items() if amount >= 3 and each not in given}

    data = await asked(
        service,
        "{"
        + "".join(
            f"""{country}: knowledgeGaps(country: "{country}") {{ fieldsWithPilotsButNoTransfer {{
              field {{ slug label scheme }} pilots transfersCounted innovations(first: 1) {{ totalCount nodes {{ title }} }}
            }} }} """
            for country in expected
        )
        + "}",
    )

    for country, gaps in expected.items():
        found = data[country]["fieldsWithPilotsButNoTransfer"]
        assert {each["field"]["slug"]: each["pilots"] for each in found} == gaps
        assert [each["pilots"] for each in found] == sorted(gaps.values(), reverse=True)
        assert all(each["transfersCounted"] == 0 < each["innovations"]["totalCount"] for each in found)
    assert any(expected.values())


async def test_the_gaps_of_a_network_are_those_of_its_members(service: QueryService) -> None:
    theirs = {row["city_id"] for row in rows_of("network_members") if row["network_id"] == "netzerocities-pilot-cities"}

    data = await asked(
        service,
        """{ both: knowledgeGaps(network: "netzerocities-pilot-cities", country: "IT") { citiesWithPilotsButNeverGave { nodes { slug } } }
             one: knowledgeGaps(network: "netzerocities-pilot-cities") { citiesWithPilotsButNeverGave(first: 100) { nodes { slug } } } }""",
    )

    assert [each["slug"] for each in data["one"]["citiesWithPilotsButNeverGave"]["nodes"]] == silent_cities(theirs)
    assert [each["slug"] for each in data["both"]["citiesWithPilotsButNeverGave"]["nodes"]] == silent_cities(theirs & cities_of("IT"))


COUNTED = """totalCount
  facets(by: [COUNTRY, MISSION_STATUS, NETWORK]) { by values { key label count } missing more }
  aggregate(groupBy: NETWORK) { count population { count missing min max sum mean median } groups { key count } moreGroups }"""


@pytest.mark.parametrize("country", ["SE", "IT", "IS"])
async def test_chosen_records_are_counted_as_a_list_of_the_same_ones(country: str, service: QueryService) -> None:
    chosen = f"query ($country: String) {{ knowledgeGaps(country: $country) {{ found: citiesWithPilotsButNeverGave {{ {COUNTED} }} }} }}"
    same = f"query ($slugs: [String!]) {{ cities(where: {{slug: {{in: $slugs}}}}) {{ {COUNTED} }} }}"
    slugs = silent_cities(cities_of(country))

    found = (await asked(service, chosen, country=country))["knowledgeGaps"]["found"]
    expected = (await asked(service, same, slugs=slugs))["cities"]

    assert found == expected
    assert found["totalCount"] == found["aggregate"]["count"] == len(slugs)


async def test_the_innovations_of_every_gap_are_counted_for_themselves(service: QueryService) -> None:
    counts = "facets(by: [FIELD, FIRST_YEAR]) { values { key count } missing } aggregate { count firstYear { count min } }"
    gaps = f"{{ fieldsWithPilotsButNoTransfer {{ innovations(first: 100) {{ nodes {{ slug }} {counts} }} }} }}"
    document = " ".join(f'{country}: knowledgeGaps(country: "{country}") {gaps}' for country in ("IT", "DE", "FI", "ES", "FR", "PL"))

    found = await asked(service, f"{{ {document} }}")

    lists = [gap["innovations"] for of_country in found.values() for gap in of_country["fieldsWithPilotsButNoTransfer"]]
    assert lists
    for innovations in lists:
        slugs = [each["slug"] for each in innovations.pop("nodes")]
        same = f"query ($slugs: [String!]) {{ innovations(where: {{slug: {{in: $slugs}}}}) {{ {counts} }} }}"
        assert innovations == (await asked(service, same, slugs=slugs))["innovations"]
        assert innovations["aggregate"]["count"] == len(slugs)


async def test_gaps_with_what_they_name_are_read_by_one_statement(service: QueryService, mission: Graph) -> None:
    document = """{ knowledgeGaps(country: "IT") {
      fieldsWithPilotsButNoTransfer {
        field { label innovations(first: 1) { totalCount } } innovations { nodes { title originCity { name } } }
      }
      citiesWithPilotsButNeverGave { edges { cursor node { name pilots(first: 2) { nodes { title } } } } }
      innovationsWithTransfersButNoObservation { totalCount facets(by: [FIELD]) { values { key } } }
    } }"""
    await asked(service, document)
    sent: list[str] = []
    mission.observers.append(lambda statement: sent.append(statement.text))

    await asked(service, document)

    mission.observers.pop()
    assert len(sent) == 1


async def test_cursors_of_nodes_and_page_agree_and_say_nothing_of_a_relationship(service: QueryService) -> None:
    data = await asked(
        service,
        """{ knowledgeGaps { page: citiesWithPilotsButNeverGave(first: 3) {
          __typename edges { __typename cursor from node { slug } } pageInfo { __typename startCursor endCursor }
        } } }""",
    )

    page = data["knowledgeGaps"]["page"]
    assert [each["cursor"] for each in page["edges"]][:: len(page["edges"]) - 1] == [
        page["pageInfo"]["startCursor"],
        page["pageInfo"]["endCursor"],
    ]
    assert {each["from"] for each in page["edges"]} == {None}
    assert (page["__typename"], page["edges"][0]["__typename"], page["pageInfo"]["__typename"]) == (
        "CityConnection",
        "CityEdge",
        "PageInfo",
    )


@pytest.mark.parametrize(
    ("arguments", "page", "code", "said"),
    [
        ('(country: "XX")', "", "BAD_USER_INPUT", "no such country"),
        ('(network: "atlantis")', "", "BAD_USER_INPUT", "no such network"),
        ("", "(first: 0)", "BAD_USER_INPUT", "`first` is 0"),
        ("", "(first: 101)", "PAGE_TOO_LARGE", "limit on page"),
        ("", '(after: "nonsense")', "BAD_CURSOR", "no cursor for this list"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_what_is_allowed(
    service: QueryService, arguments: str, page: str, code: str, said: str
) -> None:
    answer = await service.query(Request(f"{{ knowledgeGaps{arguments} {{ citiesWithPilotsButNeverGave{page} {{ totalCount }} }} }}"))

    (error,) = answer.errors
    assert (error["extensions"]["code"], said in error["message"], bool(error["extensions"]["hint"])) == (code, True, True)


async def test_a_cursor_of_another_list_is_refused(service: QueryService) -> None:
    cities = await asked(service, "{ cities(first: 1) { pageInfo { endCursor } } }")
    cursor = cities["cities"]["pageInfo"]["endCursor"]
    document = "query Q($after: String) { knowledgeGaps { citiesWithPilotsButNeverGave(after: $after) { totalCount } } }"

    async def ask(after: Any) -> Any:
        return (await service.query(Request(document, variables={"after": after}))).errors

    assert await ask(None) == ()
    assert (await ask(cursor))[0]["extensions"]["code"] == "BAD_CURSOR"


async def test_a_page_can_be_read_from_the_end_and_up_to_a_record(service: QueryService) -> None:
    expected = silent_cities()
    page = "{ nodes { slug } pageInfo { startCursor hasNextPage hasPreviousPage } }"

    last = await asked(service, f"{{ knowledgeGaps {{ page: citiesWithPilotsButNeverGave(last: 3) {page} }} }}")
    cursor = last["knowledgeGaps"]["page"]["pageInfo"]["startCursor"]
    document = f"query Q($before: String) {{ knowledgeGaps {{ page: citiesWithPilotsButNeverGave(last: 2, before: $before) {page} }} }}"
    earlier = (await asked(service, document, before=cursor))["knowledgeGaps"]["page"]

    assert [each["slug"] for each in last["knowledgeGaps"]["page"]["nodes"]] == expected[-3:]
    assert [each["slug"] for each in earlier["nodes"]] == expected[-5:-3]
    assert (earlier["pageInfo"]["hasNextPage"], earlier["pageInfo"]["hasPreviousPage"]) == (True, True)
