"""The story of a query: a document, a plan, one statement, one record, an answer."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import GraphQLSchema

from graph_schema.domain import Domain
from server.errors import Refusal
from server.graph import Graph
from server.operations.answer import Answer, masked, refused
from server.operations.fetching import revision_of
from server.operations.overview import ASKED, Overview, overview
from server.operations.preparation import Preparation, Question
from server.operations.reads import Reads
from server.operations.request import Request
from server.settings import Settings

# Answers that may be of more records than this are shaped in a thread: about twenty milliseconds of work, if all of them come.
HEAVY_COST = 20_000


class QueryService:
    """Answers queries over one graph."""

    def __init__(self, graph: Graph, domain: Domain, schema: GraphQLSchema, settings: Settings) -> None:
        self._graph = graph
        self._domain = domain
        self._preparation = Preparation(domain, schema, settings, graph.dialect.reads_together_from)
        self._reads = Reads(graph, domain, settings.limits)

    async def query(self, request: Request) -> Answer:
        """The answer to one request; whatever goes wrong is an answer too."""
        try:
            return await self._answer(request)
        except Refusal as refusal:
            return refused(refusal)
        except Exception as stranger:  # noqa: BLE001 - the one place where what nobody foresaw becomes an answer
            return masked(stranger)

    async def ready(self) -> bool:
        """Whether the graph answers now."""
        return self._graph.alive()

    async def overview(self) -> Overview:
        """What the graph holds at its present revision."""
        return overview((await self._answer(Request(ASKED))).data, self._domain)

    async def _answer(self, request: Request) -> Answer:
        question = await self._preparation.understand(request)
        record: list[Any] = [None]
        totals: Mapping[str, int] = {}
        if question.prepared.reading.needs_graph or _asks(request, "revision"):
            read = await self._reads.read(question, request.viewer)
            question, record, totals = read.question, read.record, read.totals
        answer = await _shaped(question, record, totals)
        extensions = _extensions(request, question, record)
        return replace(answer, extensions=extensions) if extensions else answer


async def _shaped(question: Question, record: list[Any], totals: Mapping[str, int]) -> Answer:
    shaped = question.prepared.answer
    if question.prepared.reading.cost > HEAVY_COST:
        return await asyncio.to_thread(shaped, record, question.variables, totals)
    return shaped(record, question.variables, totals)


def _extensions(request: Request, question: Question, record: list[Any]) -> Mapping[str, Any]:
    """What the request asked for beside the data."""
    revision = {"revision": revision_of(record)} if _asks(request, "revision") else {}
    definitions = {"definitions": question.prepared.reading.definitions} if _asks(request, "definitions") else {}
    return {**revision, **definitions}


def _asks(request: Request, extension: str) -> bool:
    return request.extensions.get(extension) is True
