"""Who plans what is answered as an object of its own: levels with their reasons, and what is worked out of several things."""

from collections.abc import Callable, Mapping

from graph_schema.kernel import Composed, NodeType, Property
from server.reading import shape
from server.reading.choosing import plan_chosen_under
from server.reading.levels import plan_level
from server.reading.lineage import plan_lineage
from server.reading.spreads import plan_spread
from server.reading.walk import Nodes, Walk

Plans = Callable[[Walk, NodeType, Composed, Nodes, shape.RowLayout], tuple[shape.Field, int]]

_BY_TYPE: Mapping[str, Plans] = {"Lineage": plan_lineage, "OutcomeCount": plan_spread}


def plan_composed(walk: Walk, node: NodeType, found: Property | Composed, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Field, int]:
    """The shape of such an answer, its columns noted in the row; and what it costs."""
    if isinstance(found, Property):
        return plan_level(walk, node, found, nodes, row)
    return _BY_TYPE.get(found.type, plan_chosen_under)(walk, node, found, nodes, row)
