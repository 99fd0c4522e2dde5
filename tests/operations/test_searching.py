"""Searches and suggestions asked of the service, with whatever is selected of the records they find."""

import json
from typing import Any

import httpx
import pytest

from graph_schema.domain import load_domain
from server.app import create_app, house_of
from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings
from tests.search.queries import HOSTILE

MOST_BYTES = 20_480
FOUND = """
  search(text: $text, types: $types, fields: $fields, countries: $countries, first: $first, after: $after) {
    totalCount truncated
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { score record { id } } }
    nodes { score record { id } highlights { field fragments } }
  }
"""
SEARCH = (
    f"query S($text: String!, $types: [RecordType!], $fields: [String!], $countries: [String!], $first: Int, $after: String) {{{FOUND}}}"
)
RECORD = """fragment Shown on Record {
  __typename id slug status sources(first: 2) { totalCount nodes { url } }
  ... on City { name country { code } pilots(first: 2, orderBy: [{slug: DESC}]) { totalCount nodes { slug innovations { totalCount } } } }
  ... on Pilot { title cities(first: 3) { edges { cursor node { name } } } }
  ... on Transfer { year counts innovation { title lineage { measures { cities } } } sourceCities { nodes { name } } }
  ... on Lesson { title kind fields { label } }
  ... on Innovation { title evidenceLevel { level reasons { rule record { id } } } replicationCount }
}"""
DOMAIN = load_domain()


async def answered(service: QueryService, document: str, **variables: Any) -> Any:
    answer = await service.query(Request(document, variables=variables))
    assert answer.errors == ()
    return answer.data


async def refused(service: QueryService, document: str, **variables: Any) -> dict[str, Any]:
    answer = await service.query(Request(document, variables=variables))
    assert answer.data is None
    return dict(answer.errors[0])


def statements_to(graph: Graph) -> list[str]:
    sent: list[str] = []
    graph.observers.append(lambda statement: sent.append(statement.text))
    return sent


# Records ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["malmo", "climate", "retrofit", "energy community"])
async def test_a_record_that_is_found_is_answered_as_when_it_is_asked_for_by_its_id(service: QueryService, text: str) -> None:
    found = (
        await answered(
            service,
            "query ($text: String!) { search(text: $text, first: 40) { nodes { record { ...Shown } } } }" + RECORD,
            text=text,
        )
    )["search"]["nodes"]

    ids = [each["record"]["id"] for each in found]
    document = "query ($ids: [ID!]!) { nodes(ids: $ids) { ...Shown } }" + RECORD
    assert ids
    assert [each["record"] for each in found] == (await answered(service, document, ids=ids))["nodes"]


async def test_two_places_may_ask_for_different_things_of_the_same_hits(service: QueryService) -> None:
    document = """{ search(text: "malmo", first: 5) {
      nodes { record { id ... on City { name } } }
      edges { node { record { slug ... on City { population } } } }
    } }"""

    found = (await answered(service, document))["search"]

    assert found["nodes"][0]["record"] == {"id": "City:malmo", "name": "Malmö"}
    assert found["edges"][0]["node"]["record"].keys() == {"slug", "population"}
    assert [each["record"]["id"].partition(":")[2] for each in found["nodes"]] == [
        each["node"]["record"]["slug"] for each in found["edges"]
    ]


async def test_several_searches_stand_beside_lists_in_one_document(service: QueryService) -> None:
    document = """{
      one: search(text: "malmo", types: [CITY]) { nodes { record { id } } }
      two: search(text: "lund", types: [CITY]) { nodes { record { id } } }
      city(slug: "valencia") { name similarCities(first: 1) { nodes { city { slug } } } }
      suggest(text: "goteb") { record { id } }
    }"""

    data = await answered(service, document)

    assert [data[name]["nodes"][0]["record"]["id"] for name in ("one", "two")] == ["City:malmo", "City:lund"]
    assert data["city"]["name"] == "Valencia"
    assert len(data["city"]["similarCities"]["nodes"]) == 1
    assert data["suggest"][0]["record"]["id"] == "City:gothenburg"


# Statements ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selection", "statements"),
    [
        ('search(text: "malmo") { totalCount nodes { score highlights { field fragments } } edges { cursor } }', 1),
        ('search(text: "malmo") { totalCount facets(by: [TYPE, COUNTRY, FIELD]) { values { key count } missing } }', 1),
        ('search(text: "malmo") { aggregate(groupBy: COUNTRY) { count score { mean } groups { key count score { median } } } }', 1),
        ('suggest(text: "malm") { id type slug label highlight score }', 1),
        ('search(text: "malmo") { nodes { record { ... on City { pilots { nodes { innovations { totalCount } } } } } } }', 2),
        ('suggest(text: "malm") { record { sources { nodes { url } } } }', 2),
        ('suggest(text: "malm") { label } service { revision }', 1),
        ('search(text: "xyzxyz") { nodes { record { id } } }', 1),
    ],
)
async def test_a_search_is_one_statement_and_its_records_are_one_more(
    service: QueryService, mission: Graph, selection: str, statements: int
) -> None:
    document = f"{{ {selection} }}"
    first = await answered(service, document)
    sent = statements_to(mission)

    again = await answered(service, document)

    mission.observers.pop()
    assert again == first
    assert len(sent) == statements


async def test_the_revision_is_told_of_a_search_that_reads_no_record(service: QueryService) -> None:
    document = '{ suggest(text: "malm") { label } service { revision } }'

    answer = await service.query(Request(document, extensions={"revision": True}))

    beside = await answered(service, "{ service { revision } }")
    assert answer.extensions["revision"] == answer.data["service"]["revision"] == beside["service"]["revision"]


# Pages and counts ---------------------------------------------------------------------------------


async def test_pages_follow_one_another_by_their_cursors(service: QueryService) -> None:
    whole = (await answered(service, SEARCH, text="energy", types=["PILOT", "LESSON"], first=45))["search"]

    ids: list[str] = []
    after = None
    for _ in range(3):
        page = (await answered(service, SEARCH, text="energy", types=["PILOT", "LESSON"], first=15, after=after))["search"]
        ids += [each["record"]["id"] for each in page["nodes"]]
        after = page["edges"][-1]["cursor"]
        assert page["pageInfo"]["endCursor"] == after
        assert page["pageInfo"]["hasPreviousPage"] == (len(ids) > 15)
        assert page["totalCount"] == whole["totalCount"]

    assert ids == [each["record"]["id"] for each in whole["nodes"]]
    assert {id.partition(":")[0] for id in ids} <= {"Pilot", "Lesson"}


async def test_a_cursor_of_another_text_is_refused(service: QueryService) -> None:
    cursor = (await answered(service, SEARCH, text="energy"))["search"]["pageInfo"]["endCursor"]

    error = await refused(service, SEARCH, text="heat", after=cursor)

    assert error["extensions"]["code"] == "BAD_CURSOR"


async def test_facets_are_given_as_asked_for_and_their_keys_ask_for_those_hits(service: QueryService) -> None:
    document = """query ($types: [RecordType!], $countries: [String!], $fields: [String!]) {
      search(text: "heat", types: $types, countries: $countries, fields: $fields) {
        totalCount
        places: facets(by: [COUNTRY]) { by values { key label count } missing more }
        all: facets(by: [FIELD, TYPE]) { by values { key label count } missing more }
      }
    }"""

    found = (await answered(service, document))["search"]

    (countries,), (fields, types) = found["places"], found["all"]
    assert [each["by"] for each in (countries, fields, types)] == ["COUNTRY", "FIELD", "TYPE"]
    assert sum(each["count"] for each in types["values"]) == found["totalCount"]
    for name, facet in (("types", types), ("countries", countries), ("fields", fields)):
        assert [(-each["count"], each["key"]) for each in facet["values"]] == sorted(
            (-each["count"], each["key"]) for each in facet["values"]
        )
        value = facet["values"][0]
        narrowed = (await answered(service, document, **{name: [value["key"]]}))["search"]
        assert (name, narrowed["totalCount"]) == (name, value["count"])


@pytest.mark.parametrize("by", [["TYPE", "COUNTRY", "FIELD"], "TYPE"])
async def test_facets_in_a_variable_count_as_those_written_out(service: QueryService, by: list[str] | str) -> None:
    counts = "{ by values { key label count } missing more }"
    written = f'{{ search(text: "heat") {{ facets(by: [{", ".join([by] if isinstance(by, str) else by)}]) {counts} }} }}'

    found = await answered(service, f'query ($by: [SearchFacet!]!) {{ search(text: "heat") {{ facets(by: $by) {counts} }} }}', by=by)

    assert found == await answered(service, written)
    assert all(facet["values"] for facet in found["search"]["facets"])


async def test_what_too_many_records_may_mean_is_truncated_and_not_counted(service: QueryService) -> None:
    found = (await answered(service, SEARCH, text="c"))["search"]

    assert (found["totalCount"], found["truncated"]) == (None, True)
    assert len(found["nodes"]) == 20


# Suggestions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("malm", {"id": "City:malmo", "type": "CITY", "slug": "malmo", "label": "Malmö", "highlight": "Malmö"}),
        ("Göteb", {"id": "City:gothenburg", "type": "CITY", "slug": "gothenburg", "label": "Gothenburg", "highlight": "Göteborg"}),
        ("valensia", {"id": "City:valencia", "type": "CITY", "slug": "valencia", "label": "Valencia", "highlight": "Valencia"}),
    ],
)
async def test_a_suggestion_says_what_it_is_called_and_by_which_name_it_answers(
    service: QueryService, text: str, expected: dict[str, str]
) -> None:
    document = "query ($text: String!) { suggest(text: $text, types: [CITY], first: 3) { id type slug label highlight } }"

    found = (await answered(service, document, text=text))["suggest"]

    assert found[0] == expected


async def test_suggestions_and_searches_name_what_is_meant_in_its_type(service: QueryService) -> None:
    document = '{ suggest(text: "climate city contract") { type record { __typename } } }'

    found = (await answered(service, document))["suggest"]

    assert found
    assert all(each["type"].replace("_", "").lower() == each["record"]["__typename"].lower() for each in found)


# Bad input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"countries": ["SE", "XX"]}, "BAD_USER_INPUT", "`countries` has 'XX', and there is no such country."),
        ({"fields": ["castles"]}, "BAD_USER_INPUT", "`fields` has 'castles', and there is no such field of action."),
        ({"fields": ["governance-policy"]}, "BAD_USER_INPUT", "there is no such field of action."),
        ({"types": ["SOURCE"]}, "BAD_USER_INPUT", "`types` has SOURCE"),
        ({"first": 0}, "BAD_USER_INPUT", "`first` is 0."),
        ({"first": 101}, "PAGE_TOO_LARGE", "worked out for 100 at most"),
        ({"after": "no cursor"}, "BAD_CURSOR", "This is no cursor for this list"),
        ({"text": "heat " * 17}, "OVER_LIMIT", "The limit on search words is 16"),
        ({"text": "h" * (MOST_BYTES + 1)}, "OVER_LIMIT", "The limit on text bytes is 20,480"),
    ],
)
async def test_what_cannot_be_is_refused_with_what_is_allowed(service: QueryService, given: dict[str, Any], code: str, words: str) -> None:
    error = await refused(service, SEARCH, **({"text": "heat"} | given))

    assert error["extensions"]["code"] == code
    assert words in error["message"]
    assert error["extensions"]["hint"]


async def test_no_facet_at_all_is_refused(service: QueryService) -> None:
    error = await refused(service, '{ search(text: "heat") { facets(by: []) { by } } }')

    assert error["extensions"]["hint"].startswith("Name at least one")


async def test_a_search_has_its_price(service: QueryService) -> None:
    nested = "pilots(first: 100) { nodes { innovations(first: 100) { totalCount nodes { id } } } }"

    error = await refused(service, f'{{ search(text: "heat", first: 100) {{ nodes {{ record {{ ... on City {{ {nested} }} }} }} }} }}')

    assert error["extensions"]["code"] == "TOO_COSTLY"


async def test_empty_lists_exclude_nothing(service: QueryService) -> None:
    without = await answered(service, SEARCH, text="heat")

    assert await answered(service, SEARCH, text="heat", types=[], fields=[], countries=[]) == without


@pytest.mark.parametrize("text", [*HOSTILE, "a" * 10_240])
async def test_no_text_is_an_error_or_another_question(service: QueryService, text: str) -> None:
    document = (
        "query ($text: String!) { search(text: $text) { totalCount truncated nodes { record { id } } } suggest(text: $text) { label } }"
    )

    data = await answered(service, document, text=text)

    everything = 5_000
    assert data["search"]["totalCount"] is None or data["search"]["totalCount"] < everything


async def test_no_text_is_an_error_over_http(mission: Graph) -> None:
    app = create_app(Settings(), house_of(mission, Settings()))
    document = "query ($text: String!) { search(text: $text) { totalCount nodes { record { id } } } suggest(text: $text) { label } }"
    texts = [*HOSTILE, "a" * 10_240, "malmö " * 1_700]
    statuses: dict[str, int] = {}

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://replicity.test") as client:
        for text in texts:
            # As ASCII, in which even half a pair of surrogates can be written.
            body = json.dumps({"query": document, "variables": {"text": text}})
            headers = {"content-type": "application/json", "accept": "application/graphql-response+json"}
            statuses[text] = (await client.post("/graphql", content=body, headers=headers)).status_code

    assert set(statuses.values()) <= {200, 400}
    assert [text for text, status in statuses.items() if status == 400] == ["\ud800", "malmö " * 1_700]
