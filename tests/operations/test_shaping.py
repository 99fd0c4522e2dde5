"""A record becomes an answer: names, nulls, gaps, numbers of records."""

from typing import Any, cast

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.graph import Graph
from server.operations.answer import Answer
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings
from tests.fakes import FakeGraph

DOMAIN = load_domain()
SCHEMA = build_schema(DOMAIN)
REVISION = [7, None]


async def shaped(document: str, *parts: Any, totals: Any = None) -> Answer:
    graph = FakeGraph([*parts, totals, REVISION])
    return await QueryService(cast("Graph", graph), DOMAIN, SCHEMA, Settings()).query(Request(document))


async def test_names_and_types_are_those_of_the_document() -> None:
    answer = await shaped('{ mine: city(slug: "lund") { __typename called: name name } }', ["Lund", None])

    assert answer.data == {"mine": {"__typename": "City", "called": "Lund", "name": "Lund"}}


async def test_a_record_that_is_not_there_is_null() -> None:
    answer = await shaped('{ city(slug: "x") { name } }', None)

    assert (answer.data, answer.errors) == ({"city": None}, ())


async def test_a_gap_makes_the_nearest_field_null_that_may_be() -> None:
    # Columns stand in an order of their own: the innovation's row, then the slug.
    answer = await shaped('{ transfer(slug: "t") { slug innovation { title } } }', [[None, None], "t"])

    assert answer.data == {"transfer": {"slug": "t", "innovation": None}}
    assert [each["extensions"]["code"] for each in answer.errors] == ["GRAPH_INCONSISTENT"]
    assert "Innovation.title" in answer.errors[0]["message"]


async def test_a_gap_in_a_required_record_takes_the_record_with_it() -> None:
    answer = await shaped('{ transfer(slug: "t") { slug targetCity { name } } }', [None, "t"])

    assert answer.data == {"transfer": None}
    assert "Transfer.targetCity" in answer.errors[0]["message"]


async def test_a_gap_where_nothing_may_be_null_takes_all_data() -> None:
    answer = await shaped("{ cities { nodes { name } } }", [[None, None]])

    assert answer.data is None
    assert answer.errors


async def test_a_point_needs_both_degrees() -> None:
    answer = await shaped(
        '{ a: city(slug: "a") { location { longitude } } b: city(slug: "b") { location { longitude } } }',
        [[1.0, 2.0], None],
        [[None, None], None],
    )

    assert answer.data == {"a": {"location": {"longitude": 2.0}}, "b": {"location": None}}


async def test_numbers_of_records_are_counted_anew_when_the_graph_has_moved_on() -> None:
    counted, page = "{ cities(first: 1) { totalCount } }", [3, None]
    graph = FakeGraph([None, page, [1, None]], [None, None, [2, None]], [None, [4, None], [2, None]])
    service = QueryService(cast("Graph", graph), DOMAIN, SCHEMA, Settings())

    first = await service.query(Request(counted))
    second = await service.query(Request(counted))

    assert (first.data["cities"]["totalCount"], second.data["cities"]["totalCount"]) == (3, 4)
    assert ["COUNT" in each.text for each in graph.statements] == [True, False, True]


async def test_the_answer_of_a_backward_page_is_in_the_order_of_the_list() -> None:
    answer = await shaped(
        "{ cities(last: 2) { nodes { slug } pageInfo { hasPreviousPage hasNextPage } } }", [["c", None], ["b", None], ["a", None]]
    )

    assert answer.data["cities"]["nodes"] == [{"slug": "b"}, {"slug": "c"}]
    assert answer.data["cities"]["pageInfo"] == {"hasPreviousPage": True, "hasNextPage": False}
