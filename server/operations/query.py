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
from server.operations.overview import ASKED, Overview, overview
from server.operations.preparation import Preparation, Question
from server.operations.reads import Read, Reads
from server.operations.remembering import Remembered, Remembering
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
        self._remembering = Remembering(settings.answer_cache_bytes)

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
        told = await self._told(question, request)
        extensions = _extensions(request, question, told.revision)
        return replace(told.answer, extensions=extensions) if extensions else told.answer

    async def _told(self, question: Question, request: Request) -> Remembered:
        """The answer, and the revision of the graph that it tells of."""
        known = self._remembering.recall(question)
        if known:
            read = await self._reads.read_unless(known.revision, question, request.viewer)
            if read is None:
                return known
        elif question.prepared.reading.needs_graph or _asks(request, "revision"):
            read = await self._reads.read(question, request.viewer)
        else:
            read = Read(question, [None], {})
        return Remembered(self._remembering.remember(question, await _shaped(read), read.revision), read.revision)


async def _shaped(read: Read) -> Answer:
    shaped, variables = read.question.prepared.answer, read.question.variables
    if read.question.prepared.reading.cost > HEAVY_COST:
        return await asyncio.to_thread(shaped, read.record, variables, read.totals)
    return shaped(read.record, variables, read.totals)


def _extensions(request: Request, question: Question, revision: int) -> Mapping[str, Any]:
    """What the request asked for beside the data, and the terms without which some data does not leave."""
    revision_asked = {"revision": revision} if _asks(request, "revision") else {}
    definitions = {"definitions": question.prepared.reading.definitions} if _asks(request, "definitions") else {}
    attribution = {"attribution": question.prepared.reading.terms} if question.prepared.reading.terms else {}
    return {**revision_asked, **definitions, **attribution}


def _asks(request: Request, extension: str) -> bool:
    return request.extensions.get(extension) is True
