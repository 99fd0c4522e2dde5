"""Fields whose records a measure chooses: one statement where they are known beforehand, two where they are not."""

import pytest

from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request
from tests.operations.test_one_statement import watched

NAMED = '{ city(slug: "lund") { similarCities(first: 3) { nodes { distance city { slug pilots(first: 1) { totalCount } } } } } }'
BY_ID = '{ node(id: "City:lund") { ... on City { similarCities(first: 3) { nodes { distance city { slug } } } } } }'
LISTED = """{ cities(where: {slug: {in: ["lund", "valencia", "oslo"]}}) { nodes { slug similarCities(first: 3) {
  nodes { distance city { slug pilots(first: 1) { totalCount } } } } } } }"""
NARROWED = (
    '{ city(slug: "lund") { similarCities(first: 3, where: {country: {code: {eq: "SE"}}}) { nodes { city { slug country { code } } } } } }'
)
DEEP = """{ transfers(first: 5, where: {innovation: {isNull: false}}) { nodes { slug targetCity { slug replicableInnovations(first: 2) {
  innovation { slug originCity { slug } } fit adopters(first: 2) { slug } } } } } }"""


@pytest.mark.parametrize(
    ("document", "statements"),
    [(NAMED, 1), (BY_ID, 1), (LISTED, 2), (NARROWED, 2), (DEEP, 2)],
    ids=["named", "by id", "listed", "narrowed", "deep"],
)
async def test_what_is_chosen_for_a_named_record_takes_one_statement_and_for_a_list_two(
    mission: Graph, service: QueryService, document: str, statements: int
) -> None:
    first = await service.query(Request(document))

    with watched(mission) as sent:
        again = await service.query(Request(document))

    assert first.errors == again.errors == ()
    assert again.data == first.data
    assert len(sent) == statements


async def test_a_list_shows_for_each_city_what_it_shows_alone(service: QueryService) -> None:
    alone = (await service.query(Request(NAMED))).data["city"]["similarCities"]
    listed = (await service.query(Request(LISTED))).data["cities"]["nodes"]

    assert {each["slug"]: each["similarCities"] for each in listed}["lund"] == alone
    assert len({str(each["similarCities"]) for each in listed}) == 3


async def test_only_cities_that_the_filter_lets_through_are_candidates(service: QueryService) -> None:
    nodes = (await service.query(Request(NARROWED))).data["city"]["similarCities"]["nodes"]

    assert {each["city"]["country"]["code"] for each in nodes} == {"SE"}
    assert "lund" not in {each["city"]["slug"] for each in nodes}


async def test_a_list_whose_cities_choose_through_a_filter_shows_each_what_it_shows_alone(service: QueryService) -> None:
    similar = 'similarCities(first: 3, where: {country: {code: {eq: "SE"}}}) { nodes { city { slug country { code } } } }'

    alone = (await service.query(Request(NARROWED))).data["city"]
    listed = await service.query(Request(f'{{ cities(where: {{slug: {{in: ["lund", "oslo"]}}}}) {{ nodes {{ slug {similar} }} }} }}'))

    assert listed.errors == ()
    lund, oslo = listed.data["cities"]["nodes"]
    assert lund == {"slug": "lund", **alone}
    assert oslo["slug"] == "oslo"
    assert {each["city"]["country"]["code"] for each in oslo["similarCities"]["nodes"]} == {"SE"}


async def test_what_is_chosen_can_be_asked_of_what_was_chosen_beforehand(service: QueryService) -> None:
    document = (
        '{ city(slug: "lund") { similarCities(first: 2) { nodes { city { slug similarCities(first: 1) { nodes { city { slug } } } } } } } }'
    )

    answer = await service.query(Request(document))

    assert answer.errors == ()
    nearest = answer.data["city"]["similarCities"]["nodes"]
    assert [len(each["city"]["similarCities"]["nodes"]) for each in nearest] == [1, 1]
    assert all(each["city"]["similarCities"]["nodes"][0]["city"]["slug"] != each["city"]["slug"] for each in nearest)


async def test_what_would_take_a_third_statement_is_refused_with_what_to_do(service: QueryService) -> None:
    document = "{ cities(first: 2) { nodes { similarCities { nodes { city { similarCities { leftOut } } } } } } }"

    answer = await service.query(Request(document))

    (error,) = answer.errors
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "a request of its own" in error["extensions"]["hint"]


@pytest.mark.parametrize(
    "asked", ["similarCities { leftOut }", "replicableInnovations { fit }", "lineages(direction: UPSTREAM) { branchCount }"]
)
async def test_an_unknown_city_has_nothing_chosen_for_it(asked: str, service: QueryService) -> None:
    document = f'{{ city(slug: "atlantis") {{ {asked} }} node(id: "Pilot:lund") {{ ... on City {{ {asked} }} }} }}'

    answer = await service.query(Request(document))

    assert answer.errors == ()
    assert answer.data == {"city": None, "node": None}


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("similarCities(features: []) { leftOut }", "at least one"),
        ("similarCities(first: 0) { leftOut }", "`first` is 0"),
        ("similarCities(first: 101) { leftOut }", "101"),
        ("replicableInnovations(weights: {need: -1}) { fit }", "0 or more"),
        (
            "replicableInnovations(weights: {context: 0, need: 0, evidence: 0, trackRecord: 0, lessons: 0, reach: 0}) { fit }",
            "At least one part",
        ),
        ("replicableInnovations { adopters(first: 0) { slug } }", "`first` is 0"),
    ],
)
async def test_arguments_that_make_no_sense_are_refused_with_what_is_allowed(service: QueryService, field: str, said: str) -> None:
    answer = await service.query(Request(f'{{ city(slug: "lund") {{ {field} }} }}'))

    (error,) = answer.errors
    assert said in error["message"]


async def test_the_same_document_serves_other_variables(service: QueryService) -> None:
    document = """query($city: String!, $need: Float) {
      city(slug: $city) { replicableInnovations(first: 1, weights: {need: $need}) { parts { name weight } } } }"""

    weights = []
    for city, need in (("lund", 2.0), ("oslo", 0.5)):
        (found,) = (await service.query(Request(document, variables={"city": city, "need": need}))).data["city"]["replicableInnovations"]
        weights.append({part["name"]: part["weight"] for part in found["parts"]}["NEED"])

    assert weights == [2.0, 0.5]
