"""The oracle itself, against expectations worked out by hand: what filters, orders, pages, cursors, counts and dates mean."""

import base64
import json
from typing import Any

import pytest

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.bundled import mission_package
from tests.oracle.executor import Oracle
from tests.oracle.package import read_world
from tests.oracle.world import Link, Record, World

DOMAIN = load_domain()
SCHEMA = build_schema(DOMAIN)


def record(label: str, slug: str, **values: Any) -> Record:
    """A record of which only this is known."""
    nothing = {each.field: None for each in DOMAIN[label].properties}
    return nothing | {"label": label, "id": f"{label}:{slug}", "slug": slug, "status": "PUBLISHED"} | values


def oracle_of(*parts: Record | Link) -> Oracle:
    records = [part for part in parts if isinstance(part, dict)]
    return Oracle(World(records, [part for part in parts if isinstance(part, Link)]), DOMAIN, SCHEMA)


def answer(oracle: Oracle, document: str, **variables: Any) -> Any:
    result = oracle.answer(document, variables)
    assert not result.errors, result.errors
    return result.data


def cities(oracle: Oracle, arguments: str) -> list[str]:
    """The slugs of a page of cities."""
    return [each["slug"] for each in answer(oracle, f"{{ cities({arguments}) {{ nodes {{ slug }} }} }}")["cities"]["nodes"]]


def pilots(oracle: Oracle, where: str) -> list[str]:
    return [each["slug"] for each in answer(oracle, f"{{ pilots(where: {where}) {{ nodes {{ slug }} }} }}")["pilots"]["nodes"]]


PEOPLED = oracle_of(
    record("City", "a", name="Malmö", population=3, location={"latitude": 0.0, "longitude": 0.0}),
    record("City", "b", name="MALMO", population=1),
    record("City", "c", name="Ærø", population=None),
    record("City", "d", name="Åre", population=3, location={"latitude": 0.0, "longitude": 1.0}),
    record("City", "hidden", name="Malmö", population=9, status="DRAFT"),
)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("{}", "abcd"),
        ("{and: []}", "abcd"),
        ("{or: []}", ""),
        ("{not: {}}", ""),
        ("{isNull: false}", "abcd"),
        ("{isNull: true}", ""),
        ('{name: {eq: "malmo"}}', "ab"),
        ('{name: {contains: "ER"}}', "c"),
        ('{name: {startsWith: "a"}}', "cd"),
        ('{name: {gt: "aero"}}', "abd"),
        ('{name: {gte: "aero", lt: "malmö"}}', "cd"),
        ('{slug: {eq: "A"}}', ""),
        ("{population: {eq: 3}}", "ad"),
        ("{population: {ne: 3}}", "bc"),
        ("{population: {lte: 3}}", "abd"),
        ("{not: {population: {lte: 3}}}", "c"),
        ("{population: {in: []}}", ""),
        ("{population: {in: [1, 2]}}", "b"),
        ("{population: {isNull: true}}", "c"),
        ("{population: {gt: 0, isNull: true}}", ""),
        ("{or: [{population: {eq: 1}}, {population: {isNull: true}}], not: {slug: {eq: \"b\"}}}", "c"),
        ("{location: {near: {latitude: 0, longitude: 0, km: 111}}}", "a"),
        ("{location: {near: {latitude: 0, longitude: 0, km: 112}}}", "ad"),
        ("{not: {location: {near: {latitude: 0, longitude: 0, km: 112}}}}", "bc"),
        ("{location: {isNull: true}}", "bc"),
        ("{status: {eq: DRAFT}}", ""),
    ],
)  # fmt: skip
def test_a_condition_holds_for_these_cities_and_no_others(where: str, expected: str) -> None:
    assert cities(PEOPLED, f"where: {where}") == list(expected)


@pytest.mark.parametrize(
    ("stored", "operator", "asked", "expected"),
    [
        ("2019-05-31", "eq", '"2019"', True),
        ("2019", "eq", '"2019-05-31"', True),
        ("2019", "gt", '"2019-05-31"', False),
        ("2019", "gte", '"2019-05-31"', True),
        ("2019-05", "gt", '"2019-04-30"', True),
        ("2019-05", "lt", '"2019-05-30"', False),
        ("2019-05", "ne", '"2019-05-30"', False),
        ("2019-05", "in", '["2018", "2019-05-01"]', True),
        (None, "lte", '"2019"', False),
        (None, "ne", '"2019"', True),
    ],
)
def test_dates_are_compared_on_what_both_know(stored: str | None, operator: str, asked: str, expected: bool) -> None:
    oracle = oracle_of(record("Pilot", "p", title="P", startDate=stored))

    assert bool(pilots(oracle, f"{{startDate: {{{operator}: {asked}}}}}")) is expected


PROGRAMMED = oracle_of(
    record("Programme", "x", name="X"),
    record("Programme", "hidden", name="X", status="WITHDRAWN"),
    record("Pilot", "in-x", title="1"),
    record("Pilot", "in-hidden", title="2"),
    record("Pilot", "in-none", title="3"),
    Link("PART_OF", "Pilot:in-x", "Programme:x"),
    Link("PART_OF", "Pilot:in-hidden", "Programme:hidden"),
)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ('{programme: {name: {eq: "x"}}}', ["in-x"]),
        ('{programme: {name: {ne: "y"}}}', ["in-x"]),
        ('{not: {programme: {name: {eq: "x"}}}}', ["in-hidden", "in-none"]),
        ("{programme: {isNull: true}}", ["in-hidden", "in-none"]),
        ("{programme: {isNull: false}}", ["in-x"]),
        ("{programme: {}}", ["in-x"]),
        ('{programme: {isNull: true, name: {ne: "y"}}}', []),
        ("{programme: {or: [{isNull: true}]}}", []),
        ("{programme: {not: {isNull: true}}}", ["in-x"]),
        ("{programme: {pilots: {count: {eq: 1}}}}", ["in-x"]),
    ],
)
def test_a_to_one_condition_needs_a_visible_record(where: str, expected: list[str]) -> None:
    assert pilots(PROGRAMMED, where) == expected


NETWORKED = oracle_of(
    record("City", "a", name="A"),
    record("City", "b", name="B"),
    record("City", "c", name="C"),
    record("Network", "n", name="N"),
    record("Network", "o", name="O"),
    record("Network", "draft", name="N", status="DRAFT"),
    Link("MEMBER_OF", "City:a", "Network:n", {"from": "2015", "to": None, "sources": ["https://x"]}),
    Link("MEMBER_OF", "City:a", "Network:o", {"from": None, "to": None, "sources": ["https://x"]}),
    Link("MEMBER_OF", "City:b", "Network:n", {"from": "2020-05", "to": None, "sources": ["https://y"]}),
    Link("MEMBER_OF", "City:c", "Network:draft", {"from": "2020-05", "to": None, "sources": ["https://y"]}),
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("some: {}", "ab"),
        ("none: {}", "c"),
        ('some: {name: {eq: "n"}}', "ab"),
        ('every: {name: {eq: "n"}}', "bc"),
        ('none: {name: {eq: "o"}}', "bc"),
        ('single: {name: {in: ["n", "o"]}}', "b"),
        ("count: {eq: 0}", "c"),
        ("count: {gte: 1, ne: 2}", "b"),
        ('count: {in: [1], where: {name: {eq: "o"}}}', "a"),
        ('some: {edge: {from: {gte: "2016"}}}', "b"),
        ("some: {edge: {from: {isNull: true}}}", "a"),
        ('some: {name: {eq: "n"}, edge: {sources: {has: "HTTPS://X"}}}', "a"),
        ("every: {edge: {to: {isNull: true}}}", "abc"),
    ],
)
def test_quantifiers_speak_of_visible_records_and_of_the_way_to_them(condition: str, expected: str) -> None:
    assert cities(NETWORKED, f"where: {{networks: {{{condition}}}}}") == list(expected)


def test_what_a_relation_does_not_say_of_itself_is_missing() -> None:
    assert cities(NETWORKED, 'where: {edge: {from: {eq: "2015"}}}') == []
    assert cities(NETWORKED, "where: {edge: {from: {isNull: true}}}") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('has: "WALLS"', "a"),
        ('hasAny: ["roofs", "x"]', "a"),
        ("hasAny: []", ""),
        ('hasAll: ["walls", "roofs"]', "a"),
        ('hasAll: ["walls", "x"]', ""),
        ("hasAll: []", "ab"),
        ("isEmpty: true", "b"),
        ("isEmpty: false", "a"),
        ("isNull: true", "c"),
    ],
)
def test_a_missing_list_is_neither_empty_nor_filled(condition: str, expected: str) -> None:
    lists = {"a": ["Walls", "Roofs"], "b": [], "c": None}
    oracle = oracle_of(*(record("Innovation", slug, title=slug, preconditions=each) for slug, each in lists.items()))

    found = answer(oracle, f"{{ innovations(where: {{preconditions: {{{condition}}}}}) {{ nodes {{ slug }} }} }}")

    assert "".join(each["slug"] for each in found["innovations"]["nodes"]) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("[]", "abcd"),
        ("[{population: ASC}]", "badc"),
        ("[{population: DESC}]", "adbc"),
        ("[{population: DESC}, {slug: DESC}]", "dabc"),
        ("[{name: ASC}]", "cdab"),
        ("{name: DESC}", "abdc"),
    ],
)
def test_nulls_come_last_both_ways_and_ties_go_by_slug(order: str, expected: str) -> None:
    assert "".join(cities(PEOPLED, f"orderBy: {order}")) == expected


def test_an_order_can_go_by_a_related_record_and_by_a_count() -> None:
    assert cities(NETWORKED, "orderBy: [{networks: {count: DESC}}]") == ["a", "b", "c"]
    nodes = answer(PROGRAMMED, "{ pilots(orderBy: [{programme: {name: DESC}}]) { nodes { slug } edges { cursor } } }")["pilots"]
    assert [each["slug"] for each in nodes["nodes"]] == ["in-x", "in-hidden", "in-none"]
    assert read(nodes["edges"][0]["cursor"]) == '[1,"Pilot","-programme.name",["x"],"in-x"]'
    assert read(nodes["edges"][1]["cursor"]) == '[1,"Pilot","-programme.name",[null],"in-hidden"]'


def read(cursor: str) -> str:
    return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()


def page(oracle: Oracle, **arguments: Any) -> tuple[str, bool, bool, int]:
    """Slugs, whether more precede, whether more follow, how many in all."""
    given = ", ".join(f"{name}: {json.dumps(value)}" for name, value in arguments.items())
    arguments_text = f"orderBy: [{{population: DESC}}], {given}" if given else "orderBy: [{population: DESC}]"
    asked = f"{{ cities({arguments_text}) {{ nodes {{ slug }} totalCount pageInfo {{ hasPreviousPage hasNextPage }} }} }}"
    found = answer(oracle, asked)["cities"]
    info = found["pageInfo"]
    return "".join(each["slug"] for each in found["nodes"]), info["hasPreviousPage"], info["hasNextPage"], found["totalCount"]


def cursor(population: int | None, slug: str) -> str:
    text = json.dumps([1, "City", "-population", [population], slug], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_a_page_tells_the_truth_in_both_directions() -> None:
    assert page(PEOPLED) == ("adbc", False, False, 4)
    assert page(PEOPLED, first=2) == ("ad", False, True, 4)
    assert page(PEOPLED, last=1) == ("c", True, False, 4)
    assert page(PEOPLED, first=2, after=cursor(3, "a")) == ("db", True, True, 4)
    assert page(PEOPLED, last=2, before=cursor(None, "c")) == ("db", True, True, 4)
    assert page(PEOPLED, after=cursor(3, "a"), before=cursor(None, "c")) == ("db", True, True, 4)
    assert page(PEOPLED, after=cursor(None, "c")) == ("", True, False, 4)


def test_a_cursor_marks_a_place_even_where_its_row_is_gone() -> None:
    assert page(PEOPLED, after=cursor(2, "zz")) == ("bc", True, False, 4)
    assert page(PEOPLED, before=cursor(3, "b")) == ("a", False, True, 4)
    assert page(PEOPLED, after=cursor(None, "bb"))[0] == "c"


def test_an_empty_page_has_no_cursors() -> None:
    found = answer(PEOPLED, '{ cities(where: {slug: {eq: "x"}}) { pageInfo { startCursor endCursor } totalCount } }')

    assert found == {"cities": {"pageInfo": {"startCursor": None, "endCursor": None}, "totalCount": 0}}


TAUGHT = (
    record("Concept", "transport", prefLabelEn="Transport", prefLabelSv="Transporter"),
    record("Concept", "waste", prefLabelEn="Waste"),
    record("Concept", "draft", prefLabelEn="Draft", status="DRAFT"),
    record("Innovation", "i", title="I"),
    record("Pilot", "own", title="Own"),
    record("Pilot", "other", title="Other"),
    Link("TESTS", "Pilot:own", "Innovation:i", {"position": 0}),
    Link("TESTS", "Pilot:other", "Innovation:i", {"position": 0}),
    Link("IN_FIELD", "Innovation:i", "Concept:waste", {"position": 0}),
    Link("IN_FIELD", "Innovation:i", "Concept:transport", {"position": 1}),
    Link("IN_FIELD", "Pilot:own", "Concept:transport", {"position": 0}),
    Link("IN_FIELD", "Pilot:other", "Concept:draft", {"position": 0}),
)


def test_a_pilot_has_its_own_fields_or_else_those_of_its_innovations() -> None:
    found = answer(
        oracle_of(*TAUGHT), '{ innovation(slug: "i") { fields { slug } } pilots { nodes { slug fields { label(language: "sv") } } } }'
    )

    assert [each["slug"] for each in found["innovation"]["fields"]] == ["waste", "transport"]
    assert found["pilots"]["nodes"] == [
        {"slug": "other", "fields": [{"label": "Transporter"}, {"label": "Waste"}]},
        {"slug": "own", "fields": [{"label": "Transporter"}]},
    ]


GOOD = {"kind": "REPLICATION", "outcome": "IMPLEMENTED", "degree": "UNKNOWN", "claimLevel": "SELF_REPORTED"}


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ({}, None),
        ({"kind": "TWINNING", "outcome": "FAILED"}, "KIND"),
        ({"outcome": "ONGOING", "degree": "REJECTION"}, "OUTCOME"),
        ({"degree": "INSPIRATION", "claimLevel": "INFERRED"}, "DEGREE"),
        ({"claimLevel": "INFERRED"}, "CLAIM_LEVEL"),
    ],
)
def test_a_transfer_names_the_first_rule_by_which_it_does_not_count(broken: dict[str, str], expected: str | None) -> None:
    oracle = oracle_of(record("Transfer", "t", **(GOOD | broken)))

    assert answer(oracle, '{ transfer(slug: "t") { counts whyNot } }') == {"transfer": {"counts": expected is None, "whyNot": expected}}


def test_a_transfer_within_one_city_is_scaling_and_several_givers_are_joint() -> None:
    oracle = oracle_of(
        record("City", "a", name="A"),
        record("City", "b", name="B"),
        record("Transfer", "t", **GOOD),
        Link("GAVE", "City:a", "Transfer:t", {"position": 1}),
        Link("GAVE", "City:b", "Transfer:t", {"position": 0}),
        Link("REACHED", "Transfer:t", "City:a"),
    )

    found = answer(
        oracle, "{ transfers { nodes { whyNot jointAttribution scalingCity { slug } sourceCities { nodes { slug } edges { cursor } } } } }"
    )

    (transfer,) = found["transfers"]["nodes"]
    assert (transfer["whyNot"], transfer["jointAttribution"], transfer["scalingCity"]) == ("SAME_CITY", True, {"slug": "a"})
    assert [each["slug"] for each in transfer["sourceCities"]["nodes"]] == ["b", "a"]
    assert read(transfer["sourceCities"]["edges"][1]["cursor"]) == '[1,"City","position",[1],"a"]'


def test_a_city_is_labelled_where_its_contract_has_a_label_date() -> None:
    contract = record("ClimateCityContract", "k", labelDate="2023-10-12")
    oracle = oracle_of(
        record("City", "a", name="A", contractStatus="NONE"),
        record("City", "b", name="B", contractStatus="SUBMITTED"),
        contract,
        Link("HAS_CONTRACT", "City:a", contract["id"]),
    )

    found = answer(oracle, "{ cities(orderBy: [{labelDate: ASC}]) { nodes { contractStatus labelDate } } }")["cities"]["nodes"]

    assert found == [{"contractStatus": "LABELLED", "labelDate": "2023-10-12"}, {"contractStatus": "SUBMITTED", "labelDate": None}]
    assert cities(oracle, "where: {contractStatus: {eq: LABELLED}}") == ["a"]


def test_the_worked_example_has_its_answer() -> None:
    oracle = Oracle(read_world(mission_package(), DOMAIN), DOMAIN, SCHEMA)
    document = """
      query ($stages: [PilotStage!] = [RUNNING, MAINSTREAMED]) {
        cities(where: {country: {code: {eq: "SE"}}, pilots: {some: {stage: {in: $stages}}}}, orderBy: [{population: DESC}], first: 4) {
          totalCount
          nodes { slug population country { name } pilots(first: 2, orderBy: [{startDate: DESC}]) { nodes { slug } } }
        }
        client: city(slug: "helsingborg") { name transfersReceived { totalCount } }
      }"""

    found = answer(oracle, document)

    assert found["cities"]["totalCount"] == 8
    assert [each["slug"] for each in found["cities"]["nodes"]] == ["stockholm", "gothenburg", "malmo", "umea"]
    assert found["cities"]["nodes"][0]["population"] == 1515017
    assert found["cities"]["nodes"][0]["pilots"]["nodes"][0]["slug"] == "lh-growsmarter"
    assert found["client"] == {"name": "Helsingborg", "transfersReceived": {"totalCount": 6}}
