"""What a filter means for one record, over plain dictionaries."""

from collections.abc import Mapping
from typing import Any

from graph_schema.kernel import Kind, Property
from graph_schema.names import upper_snake
from tests.oracle.comparisons import OPERATORS, holds_for_value
from tests.oracle.relations import Row, Seen, outcomes

Where = Mapping[str, Any]


def holds(seen: Seen, row: Row, where: Where) -> bool:
    """Whether a record that is there satisfies every condition of a filter."""
    return all(_condition(seen, row, name, asked) for name, asked in where.items())


def _condition(seen: Seen, row: Row, name: str, asked: Any) -> bool:
    match name:
        case "and":
            return all(holds(seen, row, each) for each in asked)
        case "or":
            return any(holds(seen, row, each) for each in asked)
        case "not":
            return not holds(seen, row, asked)
        case "isNull":
            return asked is False
        case "edge":
            return _edge_holds(seen, row, asked)
    if name == "byOutcome":
        ended = outcomes(seen, row.record)
        return all(holds_for_value(Kind.INT, ended[upper_snake(outcome)], wanted) for outcome, wanted in asked.items())
    part = seen.domain[row.record["label"]][name]
    if isinstance(part, Property):
        return holds_for_value(part.kind, seen.value(row.record, part), asked)
    rows = seen.rows(row.record, part)
    return _many(seen, rows, asked) if part.many else _one(seen, rows, asked)


def _edge_holds(seen: Seen, row: Row, asked: Where) -> bool:
    kinds = {name: each.kind for name, each in seen.domain.edge_properties(row.record["label"]).items()}
    return all(holds_for_value(kinds[name], row.says.get(name), conditions) for name, conditions in asked.items())


def _one(seen: Seen, rows: list[Row], asked: Where) -> bool:
    """A to-one relation: with `isNull: true` there must be none, else one that fits."""
    if asked.get("isNull"):
        return not rows and len(asked) == 1
    return bool(rows) and holds(seen, rows[0], asked)


def _many(seen: Seen, rows: list[Row], asked: Where) -> bool:
    return all(_quantified(seen, rows, quantifier, condition) for quantifier, condition in asked.items())


def _quantified(seen: Seen, rows: list[Row], quantifier: str, condition: Where) -> bool:
    inner = condition.get("where", {}) if quantifier == "count" else condition
    matching = sum(holds(seen, row, inner) for row in rows)
    match quantifier:
        case "some":
            return matching > 0
        case "every":
            return matching == len(rows)
        case "none":
            return matching == 0
        case "single":
            return matching == 1
    return all(_number_holds(matching, operator, asked) for operator, asked in condition.items() if operator != "where")


def _number_holds(number: int, operator: str, asked: Any) -> bool:
    if operator == "in":
        return number in asked
    return number != asked if operator == "ne" else OPERATORS[operator](number, asked)
