"""The story of a query: a document, a plan, one statement, one record, an answer."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from graphql import GraphQLSchema
from graphql.execution.values import get_variable_values

from graph_schema.domain import Domain
from server.cypher import Statement
from server.errors import Refusal
from server.graph import Graph
from server.operations.about import ATTRIBUTIONS, about, program_version
from server.operations.answer import Answer, masked, refused
from server.operations.document import Document, Operation, Reader, coercion_failed, refuse_unless_query
from server.operations.kept import Kept
from server.operations.limits import check_variables
from server.operations.prepared import Kitchen, Prepared
from server.operations.request import Request
from server.operations.service import Overview
from server.reading.order import null_pattern
from server.reading.shaper import Gap
from server.reading.values import shape
from server.settings import Settings
from server.viewer import Viewer

# Variables heavier than this are coerced and bound in a thread, answers of more records shaped in one.
HEAVY_BYTES = 4_096
HEAVY_COST = 2_000
MOST_DOCUMENT_BYTES = 4_000_000
MOST_PLAN_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class _Totals:
    """How many records of each type there are, at a revision."""

    revision: int
    counts: Mapping[str, int]


class QueryService:
    """Answers queries over one graph. Documents and plans are kept and shared by all requests."""

    def __init__(self, graph: Graph, domain: Domain, schema: GraphQLSchema, settings: Settings) -> None:
        self._graph = graph
        self._domain = domain
        self._schema = schema
        self._limits = settings.limits
        self._reader = Reader(schema, settings.limits, introspection=settings.introspection == "on")
        self._kitchen = Kitchen(schema, domain, settings.limits, about(domain, settings.limits))
        self._documents: Kept[Document] = Kept(settings.plan_cache_size, MOST_DOCUMENT_BYTES)
        self._plans: Kept[Prepared] = Kept(settings.plan_cache_size, MOST_PLAN_BYTES)
        self._totals: dict[str, _Totals] = {}
        self._flights: dict[Any, asyncio.Task[list[Any]]] = {}

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
        answer = await self._answer(Request("{ service { revision counts { type count } } }"))
        found = answer.data["service"]
        plurals = {self._kitchen.about["types"][node.label]: node.plural for node in self._domain}
        counts = tuple((plurals[each["type"]], each["count"]) for each in found["counts"])
        return Overview(counts, found["revision"], program_version(), tuple(each["text"] for each in ATTRIBUTIONS))

    async def _answer(self, request: Request) -> Answer:
        weight = check_variables(request.variables, self._limits)
        document = self._documents.get(request.document) or await self._read(request.document)
        operation = document.operation(request.operation_name)
        refuse_unless_query(operation, queries_only=request.queries_only)
        if weight > HEAVY_BYTES:
            variables = await asyncio.to_thread(self._coerced, operation, request.variables)
        else:
            variables = self._coerced(operation, request.variables)
        prepared = await self._prepared(document, operation, variables, request.viewer)
        record: list[Any] = [None]
        totals: Mapping[str, int] = {}
        asks_revision = _asks(request, "revision")
        if prepared.reads or asks_revision:
            record, totals = await self._fetch(prepared, variables, request.viewer, heavy=weight > HEAVY_BYTES)
        answer = await self._shaped(prepared, record, variables, totals)
        revision = {"revision": _revision(record)} if asks_revision else {}
        definitions = {"definitions": prepared.definitions} if _asks(request, "definitions") else {}
        return replace(answer, extensions={**revision, **definitions}) if revision or definitions else answer

    async def _read(self, text: str) -> Document:
        # Reading ever new documents must not keep known ones waiting.
        document = await asyncio.to_thread(self._reader.read, text)
        return self._documents.keep(text, document, len(text))

    def _coerced(self, operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
        definitions = operation.node.variable_definitions
        if not definitions:
            return {}
        coerced = get_variable_values(self._schema, definitions, dict(given), max_errors=5)
        if isinstance(coerced, list):
            raise coercion_failed(coerced)
        return coerced

    async def _prepared(self, document: Document, operation: Operation, variables: dict[str, Any], viewer: Viewer) -> Prepared:
        decisive = tuple([_decisive(operation, name, value) for name, value in variables.items()])
        key = (document.text, operation.name, viewer.scope, decisive)
        found = self._plans.get(key)
        if found is None:
            found = await asyncio.to_thread(self._kitchen.prepare, document, operation, variables, viewer)
            self._plans.keep(key, found, 2 * len(found.with_totals.text) + len(repr(decisive)))
        return found

    # The graph ----------------------------------------------------------------------------------------

    async def _fetch(
        self, prepared: Prepared, variables: dict[str, Any], viewer: Viewer, *, heavy: bool
    ) -> tuple[list[Any], Mapping[str, int]]:
        """The record, and the numbers of records of each type at its revision."""
        known = self._totals.get(viewer.scope)
        if prepared.totals and (known is None or not known.counts.keys() >= set(prepared.totals)):
            return await self._fetch_with_totals(prepared, variables, viewer, heavy=heavy)
        record = await self._trip(prepared.without_totals.bind, variables, heavy=heavy)
        if known is None or not prepared.totals or known.revision == _revision(record):
            return record, known.counts if known else {}
        # The graph has moved on since they were counted.
        return await self._fetch_with_totals(prepared, variables, viewer, heavy=heavy)

    async def _fetch_with_totals(
        self, prepared: Prepared, variables: dict[str, Any], viewer: Viewer, *, heavy: bool
    ) -> tuple[list[Any], Mapping[str, int]]:
        record = await self._trip(prepared.with_totals.bind, variables, heavy=heavy)
        counts = dict(zip(prepared.totals, record[-2], strict=False))
        known, revision = self._totals.get(viewer.scope), _revision(record)
        kept = {**known.counts, **counts} if known and known.revision == revision else counts
        self._totals[viewer.scope] = _Totals(revision, kept)
        return record, kept

    async def _trip(self, bind: Any, variables: dict[str, Any], *, heavy: bool) -> list[Any]:
        """One round trip; identical reads in flight share it."""
        statement: Statement = await asyncio.to_thread(bind, variables) if heavy else bind(variables)
        key = (statement.text, orjson.dumps(list(statement.parameters.values())))
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._graph.read(statement))
            self._flights[key] = flight
            flight.add_done_callback(lambda done: self._landed(key, done))
        # A client that goes away must not take the others' answer with it.
        (record,) = await asyncio.shield(flight)
        return record  # type: ignore[no-any-return]

    def _landed(self, key: Any, flight: asyncio.Task[list[Any]]) -> None:
        self._flights.pop(key, None)
        if not flight.cancelled():
            flight.exception()

    async def _shaped(self, prepared: Prepared, record: list[Any], variables: dict[str, Any], totals: Mapping[str, int]) -> Answer:
        if prepared.cost > HEAVY_COST:
            return await asyncio.to_thread(_shape, prepared, record, variables, totals)
        return _shape(prepared, record, variables, totals)


def _shape(prepared: Prepared, record: list[Any], variables: Mapping[str, Any], totals: Mapping[str, int]) -> Answer:
    gaps: list[Gap] = []
    try:
        data = prepared.shaper(record, variables, totals, gaps)
    except Gap as gap:
        return Answer(None, (*map(_gap, gaps), _gap(gap)))
    if prepared.introspection:
        data = {name: prepared.introspection[name] if name in prepared.introspection else data[name] for name in prepared.names}
    return Answer(data, tuple(map(_gap, gaps)))


def _gap(gap: Gap) -> Mapping[str, Any]:
    message = f"{gap.named} has to be there and is missing in the graph."
    return {"message": message, "extensions": {"code": "GRAPH_INCONSISTENT", "hint": "Tell the operator of this service."}}


def _asks(request: Request, extension: str) -> bool:
    return request.extensions.get(extension) is True


def _decisive(operation: Operation, name: str, value: Any) -> Any:
    if name in operation.exact:
        return name, repr(value)
    return name, null_pattern(value) if name in operation.cursors else shape(value)


def _revision(record: list[Any]) -> int:
    last = record[-1]
    return last[0] if last and last[0] is not None else 0
