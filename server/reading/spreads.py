"""Counts of the records around a record, one for each value of a closed list."""

from collections.abc import Mapping
from typing import Any

from graph_schema.kernel import Composed, NodeType
from server.reading import shape
from server.reading.plan import All, Compare, Counted
from server.reading.values import Value
from server.reading.walk import Nodes, Walk


def plan_spread(walk: Walk, node: NodeType, found: Composed, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Composed, int]:
    """A column for each value, and the list that is made of them."""
    assert found.spread
    relationship = node.relationship_named(found.spread.relationship)
    target = walk.sight.node(relationship.target)
    of = target.property_named(found.spread.property)
    assert of.vocabulary
    values = tuple(of.vocabulary.values)
    fitting = walk.filters.condition(target, found.spread.fitting)
    relation, expression = walk.filters.relation(relationship), walk.sight.compared(target, of, walk.filters)
    keys: list[shape.ColumnKey] = []
    for each in values:
        fits = All((fitting, Compare(expression, "eq", Value(constant=each))))
        keys.append(row.need(node.label, ("spread", found.field, each), Counted(relation, fits)))
    selected = {name: parts[0].name.value for name, parts in walk.selected(found.type, nodes).items()}

    def compose(_: list[Any], counts: tuple[int, ...], _makers: shape.Makers, _variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        counted = [{of.field: each, "count": count, "__typename": found.type} for each, count in zip(values, counts, strict=True)]
        return [{name: each[part] for name, part in selected.items()} for each in counted]

    walk.sight.measures[found.field] = found.measure
    return shape.Composed(tuple(keys), compose, ()), 1
