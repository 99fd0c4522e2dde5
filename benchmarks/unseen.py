"""Questions that Neo4j has not seen: their statements have to be planned first."""

import time
from collections.abc import Mapping, Sequence

from benchmarks.databases import MISSION, opened
from benchmarks.figures import Figure
from benchmarks.in_process import service_on
from server.operations.query import QueryService
from server.operations.request import Request

WARM = (
    "{ cities(first: 3) { nodes { name pilots(first: 2) { nodes { title } } } } }",
    "{ pilots(first: 3) { nodes { title cities(first: 2) { nodes { name networks { totalCount } } totalCount } } } }",
    "{ innovations(first: 3, where: {transfers: {some: {year: {gte: 2020}}}}) { nodes { title replicationCount } } }",
)
_LEVELS = "first: 3, orderBy: [{evidenceLevel: DESC}]"
_SINGLE = "{transfersGiven: {single: {sourcePilots: {single: {replicationCountries: {gte: 1}}}}}}"
UNSEEN: Mapping[str, str] = {
    "an order by level": f"{{ innovations({_LEVELS}) {{ nodes {{ slug }} pageInfo {{ endCursor }} }} }}",
    "the same below pilots": f"{{ pilots(first: 3) {{ nodes {{ innovations({_LEVELS}) {{ edges {{ cursor }} }} }} }} }}",
    "a count within a filter": "{ pilots(where: {replicationCountries: {gte: 1}}, last: 1) { totalCount } }",
    "filters within filters": f"{{ pilots(where: {_SINGLE}, last: 1) {{ totalCount }} }}",
    "the same below cities": f"{{ cities(first: 3) {{ nodes {{ pilots(where: {_SINGLE}, last: 1) {{ totalCount }} }} }} }}",
}


async def measure() -> Sequence[Figure]:
    """The first answer to each, a few easier ones having been answered."""
    figures = []
    async with opened("neo4j", MISSION) as database, database.graph(300.0) as graph:
        service = service_on(graph)
        for document in WARM:
            await _seconds(service, document)
        for name, document in UNSEEN.items():
            figures.append(Figure(f"first answer to {name}, neo4j, mission", " s", (await _seconds(service, document),)))
    return figures


async def _seconds(service: QueryService, document: str) -> float:
    began = time.perf_counter()
    answer = await service.query(Request(document))
    assert not answer.errors, answer.errors
    return time.perf_counter() - began
