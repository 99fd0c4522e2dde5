"""Levels that are answered with the records that bear them out."""

from graph_schema.kernel import MOST_REASONS, NodeType, Property, Reason
from server.reading import shape
from server.reading.plan import Page
from server.reading.values import Value
from server.reading.walk import Nodes, Walk


def plan_level(walk: Walk, node: NodeType, found: Property, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Level, int]:
    """A level, its reasons, the version of its definition; and what they cost."""
    key = row.need(node.label, ("leaf", found.field), walk.sight.output(node, found, walk.filters))
    fields: list[tuple[str, shape.LevelItself | shape.Reasons | shape.Constant]] = []
    cost = 0
    for name, parts in walk.selected(found.level_type, nodes).items():
        match parts[0].name.value:
            case "level":
                fields.append((name, shape.LevelItself()))
            case "reasons":
                reasons, price = _reasons(walk, node, found, parts, row)
                fields.append((name, reasons))
                cost += price
            case "definitionVersion":
                fields.append((name, shape.Constant(found.measure)))
            case _:
                fields.append((name, shape.Constant(found.level_type)))
    return shape.Level(key, tuple(fields)), cost


def _reasons(walk: Walk, node: NodeType, found: Property, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Reasons, int]:
    selection = walk.selected(found.reason_type, nodes)
    fields = tuple((name, _said(found, parts[0].name.value)) for name, parts in selection.items())
    records = {name: parts for name, parts in selection.items() if parts[0].name.value == "record"}
    bearing = [_bearing(walk, node, reason, records, row) for reason in found.reasons]
    return shape.Reasons(fields, tuple(each for each, _ in bearing)), sum(cost for _, cost in bearing)


def _said(found: Property, name: str) -> shape.OfReason:
    match name:
        case "rule":
            return "rule"
        case "record":
            return "record"
    return shape.Constant(found.reason_type)


def _bearing(walk: Walk, node: NodeType, reason: Reason, records: dict[str, Nodes], row: shape.RowLayout) -> tuple[shape.Bearing, int]:
    """The records of one reason, and what they cost."""
    relationship = node.relationship_named(reason.relationship)
    label, layout = relationship.target, shape.RowLayout((relationship.target,))
    made = {name: walk.record((label,), parts, layout) for name, parts in records.items()}
    fitting = walk.filters.condition(walk.sight.node(label), reason.fitting)
    page = Page(walk.filters.relation(relationship), fitting, (), layout.settle(), Value(constant=MOST_REASONS))
    column = row.need(node.label, object(), page)
    cost = MOST_REASONS * max((price for _, price in made.values()), default=1)
    return shape.Bearing(reason.level, column, tuple((name, record) for name, (record, _) in made.items())), cost
