"""The hits of a search in numbers, against those of all its pages."""

import statistics
from collections.abc import Sequence
from typing import Any

import pytest

from server.operations.query import QueryService
from tests.operations.test_searching import answered, refused

NUMBERS = "count score { count missing min max sum mean median }"
COUNTED = f"""query ($text: String!, $by: SearchFacet!, $types: [RecordType!], $first: Int, $after: String) {{
  search(text: $text, types: $types, first: $first, after: $after) {{
    totalCount truncated edges {{ cursor }}
    facets(by: [$by]) {{ values {{ key label count }} missing more }}
    aggregate(groupBy: $by) {{ {NUMBERS} groups {{ key label {NUMBERS} }} moreGroups }}
  }}
}}"""
PAGE = """query ($text: String!, $types: [RecordType!], $fields: [String!], $countries: [String!], $after: String) {
  search(text: $text, types: $types, fields: $fields, countries: $countries, first: 100, after: $after) {
    nodes { score record { id } } pageInfo { hasNextPage endCursor }
  }
}"""
NARROWED = {"TYPE": "types", "COUNTRY": "countries", "FIELD": "fields"}


async def scores(service: QueryService, text: str, **narrowed: Sequence[str]) -> dict[str, int]:
    """The score of every hit, page by page."""
    found: dict[str, int] = {}
    after = None
    while True:
        page = (await answered(service, PAGE, text=text, after=after, **narrowed))["search"]
        found |= {each["record"]["id"]: each["score"] for each in page["nodes"]}
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def numbers(found: Sequence[int]) -> dict[str, Any]:
    """What is told of these scores."""
    mean = float(f"{statistics.fmean(found):.12g}")
    ends = {"min": min(found), "max": max(found)}
    score = {"count": len(found), "missing": 0, **ends, "sum": sum(found), "mean": mean, "median": statistics.median(found)}
    return {"count": len(found), "score": score}


@pytest.mark.neo4j_2026
@pytest.mark.parametrize(("text", "by"), [("energy", "TYPE"), ("energy", "FIELD"), ("retrofit", "COUNTRY")])
async def test_groups_have_the_numbers_of_the_hits_that_are_found_under_their_key(service: QueryService, text: str, by: str) -> None:
    whole = await scores(service, text)

    found = (await answered(service, COUNTED, text=text, by=by, first=3))["search"]["aggregate"]

    grouped = {each["key"]: {name: each[name] for name in ("count", "score")} for each in found["groups"]}
    of_key = {key: await scores(service, text, **{NARROWED[by]: [key]}) for key in grouped if key}
    without = [score for id, score in whole.items() if not any(id in hits for hits in of_key.values())]
    expected: dict[str | None, Any] = {key: numbers([*hits.values()]) for key, hits in of_key.items()}
    assert len(of_key) > 3
    assert grouped == expected | ({None: numbers(without)} if without else {})
    assert {name: found[name] for name in ("count", "score")} == numbers([*whole.values()])


@pytest.mark.parametrize(
    ("by", "all_of"),
    [
        ("COUNTRY", "all: countries(first: 100) { totalCount nodes { key: code } }"),
        ("FIELD", "all: concepts(first: 100, where: {scheme: {eq: FIELD}}) { totalCount nodes { key: slug } }"),
    ],
)
async def test_hits_without_a_value_are_in_the_last_group_and_in_no_other(service: QueryService, by: str, all_of: str) -> None:
    listed = (await answered(service, f"{{ {all_of} }}"))["all"]
    keys = [each["key"] for each in listed["nodes"]]
    whole, somewhere = await scores(service, "retrofit"), await scores(service, "retrofit", **{NARROWED[by]: keys})

    groups = (await answered(service, COUNTED, text="retrofit", by=by))["search"]["aggregate"]["groups"]

    *others, last = groups
    assert (last["key"], last["label"]) == (None, None)
    assert None not in {each["key"] for each in others}
    assert listed["totalCount"] == len(keys)
    assert last["count"] == len(whole) - len(somewhere) > 0


@pytest.mark.parametrize("by", NARROWED)
async def test_groups_come_as_the_values_of_a_facet_whatever_the_page(service: QueryService, by: str) -> None:
    first = (await answered(service, COUNTED, text="energy", by=by, first=2))["search"]
    second = (await answered(service, COUNTED, text="energy", by=by, first=2, after=first["edges"][-1]["cursor"]))["search"]

    ((facet,), found) = first["facets"], first["aggregate"]
    groups = [{name: each[name] for name in ("key", "label", "count")} for each in found["groups"]]
    missing = [{"key": None, "label": None, "count": facet["missing"]}] if facet["missing"] else []
    assert groups == facet["values"] + missing
    assert (found["count"], found["moreGroups"]) == (first["totalCount"], facet["more"])
    assert second["aggregate"] == found
    assert second["edges"] != first["edges"]


async def test_numbers_stand_without_groups_and_twice_with_different_ones(service: QueryService) -> None:
    document = f"""query ($by: SearchFacet, $none: SearchFacet) {{ search(text: "heat") {{
      totalCount plain: aggregate(groupBy: $none) {{ {NUMBERS} }}
      one: aggregate(groupBy: $by) {{ __typename {NUMBERS} groups {{ __typename key score {{ __typename }} }} }}
      other: aggregate(groupBy: TYPE) {{ groups {{ key }} }}
    }} }}"""

    found = (await answered(service, document, by="COUNTRY", none=None))["search"]
    again = (await answered(service, document, by="FIELD"))["search"]

    one = found["one"]
    assert found["plain"] == {name: one[name] for name in ("count", "score")} == numbers([*(await scores(service, "heat")).values()])
    assert (one["__typename"], one["groups"][0]["__typename"]) == ("SearchAggregate", "SearchGroup")
    assert one["groups"][0]["score"] == {"__typename": "NumberAggregate"}
    assert len({str(each) for each in (one["groups"], again["one"]["groups"], found["other"]["groups"])}) == 3
    assert again["plain"] == found["plain"]


@pytest.mark.parametrize("text", ["", "!", "xyzxyz"])
async def test_where_nothing_is_found_there_are_no_numbers_rather_than_zeros(service: QueryService, text: str) -> None:
    found = (await answered(service, COUNTED, text=text, by="COUNTRY"))["search"]["aggregate"]

    nothing = {"min": None, "max": None, "sum": None, "mean": None, "median": None, "missing": 0, "count": 0}
    assert found == {"count": 0, "score": nothing, "groups": [], "moreGroups": 0}


async def test_of_a_search_that_was_truncated_those_are_counted_that_were_looked_at(service: QueryService) -> None:
    looked_at = await scores(service, "c", types=["NEED"])

    found = (await answered(service, COUNTED, text="c", by="TYPE", types=["NEED"]))["search"]

    assert (found["totalCount"], found["truncated"]) == (None, True)
    assert found["aggregate"]["groups"] == [{"key": "NEED", "label": "Need", **numbers([*looked_at.values()])}]
    assert found["aggregate"]["count"] == len(looked_at) > 20


@pytest.mark.parametrize("asked", ["groups { key }", "moreGroups"])
@pytest.mark.parametrize("argument", ["", "(groupBy: null)", "(groupBy: $by)"])
async def test_groups_without_a_facet_to_group_by_are_refused_as_those_of_other_lists(
    service: QueryService, argument: str, asked: str
) -> None:
    of_list = await refused(service, f"{{ pilots {{ aggregate {{ {asked} }} }} }}")
    variables = "query ($by: SearchFacet) " if "$" in argument else ""

    error = await refused(service, f'{variables}{{ search(text: "heat") {{ aggregate{argument} {{\n {asked} }} }} }}')

    assert {**error, "locations": None} == {**of_list, "locations": None}
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["locations"] == [{"line": 2, "column": 2}]
