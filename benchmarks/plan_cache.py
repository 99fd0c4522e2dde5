"""A plan that is kept: from the request to the statement that goes to the database."""

import time
from collections.abc import Sequence
from statistics import median

from benchmarks import questions
from benchmarks.figures import Figure
from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.cypher import Statement
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings

TURNS = 7
TIMES = 2_000


class _NoGraph:
    """Answers at once, with nothing."""

    async def read(self, _statement: Statement) -> list[list[None]]:
        return [[None]]

    def alive(self) -> bool:
        return True


async def measure() -> Sequence[Figure]:
    """Microseconds to find the plan of a known document, with variables."""
    domain = load_domain()
    service = QueryService(_NoGraph(), domain, build_schema(domain), Settings())  # type: ignore[arg-type]
    return [
        Figure(f"plan cache hit, {name}", " µs", await _hits(service, document), "at most", 50)
        for name, document in (("nested read", questions.NESTED), ("page of 20", questions.PAGE))
    ]


async def _hits(service: QueryService, document: str) -> tuple[float, ...]:
    request = Request(document, variables={"first": 50, "except": "none"} if "$first" in document else {"except": "none"})
    await service.query(request)
    found = []
    for _ in range(TURNS):
        times = []
        for _ in range(TIMES):
            began = time.perf_counter()
            await _statement(service, request)
            times.append(time.perf_counter() - began)
        found.append(1e6 * median(times))
    return tuple(found)


async def _statement(service: QueryService, request: Request) -> Statement:
    """The story of a query as far as its statement."""
    document = service._documents.get(request.document)
    assert document
    operation = document.operation(request.operation_name)
    variables = service._coerced(operation, request.variables)
    prepared = await service._prepared(document, operation, variables, request.viewer)
    return prepared.without_totals.bind(variables)
