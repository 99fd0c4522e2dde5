"""One request is one statement, one round trip and one record."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from server.cypher import Statement
from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request
from tests.goldens import EXAMPLES, documents

# Where `where` narrows what a measure chooses from, the chosen records are read when it has been answered.
NARROWED = {"similar-cities"}
DOCUMENTS = [*documents(), *sorted(EXAMPLES.glob("*.graphql"))]


@contextmanager
def watched(graph: Graph) -> Iterator[list[Statement]]:
    """Every statement that is sent while it lasts."""
    sent: list[Statement] = []
    graph.observers.append(sent.append)
    try:
        yield sent
    finally:
        graph.observers.clear()


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if "# variables" not in path.read_text()], ids=lambda path: path.stem)
async def test_a_request_sends_one_statement(mission: Graph, service: QueryService, document: Path) -> None:
    text = await asyncio.to_thread(document.read_text)
    # What measures choose from is read once for each revision of the graph.
    await service.query(Request(text))

    with watched(mission) as sent:
        answer = await service.query(Request(text))

    assert answer.errors == ()
    assert len(sent) == (2 if document.stem in NARROWED else 1)


async def test_a_known_number_of_records_costs_no_second_statement(mission: Graph, service: QueryService) -> None:
    request = Request("{ cities(first: 1) { totalCount } }")
    first = await service.query(request)

    with watched(mission) as sent:
        again = await service.query(request)

    assert again.data == first.data == {"cities": {"totalCount": 769}}
    assert len(sent) == 1
    assert "COUNT" not in sent[0].text


async def test_identical_reads_in_flight_share_one_trip(mission: Graph, service: QueryService) -> None:
    request = Request('{ city(slug: "lund") { name } }')
    await service.query(request)

    with watched(mission) as sent:
        answers = await asyncio.gather(*(service.query(request) for _ in range(20)))

    assert {answer.data["city"]["name"] for answer in answers} == {"Lund"}
    assert len(sent) == 1


async def test_a_client_that_goes_away_does_not_take_the_answer_of_others(service: QueryService) -> None:
    request = Request("{ cities(first: 100) { nodes { name pilots { totalCount } } } }")
    impatient, patient = (asyncio.create_task(service.query(request)) for _ in range(2))
    await asyncio.sleep(0)

    impatient.cancel()
    answer = await patient

    assert len(answer.data["cities"]["nodes"]) == 100


async def test_questions_about_the_schema_alone_do_not_reach_the_graph(mission: Graph, service: QueryService) -> None:
    with watched(mission) as sent:
        answer = await service.query(Request("{ __typename __schema { queryType { name } } }"))

    assert answer.data == {"__typename": "Query", "__schema": {"queryType": {"name": "Query"}}}
    assert sent == []


async def test_the_definitions_of_the_measures_used_come_with_an_answer_that_asks_for_them(service: QueryService) -> None:
    document = "{ transfers(first: 1, where: {jointAttribution: {eq: true}}) { nodes { counts note } } }"

    answer = await service.query(Request(document, extensions={"definitions": True}))

    assert answer.extensions == {"definitions": {"counts": "1", "jointAttribution": "1"}}


@pytest.mark.parametrize("of", ["innovations", "pilots"])
@pytest.mark.parametrize("asked", ["{ nodes { firstCity { slug } } }", '(where: {firstCity: {slug: {eq: "lund"}}}) { totalCount }'])
async def test_a_record_that_a_measure_defines_comes_with_its_definition(of: str, asked: str, service: QueryService) -> None:
    answer = await service.query(Request(f"{{ {of}{asked} }}", extensions={"definitions": True}))

    assert answer.extensions == {"definitions": {"firstCity": "1"}}


async def test_the_revision_comes_with_any_answer_that_asks_for_it(service: QueryService) -> None:
    answer = await service.query(Request('{ city(slug: "lund") { name } }', extensions={"revision": True}))

    assert answer.extensions["revision"] >= 1
