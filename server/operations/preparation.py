"""From a request to what is prepared for it; documents and plans are kept and shared by all requests."""

import asyncio
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLSchema
from graphql.execution.values import get_variable_values

from graph_schema.domain import Domain
from server.operations.about import about
from server.operations.document import Document, Operation, coercion_failed, reader_of, refuse_unless_query
from server.operations.kept import Kept
from server.operations.limits import check_variables
from server.operations.prepared import Prepared, prepare
from server.operations.request import Request
from server.reading.decisive import decisive
from server.reading.desk import Desk
from server.settings import Settings

# Variables heavier than this are coerced and bound in a thread.
HEAVY_BYTES = 4_096
MOST_DOCUMENT_BYTES = 4_000_000
MOST_PLAN_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """A request that is understood: what is prepared for it, and its variables."""

    prepared: Prepared
    variables: dict[str, Any]
    heavy: bool
    key: tuple[str, str | None, str, Hashable]
    """What equal questions of viewers who see the same have in common, but for the values of variables; the document comes first."""


class Preparation:
    """Understands requests."""

    def __init__(self, domain: Domain, schema: GraphQLSchema, settings: Settings, reads_together_from: int) -> None:
        self.about = about(domain, settings.limits)
        self._domain = domain
        self._desk = Desk(schema, settings.limits, self.about, reads_together_from)
        self._reader = reader_of(schema, settings)
        self._documents: Kept[Document] = Kept(settings.plan_cache_size, MOST_DOCUMENT_BYTES)
        self._plans: Kept[Prepared] = Kept(settings.plan_cache_size, MOST_PLAN_BYTES)

    async def understand(self, request: Request) -> Question:
        """Read, coerce, plan; raises refusals."""
        document = self._documents.get(request.document) or await self._read(request.document)
        operation = document.operation(request.operation_name)
        weight = check_variables(request.variables, self._desk.limits, operation.cursors)
        refuse_unless_query(operation, queries_only=request.queries_only)
        heavy = weight > HEAVY_BYTES
        if heavy:
            variables = await asyncio.to_thread(self._coerced, operation, request.variables)
        else:
            variables = self._coerced(operation, request.variables)
        deciding = decisive(variables, operation.exact, operation.cursors, operation.counted)
        key = (document.text, operation.name, request.viewer.scope, deciding)
        found = self._plans.get(key)
        if found is None:
            found = await asyncio.to_thread(prepare, self._desk, self._domain, document, operation, variables, request.viewer)
            self._plans.keep(key, found, 2 * len(found.reading.with_totals.text) + len(repr(deciding)))
        return Question(found, variables, heavy, key)

    async def _read(self, text: str) -> Document:
        # Reading ever new documents must not keep known ones waiting.
        document = await asyncio.to_thread(self._reader.read, text)
        return self._documents.keep(text, document, len(text))

    def _coerced(self, operation: Operation, given: Mapping[str, Any]) -> dict[str, Any]:
        definitions = operation.node.variable_definitions
        if not definitions:
            return {}
        coerced = get_variable_values(self._desk.schema, definitions, dict(given), max_errors=5)
        if isinstance(coerced, list):
            raise coercion_failed(self._desk.schema, coerced)
        return coerced
