"""Counts of the records around a record, one for each value of a closed list."""

from collections.abc import Mapping
from typing import Any

from graph_schema.kernel import Composed, NodeType
from graph_schema.names import camel
from server.reading import shape
from server.reading.walk import Nodes, Walk


def plan_spread(walk: Walk, node: NodeType, found: Composed, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Composed, int]:
    """A column for each value, and the list that is made of them."""
    assert found.spread
    counted = walk.filters.spread(node, found)
    keys = [row.need(node.label, ("spread", found.field, value), of) for value, of in counted.items()]
    selected = {name: parts[0].name.value for name, parts in walk.selected(found.type, nodes).items()}
    told = camel(found.spread.property)

    def compose(_: list[Any], counts: tuple[int, ...], _makers: shape.Makers, _variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        each = [{told: value, "count": count, "__typename": found.type} for value, count in zip(counted, counts, strict=True)]
        return [{name: values[part] for name, part in selected.items()} for values in each]

    return shape.Composed(tuple(keys), compose, ()), 1
