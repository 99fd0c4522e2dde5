"""Any valid document has, on every store, the very answer that the oracle works out over plain dictionaries."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from graphql import parse, validate
from hypothesis import HealthCheck, given, note, reject, settings

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.bundled import mission_package
from server.cypher import Statement
from server.exchange.load import load_package
from server.graph import Graph
from server.migrations import migrate
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings
from tests.oracle.awkward import write_awkward_package
from tests.oracle.documents import Question, questions
from tests.oracle.executor import Oracle
from tests.oracle.package import read_world
from tests.oracle.selections import AIMS
from tests.soaking import SOAKING
from tests.stores import PATIENT, Store, opened

# Of each of the two worlds, on each store; on the newest Neo4j, which takes the same statements as the one before, a few.
EXAMPLES = 5_000 if SOAKING else 50
FEW = 5_000 if SOAKING else 24
UNANSWERED = 0.05
"""The share of documents that a store may refuse because it takes too long: drawn ones are stranger than those people write."""
SECONDS = 4 * 3600 if SOAKING else 600

DOMAIN = load_domain()
SCHEMA = build_schema(DOMAIN)
Ask = Callable[[Question], Any]


@pytest.fixture
async def graph(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Graph]:
    """An empty graph. An embedded database is started for it: its parser never forgets, and no test after this one shall find it full."""
    if store.database is None:
        async with store.clean_graph() as graph:
            yield graph
        return
    async with opened(store.name, tmp_path_factory.mktemp("own")) as own, own.graph() as graph:
        yield graph


@pytest.mark.neo4j_2026
@pytest.mark.timeout(SECONDS)
# Strange statements by the thousand have the embedded database started again now and then, and the driver leaves it to
# Python to close a socket whose opening is given up meanwhile.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("world", ["awkward", "mission"])
async def test_every_answer_is_that_of_the_oracle(world: str, store: Store, graph: Graph, tmp_path: Path) -> None:
    folder = mission_package() if world == "mission" else tmp_path
    await migrate(graph, DOMAIN)
    if world == "awkward":
        write_awkward_package(folder, DOMAIN, early=True)
        await load_package(graph, DOMAIN, folder)
        write_awkward_package(folder, DOMAIN)
    await load_package(graph, DOMAIN, folder)
    oracle = await oracle_beside(graph, folder)
    service = QueryService(graph, DOMAIN, SCHEMA, Settings())
    loop = asyncio.get_running_loop()

    def ask(question: Question) -> Any:
        request = Request(question.document, question.operation_name, question.variables)
        return asyncio.run_coroutine_threadsafe(service.query(request), loop).result(3 * PATIENT)

    await asyncio.to_thread(agree, oracle, ask, FEW if store.name == "neo4j_2026" else EXAMPLES)


async def oracle_beside(graph: Graph, folder: Path) -> Oracle:
    """An oracle over the same package; what differs from load to load it asks the graph once."""
    world = read_world(folder, DOMAIN)
    told = await graph.read_all(Statement("MATCH (n:Record) RETURN n.id, n.createdAt, n.updatedAt, n.revision"))
    assert {each[0] for each in told} == world.records.keys()
    for record_id, created, updated, revision in told:
        world.records[record_id] |= {"createdAt": created, "updatedAt": updated, "revision": revision}
    return Oracle(world, DOMAIN, SCHEMA)


def agree(oracle: Oracle, ask: Ask, examples: int) -> None:
    """Ask both the same questions, whatever they are about; hypothesis makes one on which they differ as small as it can."""
    unanswered: list[str] = []

    def asked(question: Question) -> Any:
        answer = asked_until_there(ask, question)
        if [error["extensions"]["code"] for error in answer.errors] == ["EXECUTION_TIMEOUT"]:
            unanswered.append(question.document)
            reject()
        return answer

    for aim in AIMS:
        agree_about(aim, oracle, asked, examples * 2 // 5 if aim == "" else examples // 12)
    assert len(unanswered) <= UNANSWERED * examples, unanswered


def asked_until_there(ask: Ask, question: Question) -> Any:
    """The answer; after thousands of new statements the embedded database is out of memory now and then and starts again."""
    for _ in range(20):
        answer = ask(question)
        if [error["extensions"]["code"] for error in answer.errors] != ["GRAPH_UNAVAILABLE"]:
            break
        time.sleep(0.5)
    return answer


def agree_about(aim: str, oracle: Oracle, ask: Ask, examples: int) -> None:
    """Ask both the same questions about something: few, because hypothesis keeps near to what it has asked already."""

    @settings(max_examples=examples, deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck))
    @given(questions(oracle, aim))
    def agrees(question: Question) -> None:
        note(f"{question.document}\n\nvariables: {orjson.dumps(question.variables).decode()}")
        expected = oracle.answer(question.document, question.variables, question.operation_name)
        assert not validate(oracle.schema, parse(question.document))
        assert not expected.errors

        answer = ask(question)

        assert not answer.errors, answer.errors
        if orjson.dumps(answer.data) != orjson.dumps(expected.data):
            raise AssertionError(first_difference(expected.data, answer.data))

    agrees()


def first_difference(expected: Any, got: Any, path: str = "data") -> str:
    """Where two answers part, in words."""
    if isinstance(expected, dict) and isinstance(got, dict) and list(expected) == list(got):
        pairs = [(f"{path}.{name}", expected[name], got[name]) for name in expected]
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        pairs = [(f"{path}[{place}]", one, other) for place, (one, other) in enumerate(zip(expected, got, strict=True))]
    else:
        return f"at {path} the oracle has {orjson.dumps(expected).decode()}, the store {orjson.dumps(got).decode()}"
    return next(first_difference(one, other, where) for where, one, other in pairs if orjson.dumps(one) != orjson.dumps(other))
