"""What is worked out of many records: lineages, similar cities, replicable innovations, paths, the whole network."""

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from statistics import median
from typing import Any

from benchmarks.databases import MISSION, opened
from benchmarks.figures import Figure
from benchmarks.in_process import service_on
from benchmarks.synthetic import slug_of
from benchmarks.turns import in_turns
from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request

TURNS = 5
TIMES = 12
STORES = ("embedded", "neo4j")

LINEAGE = """query($of: String!) { innovation(slug: $of) { title lineage { roots { name }
  steps(first: 1000) { generation joint from { name } to { name country { name } } transfer { year kind degree outcome } }
  measures { cities countries depth width structuralVirality } violations { kind } } } }"""
SIMILAR = """query($of: String!) { city(slug: $of) { similarCities(first: 10) { leftOut
  nodes { distance missing parts { feature distance mine theirs } sharedNetworks { name } city { name country { name } } } } } }"""
REPLICABLE = """query($of: String!) { city(slug: $of) { replicableInnovations(first: 10) { fit parts { name value weight reason } missing
  innovation { title } adopters { name } lessons { title } } } }"""
PATHS = """query($from: String!, $to: String!, $same: Boolean!) { replicationPaths(from: $from, to: $to, sameInnovation: $same) {
  truncated nodes { length cities { name } transfers { year } } } }"""
NETWORK = "{ transferNetwork { transfers givingCities reciprocity sourceGini missingYears joint } }"
SEARCH = """query($text: String!) { search(text: $text, first: 10) { totalCount nodes { score highlights { field fragments } record {
   id ... on City { name country { name } } ... on Innovation { title } ... on Pilot { title } ... on Lesson { title } } } } }"""
COUNTED = """query($text: String!) { search(text: $text, first: 10) {
  totalCount facets(by: [TYPE, COUNTRY, FIELD]) { values { key count } } } }"""
SUGGEST = "query($text: String!) { suggest(text: $text, first: 8) { id type label highlight } }"
TYPED = {
    MISSION: ("malmo", "heat pump", "valensia", "climate contract", "Göteborg", '"positive energy"', "retrofit", "solar", "lodz"),
    "10x": ("heat roof innovation", "tram city 17", "solar school", "Śniardwy 300", "cargo lesson", "watre street", "lesson 4000"),
}
BEGUN = {
    MISSION: ("malm", "he", "göteb", "clim", "val", "kra", "net", "posit", "hels", "barcelno"),
    "10x": ("tra", "solar sch", "city 12", "śni", "heat ro", "büro inn", "cargoo", "home 3"),
}
BROKERS = "{ transferNetwork { transfers brokers { betweenness city { name } } } }"


async def measure() -> Sequence[Figure]:
    """Everything, on both stores; 100× on Neo4j alone."""
    figures: list[Figure] = []
    for store in STORES:
        async with _service(store, MISSION) as service:
            largest = await _largest(service)
            figures += await _p50s(service, store, MISSION, {"lineage of the largest innovation": (LINEAGE, [{"of": largest}], 30.0)})
        async with _service(store, "10x") as service:
            cities = [{"of": slug_of("City", number)} for number in range(TIMES)]
            asked = {"similar cities": (SIMILAR, cities, 30.0), "replicable innovations": (REPLICABLE, cities, 60.0)}
            figures += await _p50s(service, store, "10x", asked)
    async with opened("neo4j", "100x") as database, database.graph(60.0) as graph:
        figures += await _first(graph, "the whole network, the database just started", NETWORK, None, times=1)
        figures += await _first(graph, "the whole network", NETWORK, 2.0, times=TURNS)
        figures += await _first(graph, "the brokers of the whole network", BROKERS, None, times=1)
        figures += await _p50s(service_on(graph), "neo4j", "100x", _paths())
    return figures


async def search() -> Sequence[Figure]:
    """Searches, with facets and without, and suggestions, on both stores."""
    figures: list[Figure] = []
    for store in STORES:
        for scale, most in ((MISSION, 10.0), ("10x", 30.0)):
            texts, begun = ([{"text": text} for text in listed[scale]] for listed in (TYPED, BEGUN))
            asked = {"search": (SEARCH, texts, 20.0), "search with facets": (COUNTED, texts, None), "suggest": (SUGGEST, begun, most)}
            async with _service(store, scale) as service:
                figures += await _p50s(service, store, scale, asked)
    return figures


def _paths() -> Mapping[str, Any]:
    """Pairs of cities: any, within one innovation and across; none that could be reached is among them."""
    pairs = [(slug_of("City", number), slug_of("City", 9_000 - 7 * number)) for number in range(TIMES)]
    kinds = {
        "paths within one innovation": [{"from": start, "to": end, "same": True} for start, end in pairs],
        "paths across innovations": [{"from": start, "to": end, "same": False} for start, end in pairs],
    }
    return {name: (PATHS, variables, 100.0) for name, variables in kinds.items()}


async def _p50s(
    service: QueryService, store: str, scale: str, asked: Mapping[str, tuple[str, Sequence[Mapping[str, Any]], float | None]]
) -> list[Figure]:
    """The median time to an answer as bytes, in milliseconds, for each question."""
    ways = {
        name: partial(_p50, service, [Request(document, variables=dict(each)) for each in variables])
        for name, (document, variables, _) in asked.items()
    }
    found = await in_turns(ways, TURNS, warm=1)
    return [Figure(f"{name}, {store}, {scale}", " ms", tuple(found[name]), "at most", asked[name][2]) for name in asked]


async def _p50(service: QueryService, requests: Sequence[Request]) -> float:
    times = []
    for turn in range(TIMES):
        began = time.perf_counter()
        answer = await service.query(requests[turn % len(requests)])
        answer.encode()
        times.append(1_000 * (time.perf_counter() - began))
        assert not answer.errors, answer.errors
    return median(times)


async def _first(graph: Graph, of: str, document: str, wanted: float | None, *, times: int) -> list[Figure]:
    """The time to the first answer of a service that has read nothing yet, as after every change of the graph, in seconds."""
    found = []
    for _ in range(times):
        service = service_on(graph)
        began = time.perf_counter()
        answer = await service.query(Request(document))
        found.append(time.perf_counter() - began)
        assert not answer.errors, answer.errors
    return [Figure(f"first answer of {of}, neo4j, 100x", " s", tuple(found), "at most", wanted)]


async def _largest(service: QueryService) -> str:
    """The innovation with most transfers."""
    answer = await service.query(Request("{ innovations(first: 1, orderBy: [{transfers: {count: DESC}}]) { nodes { slug } } }"))
    slug: str = answer.data["innovations"]["nodes"][0]["slug"]
    return slug


@asynccontextmanager
async def _service(store: str, holding: str) -> AsyncIterator[QueryService]:
    async with opened(store, holding) as database, database.graph(60.0) as graph:
        yield service_on(graph)
