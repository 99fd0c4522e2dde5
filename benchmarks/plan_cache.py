"""A plan that is kept: from the request to the statement that goes to the database."""

import time
from collections.abc import Sequence
from statistics import median
from typing import Any

from benchmarks import questions
from benchmarks.figures import Figure
from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.cypher import Statement
from server.dialects.neo4j import NEO4J
from server.operations.preparation import Preparation
from server.operations.request import Request
from server.settings import Settings

TURNS = 7
TIMES = 2_000


async def measure() -> Sequence[Figure]:
    """Microseconds to find the plan of a known document, with variables."""
    domain = load_domain()
    preparation = Preparation(domain, build_schema(domain), Settings(), NEO4J.reads_together_from)
    return [
        Figure(
            f"plan cache hit, {name}",
            " µs",
            await _hits(preparation, document, variables),
            "at most",
            50,
            "request to statement, in process",
        )
        for name, document, variables in (
            ("nested read", questions.BUSHY, {"first": 50, "except": "none"}),
            ("page of 20", questions.PAGE, {"except": "none"}),
        )
    ]


async def _hits(preparation: Preparation, document: str, variables: dict[str, Any]) -> tuple[float, ...]:
    request = Request(document, variables=variables)
    await _statement(preparation, request)
    found = []
    for _ in range(TURNS):
        times = []
        for _ in range(TIMES):
            began = time.perf_counter()
            await _statement(preparation, request)
            times.append(time.perf_counter() - began)
        found.append(1e6 * median(times))
    return tuple(found)


async def _statement(preparation: Preparation, request: Request) -> Statement:
    question = await preparation.understand(request)
    return question.prepared.reading.without_totals.bind(question.variables)
