"""What those who plan a part of a request need of the planner."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, Protocol

from graphql import FieldNode, GraphQLError, GraphQLSchema

from server.errors import BadInput, Refusal
from server.reading import shape
from server.reading.expressions import Sight
from server.reading.plan import Root
from server.reading.where import Filters
from server.settings import Limits

Nodes = list[FieldNode]
"""One field as a document asks for it, in one place or in several that are merged."""

Selection = dict[str, Nodes]


class Walk(Protocol):
    """A walk through the selections of one operation."""

    schema: GraphQLSchema
    sight: Sight
    filters: Filters
    limits: Limits
    roots: list[Root]
    late_roots: list[Root]
    choosing: list[Any]
    late: int
    """How many fields around the present one are answered with records that are read last."""

    def selected(self, type_name: str, nodes: Nodes) -> Selection:
        """What is selected of an object of this type, fragments and directives resolved, by response name."""
        ...

    def arguments(self, parent: Any, node: FieldNode) -> dict[str, Any]:
        """The arguments of a field, coerced; a variable stands in them as a slot."""
        ...

    def record(self, labels: tuple[str, ...], nodes: Nodes, layout: shape.RowLayout | None = None) -> tuple[shape.Record, int]:
        """The selection on a record as a shape, its columns noted in the layout; and what it costs."""
        ...


@contextmanager
def placing(nodes: Nodes) -> Iterator[None]:
    """What is refused within it gets its place in the document: the innermost field that it is about."""
    try:
        yield
    except Refusal as refused:
        refused.errors = refused.errors or (GraphQLError(refused.message, nodes),)
        raise


def refuse_ungrouped(nodes: Nodes) -> NoReturn:
    """Refuse a part of an aggregate that needs something to group by."""
    with placing(nodes):
        raise BadInput(f"`{nodes[0].name.value}` needs `groupBy`.", hint="Write aggregate(groupBy: …) { groups { key label count } }.")
