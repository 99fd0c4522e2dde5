"""An answer is remembered for as long as the graph stays as it is, and the graph itself says whether it does."""

from typing import Any

import pytest

from server.cypher import Statement
from server.graph import Graph
from server.migrations import migrate
from server.operations.answer import Answer
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings
from server.viewer import Viewer
from tests.examples import DOMAIN, a_record
from tests.operations.conftest import SCHEMA

NAMES = Request("query ($first: Int = 5) { cities(first: $first) { totalCount nodes { name } } service { revision } }")


@pytest.fixture
async def cities(graph: Graph) -> Graph:
    await migrate(graph, DOMAIN)
    for slug in ("lund", "malmo"):
        await a_record(graph, "City", slug)
    return graph


def a_service(graph: Graph, **settings: Any) -> QueryService:
    return QueryService(graph, DOMAIN, SCHEMA, Settings(**settings))


async def renamed(graph: Graph, slug: str, name: str, *, raised: int = 1) -> None:
    """A change as every writer makes one: the record, then the revision, in one transaction."""
    text = "MATCH (n:`City` {slug: $slug}) MATCH (g:`Graph`) SET n.name = $name, g.revision = coalesce(g.revision, 0) + $raised"

    async def work(tx: Any) -> None:
        await tx.run(Statement(text, {"slug": slug, "name": name, "raised": raised}))

    await graph.write(work)


def names(answer: Answer) -> list[str]:
    return [each["name"] for each in answer.data["cities"]["nodes"]]


async def test_an_equal_question_is_one_statement_that_reads_nothing(cities: Graph) -> None:
    service = a_service(cities)
    await renamed(cities, "lund", "Lund")
    first = await service.query(NAMES)
    sent: list[Statement] = []
    cities.observers.append(sent.append)

    again = await service.query(NAMES)

    cities.observers.pop()
    assert again is first
    assert [await cities.find(each) for each in sent] == [None]
    assert again.encode() == Answer(first.data).encode()


async def test_after_a_change_the_answer_is_a_new_one(cities: Graph) -> None:
    service = a_service(cities)
    await renamed(cities, "lund", "Lund")
    before = await service.query(NAMES)

    await renamed(cities, "lund", "Lund in Skåne")
    after = await service.query(NAMES)

    assert (names(before), names(after)) == (["Lund", "malmo"], ["Lund in Skåne", "malmo"])
    assert after.data["service"]["revision"] == before.data["service"]["revision"] + 1


async def test_a_graph_set_back_to_an_older_revision_is_read_as_well(cities: Graph) -> None:
    service = a_service(cities)
    await renamed(cities, "lund", "Lund", raised=5)
    await service.query(NAMES)

    await renamed(cities, "lund", "as it was", raised=-3)

    assert names(await service.query(NAMES)) == ["as it was", "malmo"]


async def test_other_values_and_other_viewers_have_answers_of_their_own(cities: Graph) -> None:
    service = a_service(cities)
    await renamed(cities, "lund", "Lund")

    all_of_them = await service.query(NAMES)
    one = await service.query(Request(NAMES.document, variables={"first": 1}))
    for_a_reviewer = await service.query(Request(NAMES.document, viewer=Viewer(frozenset({"REVIEWER"}))))

    assert (names(all_of_them), names(one)) == (["Lund", "malmo"], ["Lund"])
    assert for_a_reviewer is not all_of_them
    assert await service.query(NAMES) is all_of_them


async def test_the_revision_comes_with_a_remembered_answer_too(cities: Graph) -> None:
    service = a_service(cities)
    await renamed(cities, "lund", "Lund")
    plain = await service.query(NAMES)

    asked = await service.query(Request(NAMES.document, extensions={"revision": True}))

    assert asked.data == plain.data
    assert asked.extensions == {"revision": plain.data["service"]["revision"]}
    assert b'"extensions":{"revision":' in asked.encode()


@pytest.mark.parametrize("most", [0, 4_000])
async def test_what_is_too_large_or_not_wanted_is_not_remembered(cities: Graph, most: int) -> None:
    service = a_service(cities, answer_cache_bytes=most)
    await renamed(cities, "lund", "L" * 200)
    first = await service.query(NAMES)

    again = await service.query(NAMES)

    assert again is not first
    assert again.data == first.data


async def test_memory_is_bounded(cities: Graph) -> None:
    service = a_service(cities, answer_cache_bytes=20_000)
    await renamed(cities, "lund", "Lund")
    first = await service.query(NAMES)

    for number in range(1, 60):
        await service.query(Request(NAMES.document, variables={"first": number}))

    assert await service.query(NAMES) is not first
    assert names(await service.query(NAMES)) == ["Lund", "malmo"]


async def test_long_documents_weigh_as_well(cities: Graph) -> None:
    service = a_service(cities, answer_cache_bytes=300_000)
    await renamed(cities, "lund", "Lund")
    first = await service.query(NAMES)

    for number in range(15):
        await service.query(Request(f'{{ city(slug: "lund") {{ slug }} }} # {number} {"long " * 5_000}'))

    assert await service.query(NAMES) is not first


async def test_a_graph_without_a_revision_answers(cities: Graph) -> None:
    async def work(tx: Any) -> None:
        await tx.run(Statement("MATCH (g:`Graph`) REMOVE g.revision"))

    await cities.write(work)
    service = a_service(cities)

    first, again = await service.query(NAMES), await service.query(NAMES)

    assert first.data == again.data
    assert first.data["service"]["revision"] == 0
