"""A document's operation, ready to be asked again and again: its plan, its statements, its shaper."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, SelectionSetNode, execute_sync
from graphql.execution.collect_fields import collect_fields
from graphql.language import DocumentNode

from graph_schema.domain import Domain
from server.errors import BadDocument, BadInput, OverLimit
from server.operations.document import Document, Operation
from server.operations.limits import within
from server.reading.compiler import Compiled, compile_plan
from server.reading.expressions import Sight
from server.reading.planner import Asked, Planner
from server.reading.shaper import Shaper, compile_shaper
from server.reading.values import slotted
from server.settings import Limits
from server.viewer import Viewer

_META = ("__schema", "__type")


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything a request of this shape needs. `with_totals` counts whole types, `without` takes them as known."""

    with_totals: Compiled
    without_totals: Compiled
    totals: tuple[str, ...]
    shaper: Shaper
    names: tuple[str, ...]
    introspection: Mapping[str, Any]
    definitions: Mapping[str, str]
    reads: bool
    cost: int


@dataclass(frozen=True, slots=True)
class Kitchen:
    """Where documents are prepared: the schema, the domain, the limits, what the service knows of itself."""

    schema: GraphQLSchema
    domain: Domain
    limits: Limits
    about: Mapping[str, Any]

    def prepare(self, document: Document, operation: Operation, variables: dict[str, Any], viewer: Viewer) -> Prepared:
        """Plan and compile; raises BadInput, BadDocument and OverLimit."""
        slots = {name: slotted(value, (name,)) for name, value in variables.items()}
        planner = Planner(self.schema, Sight(self.domain, viewer), self.limits, self.about)
        asked = Asked(operation.node, document.fragments, variables, slots, self._deadline())
        try:
            planned = planner.plan(asked)
        except GraphQLError as error:
            raise BadInput(error.message, errors=[error]) from None
        with_totals, without = (compile_plan(planned.plan, totals=totals) for totals in (True, False))
        within(self.limits, "cypher_bytes", len(with_totals.text.encode()))
        introspection, names = self._introspection(document, operation, variables)
        return Prepared(
            with_totals,
            without,
            planned.plan.totals,
            compile_shaper(planned.fields),
            names,
            introspection,
            dict(planner.sight.measures),
            bool(planned.plan.roots or planned.plan.totals or planned.asks_revision),
            planned.cost,
        )

    def _deadline(self) -> Callable[[], None]:
        # Time of this thread alone: a busy machine is not the fault of who asks.
        until = time.thread_time() + self.limits.plan_seconds

        def check() -> None:
            if time.thread_time() > until:
                raise OverLimit("plan_seconds", self.limits.plan_seconds, "needed longer")

        return check

    def _introspection(
        self, document: Document, operation: Operation, variables: dict[str, Any]
    ) -> tuple[Mapping[str, Any], tuple[str, ...]]:
        query = self.schema.query_type
        assert query
        selected = collect_fields(self.schema, document.fragments, variables, query, operation.node.selection_set)
        meta = [node for nodes in selected.values() if nodes[0].name.value in _META for node in nodes]
        return (self._executed(document, operation, variables, meta) if meta else {}), tuple(selected)

    def _executed(self, document: Document, operation: Operation, variables: dict[str, Any], fields: list[FieldNode]) -> Mapping[str, Any]:
        """What graphql-core answers: nothing but questions about the schema."""
        node = operation.node
        alone = OperationDefinitionNode(
            operation=node.operation,
            name=node.name,
            variable_definitions=node.variable_definitions,
            directives=(),
            selection_set=SelectionSetNode(selections=tuple(fields)),
        )
        result = execute_sync(self.schema, DocumentNode(definitions=(alone, *document.fragments.values())), variable_values=dict(variables))
        if result.errors:
            raise BadDocument(result.errors[0].message, errors=result.errors)
        return result.data or {}
