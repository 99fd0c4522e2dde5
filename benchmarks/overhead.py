"""What we add to the driver: the same statement through our service and through the bare driver, in one process, in turns."""

import time
from collections.abc import Sequence
from statistics import median
from typing import Any

import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase

from benchmarks import questions
from benchmarks.databases import MISSION, opened
from benchmarks.figures import Figure
from benchmarks.in_process import service_on
from server.cli.running import spare_the_collector
from server.cypher import Statement
from server.graph import Graph
from server.operations.request import Request
from tests.neo4j_server import USER

TURNS = 5
TIMES = 60
WARM = 40


async def measure(store: str = "neo4j") -> Sequence[Figure]:
    """Our time by the bare driver's, for the nested read and for the page of 20; Python is set up as in the service's own process."""
    spare_the_collector()
    async with opened(store, MISSION) as database, database.graph() as graph:
        address = graph.address
        where = address.resolve() if address.resolve else None
        uri = f"bolt://{where[0]}:{where[1]}" if where else address.uri
        async with AsyncGraphDatabase.driver(uri, auth=(address.user if where else USER, address.password())) as driver:
            nested = {name: await _ratio(graph, driver, each.ours, {"first": each.first}) for name, each in questions.NESTED.items()}
            page = await _ratio(graph, driver, questions.PAGE, {})
        return [
            *(
                Figure(f"time in process, {name} nested read: ours / bare driver", "×", ratio, "at most", 1.15, database.version)
                for name, ratio in nested.items()
            ),
            Figure("time in process, page of 20 × 5: ours / bare driver", "×", page, "at most", None, database.version),
        ]


async def _ratio(graph: Graph, driver: AsyncDriver, document: str, variables: dict[str, Any]) -> tuple[float, ...]:
    service = service_on(graph)
    sent: list[Statement] = []
    graph.observers.append(sent.append)
    request = Request(document, variables={**variables, "except": "none-0"})
    for _ in range(WARM):
        (await service.query(request)).encode()
    statement = sent[-1]
    graph.observers.clear()
    found = []
    for _ in range(TURNS):
        own, theirs = [], []
        for _ in range(TIMES):
            began = time.perf_counter()
            (await service.query(request)).encode()
            between = time.perf_counter()
            await _bare(driver, graph.address.database, statement)
            own.append(between - began)
            theirs.append(time.perf_counter() - between)
        found.append(median(own) / median(theirs))
    return tuple(found)


async def _bare(driver: AsyncDriver, database: str, statement: Statement) -> bytes:
    async with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        record = await (await session.run(statement.text, dict(statement.parameters))).single()
        return orjson.dumps(list(record or ()))
