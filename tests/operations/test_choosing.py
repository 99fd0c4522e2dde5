"""Fields whose records a measure chooses: one statement where they are known beforehand, two where they are not."""

from typing import Any

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


NEAR = "similarCities(first: 2) { nodes { distance city { slug } } }"
NARROW = "similarCities(first: 1, where: {population: {gt: 1000}}) { nodes { city { slug NEAR } } }".replace("NEAR", NEAR)
CHOOSING = {
    "named": ('city(slug: "lund") { similarCities(first: 2) { nodes { city { SHOWN } } } }', "similarCities.nodes.*.city", 1),
    "listed": (
        'cities(where: {slug: {eq: "lund"}}) { nodes { similarCities(first: 2) { nodes { city { SHOWN } } } } }',
        "nodes.0.similarCities.nodes.*.city",
        2,
    ),
    "narrowed": (
        'city(slug: "lund") { similarCities(first: 2, where: {country: {code: {eq: "SE"}}}) { nodes { city { SHOWN } } } }',
        "similarCities.nodes.*.city",
        2,
    ),
    "adopters": (
        'city(slug: "lund") { replicableInnovations(first: 1) { adopters(first: 2) { SHOWN } } }',
        "replicableInnovations.0.adopters.*",
        1,
    ),
    "brokers": ("transferNetwork { brokers(first: 2) { city { SHOWN } } }", "brokers.*.city", 1),
    "edges": (
        "knowledgeGaps { citiesWithPilotsButNeverGave(first: 2) { nodes { slug } edges { node { SHOWN } } } }",
        "citiesWithPilotsButNeverGave.edges.*.node",
        1,
    ),
    "search": ('search(text: "malmo", types: [CITY]) { nodes { record { ... on City { SHOWN } } } }', "nodes.*.record", 2),
}
"""Where a measure chooses records, where these stand in the answer, and how many statements it takes."""


@pytest.mark.parametrize("found", CHOOSING)
async def test_choices_are_made_for_chosen_records_at_any_depth_as_for_named_ones(
    mission: Graph, service: QueryService, found: str
) -> None:
    asked, path, statements = CHOOSING[found]
    shown = f"slug {NEAR} further: similarCities(first: 1) {{ nodes {{ city {{ slug {NEAR} }} }} }}"
    await service.query(Request(f"{{ {asked.replace('SHOWN', shown)} }}"))

    with watched(mission) as sent:
        cities = await cities_shown(service, asked, path, shown)

    assert len(sent) == statements
    assert cities == [await named(service, each["slug"], shown) for each in cities]


@pytest.mark.parametrize("found", CHOOSING)
async def test_choices_with_a_filter_are_made_for_chosen_records_as_for_named_ones(service: QueryService, found: str) -> None:
    asked, path, _ = CHOOSING[found]

    cities = await cities_shown(service, asked, path, f"slug {NARROW}")

    assert cities == [await named(service, each["slug"], f"slug {NARROW}") for each in cities]


async def cities_shown(service: QueryService, asked: str, path: str, shown: str) -> list[Any]:
    """The cities that stand at a path of the answer; there are some."""
    answer = await service.query(Request(f"{{ {asked.replace('SHOWN', shown)} }}"))
    assert answer.errors == ()
    found = at(next(iter(answer.data.values())), path.split("."))
    assert found
    return found


async def named(service: QueryService, slug: str, shown: str) -> Any:
    """What is shown of a city that is named in the document."""
    return (await service.query(Request(f'{{ city(slug: "{slug}") {{ {shown} }} }}'))).data["city"]


def at(value: Any, path: list[str]) -> list[Any]:
    """What stands at a path in an answer, `*` being every item of a list."""
    if not path:
        return [value]
    step, *rest = path
    below = value if step == "*" else [value[int(step)] if step.isdecimal() else value[step]]
    return [found for each in below for found in at(each, rest)]


async def test_what_would_take_a_third_statement_is_refused_with_what_to_do(service: QueryService) -> None:
    givers = "transfersReceived { nodes { sourceCities { nodes { similarCities { leftOut } } } } }"

    answer = await service.query(Request(f"{{ cities(first: 2) {{ nodes {{ similarCities {{ nodes {{ city {{ {givers} }} }} }} }} }} }}"))

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
