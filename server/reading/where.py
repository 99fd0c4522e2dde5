"""Filters become conditions."""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any

from graph_schema.folding import folded
from graph_schema.kernel import Composed, Hop, Kind, NodeType, Property, Relationship
from graph_schema.names import camel_of_value
from server.errors import BadInput, OverLimit
from server.reading.choices import fitting, unfolded
from server.reading.expressions import Sight, relation, target_label
from server.reading.plan import (
    ALWAYS,
    NEVER,
    Absent,
    All,
    Choice,
    Compare,
    Condition,
    Counted,
    Exists,
    Expression,
    Holds,
    Missing,
    Near,
    Not,
    Relation,
    Some,
    Stored,
)
from server.reading.values import Convert, Slot, Value, now, value
from server.settings import Limits

# Mean radius of the Earth in kilometres (IUGG), twice.
EARTH_DIAMETER_KM = 2 * 6371.0088
_PLACES = {"latitude": (-90.0, 90.0), "longitude": (-180.0, 180.0), "km": (0.0, 40_000.0)}

Filter = Mapping[str, Any]
Edge = tuple[Property, ...]


class Filters:
    """Plans filters for one viewer."""

    def __init__(self, sight: Sight, limits: Limits | None = None) -> None:
        self.sight = sight
        self.limits = limits

    def asked(self, node: NodeType, given: Filter, edge: Edge = ()) -> Condition:
        """The condition of a filter as a request has put it together out of its document and its variables, within the limits."""
        if self.limits and (conditions := _counted(given, 1, self.limits)) > self.limits.filter_conditions:
            raise OverLimit("filter_conditions", self.limits.filter_conditions, f"{conditions:,} in one filter")
        return self.condition(node, given, edge)

    def condition(self, node: NodeType, given: Filter, edge: Edge = ()) -> Condition:
        """What a record of this type has to fulfil; `edge` is what the relationship that reached it says of itself."""
        return _all(self._part(node, name, asked, edge) for name, asked in given.items())

    def rule(self, node: NodeType, given: Filter) -> Condition:
        """A condition of the declaration itself."""
        return self.condition(node, given)

    def _part(self, node: NodeType, name: str, asked: Any, edge: Edge) -> Condition:
        if asked is None:
            raise BadInput(f"`{name}` in a filter is null.", hint="Leave it out, or test for absence with isNull: true.")
        match name:
            case "and":
                return _all(self.condition(node, each, edge) for each in asked)
            case "or":
                return Some(tuple(self.condition(node, each, edge) for each in asked))
            case "not":
                return negated(self.condition(node, asked, edge))
            case "isNull":
                return NEVER if now(asked) else ALWAYS
            case "edge":
                return self._edge(node, asked, edge)
        match node.composed_named(name) or node[name]:
            case Composed() as found:
                return self._spread(node, found, asked)
            case Property() as found:
                return operators(found, self.sight.compared(node, found, self), asked)
            case found:
                return self._many(found, asked) if found.many else self._one(found, asked)

    def relation(self, relationship: Relationship) -> Relation:
        """A declared relationship as a way to walk, with what it demands of the records between."""
        if relationship.measure:
            self.sight.measures[relationship.field] = relationship.measure
        walked = relation(relationship)
        if not any(hop.passing for path in walked.paths for hop in path):
            return walked
        return replace(walked, passing=tuple(tuple(self._passing(hop) for hop in path[:-1]) for path in walked.paths))

    def spread(self, node: NodeType, found: Composed) -> dict[str, Counted]:
        """For each value of a closed list, how many of the records around a record have it."""
        assert found.spread
        self.sight.measures[found.field] = found.measure
        relationship = node.relationship_named(found.spread.relationship)
        target = self.sight.node(relationship.target)
        of = target.property_named(found.spread.property)
        assert of.vocabulary
        walk, fits, held = self.relation(relationship), self.rule(target, found.spread.fitting), self.sight.compared(target, of, self)
        return {each: Counted(walk, All((fits, Compare(held, "eq", Value(constant=each))))) for each in of.vocabulary.values}

    def spread_by_field(self, node: NodeType, found: Composed) -> dict[str, Counted]:
        """The same as filters and orders name it."""
        return {camel_of_value(each): counted for each, counted in self.spread(node, found).items()}

    def _spread(self, node: NodeType, found: Composed, asked: Filter) -> Condition:
        counted = self.spread_by_field(node, found)
        return _all(
            _operator(counted[each], Kind.INT, name, wanted)
            for each, conditions in asked.items()
            for name, wanted in _not_null(each, conditions).items()
        )

    def _passing(self, hop: Hop) -> Condition:
        return self.rule(self.sight.node(hop.label), hop.passing) if hop.passing else ALWAYS

    def _edge(self, node: NodeType, asked: Filter, edge: Edge) -> Condition:
        carried = {each.field: each for each in edge}
        declared = self.sight.domain.edge_properties(node.label)
        parts = []
        for name, wanted in asked.items():
            there = Stored(name, "edge") if name in carried else Missing()
            of: Expression = Stored(f"{name}Folded", "edge") if name in carried and declared[name].shadow else there
            parts.append(operators(declared[name], of, _not_null(name, wanted)))
        return _all(iter(parts))

    def _one(self, relationship: Relationship, asked: Filter) -> Condition:
        target = self.sight.node(target_label(relationship))
        rest = {name: wanted for name, wanted in asked.items() if name != "isNull"}
        there = Exists(self.relation(relationship), self.condition(target, rest, relationship.edge))
        absent = _not_null("isNull", asked["isNull"]) if "isNull" in asked else False
        if not now(absent):
            return there
        return NEVER if rest else Not(Exists(self.relation(relationship), ALWAYS))

    def _many(self, relationship: Relationship, asked: Filter) -> Condition:
        return _all(self._quantified(relationship, name, _not_null(name, wanted)) for name, wanted in asked.items())

    def _quantified(self, relationship: Relationship, quantifier: str, asked: Filter) -> Condition:
        walk, target = self.relation(relationship), self.sight.node(target_label(relationship))
        if quantifier == "count":
            return self._count(walk, target, relationship, asked)
        fits = self.condition(target, asked, relationship.edge)
        match quantifier:
            case "some":
                return Exists(walk, fits)
            case "every":
                return Not(Exists(walk, negated(fits)))
            case "none":
                return Not(Exists(walk, fits))
            case _:
                return Compare(Counted(walk, fits), "eq", Value(constant=1))

    def _count(self, walk: Relation, target: NodeType, relationship: Relationship, asked: Filter) -> Condition:
        fits = self.condition(target, _not_null("where", asked["where"]), relationship.edge) if "where" in asked else ALWAYS
        counted = Counted(walk, fits)
        return _all(_operator(counted, Kind.INT, name, wanted) for name, wanted in asked.items() if name != "where")


def _counted(asked: Any, depth: int, limits: Limits) -> int:
    """How many conditions a filter has; several values of one operator are one condition."""
    if isinstance(asked, Mapping):
        if depth > limits.filter_depth:
            raise OverLimit("filter_depth", limits.filter_depth, "a deeper one")
        return sum(_counted(each, depth + 1, limits) for each in asked.values())
    if isinstance(asked, list) and any(isinstance(each, Mapping) for each in asked):
        return sum(_counted(each, depth, limits) for each in asked)
    return 1


def operators(of: Property, expression: Expression, asked: Filter) -> Condition:
    """Every operator given for one property, anded."""
    return _all(_operator(expression, of.kind, name, wanted) for name, wanted in asked.items())


def negated(condition: Condition) -> Condition:
    """The opposite, pushed down to the comparisons so that a missing value makes it true."""
    match condition:
        case All(parts):
            return Some(tuple(negated(part) for part in parts))
        case Some(parts):
            return All(tuple(negated(part) for part in parts))
        case Not(part):
            return part
        case _:
            return Not(condition)


def _operator(of: Expression, kind: Kind, operator: str, asked: Any) -> Condition:
    wanted = _not_null(operator, asked)
    if isinstance(of, Choice) and (found := _of_choice(of, operator, wanted)):
        return found
    if operator == "isNull":
        return Absent(of) if now(wanted) else Not(Absent(of))
    if kind is Kind.POINT:
        return _near(of, wanted)
    if kind is Kind.TEXT_LIST:
        return _list_operator(of, operator, wanted)
    if operator == "ne":
        return negated(_operator(of, kind, "eq", asked))
    if operator == "in" and now(wanted) == []:
        return NEVER
    return Compare(of, operator, value(wanted, _convert(kind)), partial=kind is Kind.PARTIAL_DATE)  # type: ignore[arg-type]


def _of_choice(of: Choice, operator: str, wanted: Any) -> Condition | None:
    """The rules asked themselves, where the plan may depend on the value: it stands in the document, or is true or false."""
    if isinstance(wanted, Slot) and not isinstance(wanted.now, bool):
        return None
    asked = now(wanted)
    if operator == "isNull":
        return unfolded(of, lambda held: (held is None) == asked, negated)
    if operator == "ne":
        return unfolded(of, lambda held: held != asked, negated)
    fits = fitting(operator, asked)
    return unfolded(of, fits, negated) if fits else None


def _list_operator(of: Expression, operator: str, wanted: Any) -> Condition:
    if operator == "isEmpty":
        held = Holds(of, "isEmpty", Value(constant=None))
        return held if now(wanted) else All((Not(Absent(of)), Not(held)))
    if operator != "has" and now(wanted) == []:
        return NEVER if operator == "hasAny" else Not(Absent(of))
    return Holds(of, operator, value(wanted, folded))  # type: ignore[arg-type]


def _near(of: Expression, wanted: Filter) -> Condition:
    if isinstance(of, Missing):
        return NEVER
    latitude, longitude, km = (value(wanted[name], _between(name, *ends)) for name, ends in _PLACES.items())
    return Near(latitude, longitude, km, Value(constant=EARTH_DIAMETER_KM))


def _between(name: str, least: float, most: float) -> Convert:
    """Checked whenever a request brings its values, since those of another request made the plan."""

    def checked(given: Any) -> float:
        if not least <= float(given) <= most:
            raise BadInput(f"`{name}` is {given:g}.", hint=f"It is from {least:g} to {most:g}.")
        return float(given)

    return checked


def _finite(given: Any) -> Any:
    """A number, or a list of numbers, of which none is without end."""
    if isinstance(given, list):
        return [_finite(each) for each in given]
    if not isfinite(given):
        raise BadInput(f"{given} is no number to compare with.", hint="Write one that fits into 64 bits, such as 1200.5.")
    return float(given)


def _convert(kind: Kind) -> Convert | None:
    return folded if kind is Kind.TEXT else _finite if kind is Kind.FLOAT else None


def _not_null(name: str, asked: Any) -> Any:
    if asked is None:
        raise BadInput(f"`{name}` in a filter is null.", hint="Leave it out, or test for absence with isNull: true.")
    return asked


def _all(parts: Any) -> Condition:
    held = tuple(sorted(parts, key=repr))
    return held[0] if len(held) == 1 else All(held)
