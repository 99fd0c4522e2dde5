"""A document's operation, ready to be asked again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

from graph_schema.domain import Domain
from server.errors import BadInput
from server.operations.answer import Answer
from server.operations.document import Document, Operation
from server.operations.introspection import answered, root_names
from server.reading.desk import Desk, Reading
from server.reading.expressions import Sight
from server.reading.planner import asked_of
from server.reading.shaper import Gap
from server.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything a request of this shape needs: how the graph is read, what is known of the schema, the names in their order."""

    reading: Reading
    introspection: Mapping[str, Any]
    names: tuple[str, ...]

    def answer(self, record: list[Any], variables: Mapping[str, Any], totals: Mapping[str, int]) -> Answer:
        """The answer out of the record. A gap in the graph is an error beside the data, or instead of it."""
        gaps: list[Gap] = []
        try:
            data: dict[str, Any] | None = self.reading.shaper(record, variables, totals, gaps)
        except Gap as gap:
            gaps.append(gap)
            data = None
        if data is not None and self.introspection:
            known = {**data, **self.introspection}
            data = {name: known[name] for name in self.names}
        return Answer(data, tuple(map(_said, gaps)))


def prepare(desk: Desk, domain: Domain, document: Document, operation: Operation, variables: dict[str, Any], viewer: Viewer) -> Prepared:
    """Plan and compile; raises BadInput, BadDocument and OverLimit."""
    asked = asked_of(operation.node, document.fragments, variables, desk.deadline())
    try:
        reading = desk.reading(asked, Sight(domain, viewer))
    except GraphQLError as error:
        raise BadInput(error.message, errors=[error]) from None
    names = tuple(root_names(desk.schema, document, operation, variables))
    return Prepared(reading, answered(desk.schema, document, operation, variables), names)


def _said(gap: Gap) -> Mapping[str, Any]:
    message = f"{gap.named} has to be there and is missing in the graph."
    return {"message": message, "extensions": {"code": "GRAPH_INCONSISTENT", "hint": "Tell the operator of this service."}}
