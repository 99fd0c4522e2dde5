"""Pages as the graph grows: on Neo4j the time must not grow with it, on the embedded store not beyond its bounds."""

import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from statistics import median
from typing import Any

from benchmarks import questions
from benchmarks.client import FIRST_TRIES
from benchmarks.databases import MOST_SOURCES, SOURCES, opened
from benchmarks.figures import Figure, ratios
from benchmarks.in_process import service_on
from benchmarks.synthetic import slug_of
from benchmarks.turns import in_turns
from server.operations.query import QueryService
from server.operations.request import Request

PAGES = 16
TURNS = 7
# Turns until Java has compiled what a page runs through, in each of three databases.
WARM = 20
SCALES = ("1x", "10x", "100x")
PAGE = 20
PAGE_50_000 = 50_000


async def growing(store: str = "neo4j") -> Sequence[Figure]:
    """p50 of a page of 20 with three levels, at 1×, 10× and 100×, on Neo4j."""
    async with AsyncExitStack() as stack:
        services = {scale: await _service(stack, store, scale) for scale in SCALES}
        figures: list[Figure] = []
        for name, document in {**questions.THREE_LEVELS, **questions.FILTERED}.items():
            ways = {scale: partial(_p50, service, await _along(service, document)) for scale, service in services.items()}
            found = await in_turns(ways, TURNS, warm=WARM)
            figures += [Figure(f"page of 20, 3 levels, {name}, {store}, {scale}", " ms", tuple(found[scale])) for scale in SCALES]
            for scale in SCALES[1:]:
                ratio = ratios(found[scale], found["1x"])
                figures.append(
                    Figure(
                        f"page of 20, 3 levels, {name}, {store}: {scale} / 1x",
                        "×",
                        ratio,
                        "at most",
                        None if name in questions.FILTERED else 1.3,
                    )
                )
        return figures


async def embedded() -> Sequence[Figure]:
    """p50 of a page of 20 with three levels on the embedded store, at 1× and 10×."""
    figures = []
    for scale, most in (("1x", 5.0), ("10x", 20.0)):
        async with AsyncExitStack() as stack:
            service = await _service(stack, "embedded", scale)
            for name, document in questions.THREE_LEVELS.items():
                requests = await _along(service, document)
                found = await in_turns({name: partial(_p50, service, requests)}, TURNS, warm=8)
                figures.append(Figure(f"page of 20, 3 levels, {name}, embedded, {scale}", " ms", tuple(found[name]), "at most", most))
    return figures


async def deep() -> Sequence[Figure]:
    """Page 50,000 beside page 1 on Neo4j, 20 records a page."""
    slugs = sorted(slug_of("Source", number) for number in range(MOST_SOURCES))
    async with AsyncExitStack() as stack:
        service = await _service(stack, "neo4j", SOURCES)
        before = [await _cursor_of(service, slugs[PAGE * page - 1]) for page in range(PAGE_50_000 - PAGES, PAGE_50_000)]
        near = await _along(service, questions.SOURCES_PAGE)
        far = [Request(questions.SOURCES_PAGE, variables={"after": cursor}) for cursor in before]
        (last,) = await _rows(service, far[-1])
        assert [each["slug"] for each in last["nodes"]] == slugs[PAGE * (PAGE_50_000 - 1) : PAGE * PAGE_50_000]
        found = await in_turns({"1": partial(_p50, service, near), "50,000": partial(_p50, service, far)}, TURNS, warm=4)
    how = f"pages {PAGE_50_000 - PAGES + 1:,} to {PAGE_50_000:,} of {MOST_SOURCES:,} sources beside pages 1 to {PAGES}"
    return [
        Figure("page 1 of 20", " ms", tuple(found["1"]), how=how),
        Figure("page 50,000 of 20", " ms", tuple(found["50,000"]), how=how),
        Figure("page 50,000 / page 1, neo4j", "×", ratios(found["50,000"], found["1"]), "at most", 1.2, how),
    ]


async def _service(stack: AsyncExitStack, store: str, holding: str) -> QueryService:
    database = await stack.enter_async_context(opened(store, holding))
    graph = await stack.enter_async_context(database.graph())
    return service_on(graph)


async def _along(service: QueryService, document: str) -> list[Request]:
    """The requests for page after page, from the first on."""
    requests = [Request(document)]
    while len(requests) < PAGES:
        (found,) = await _rows(service, requests[-1])
        assert len(found["nodes"]) == PAGE
        requests.append(Request(document, variables={"after": found["edges"][-1]["cursor"]}))
    return requests


async def _cursor_of(service: QueryService, slug: str) -> str:
    (found,) = await _rows(service, Request(questions.SOURCE_CURSOR, variables={"slug": slug}))
    cursor: str = found["edges"][0]["cursor"]
    return cursor


async def _rows(service: QueryService, request: Request) -> Sequence[Mapping[str, Any]]:
    for _ in range(FIRST_TRIES):
        answer = await service.query(request)
        if not answer.errors:
            return list(answer.data.values())
    raise AssertionError(answer.errors)


async def _p50(service: QueryService, requests: Sequence[Request]) -> float:
    """The median time to an answer as bytes, in milliseconds."""
    times = []
    for request in requests:
        began = time.perf_counter()
        (await service.query(request)).encode()
        times.append(1_000 * (time.perf_counter() - began))
    return median(times)
