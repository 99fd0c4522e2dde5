"""Declared properties and relationships as expressions of a plan, for one viewer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import RECORD, Kind, Localized, NodeType, Property, Relationship, Rules, Through
from graph_schema.names import camel
from graph_schema.record import RECORD_PROPERTIES
from server.policy import may_see
from server.reading.plan import Choice, Condition, Expression, InLanguage, Missing, Place, Reached, Relation, Stored
from server.reading.values import Value, value
from server.viewer import Viewer

PlanRule = Callable[[NodeType, Mapping[str, Any]], Condition]


@dataclass(frozen=True)
class Sight:
    """The domain as one viewer sees it; `measures` gathers which computed figures were looked at, and by which definition."""

    domain: Domain
    viewer: Viewer
    measures: dict[str, str] = field(default_factory=dict)

    def node(self, label: str) -> NodeType:
        """A node type; for `Record` and for unions, what all records have in common."""
        return self.domain.nodes.get(label) or NodeType(label, "", "", RECORD_PROPERTIES, ())

    def output(self, node: NodeType, of: Property, rule: PlanRule, language: Any = None) -> Expression:
        """What a property answers."""
        if not may_see(self.viewer, of):
            return Missing()
        if of.measure:
            self.measures[of.field] = of.measure
        match of.derived:
            case Through(relationship, name):
                relation, target = self._reach(node, relationship)
                return Reached(relation, self.output(target, target.property_named(name), rule))
            case Rules():
                return _choice(node, of, of.derived, rule)
            case Localized():
                return _in_language(of.derived, language)
            case _:
                return Place() if of.kind is Kind.POINT else Stored(of.field, required=of.required)

    def compared(self, node: NodeType, of: Property, rule: PlanRule) -> Expression:
        """What filters and orders compare: text in its folded form."""
        if not may_see(self.viewer, of):
            return Missing()
        match of.derived:
            case Through(relationship, name):
                relation, target = self._reach(node, relationship)
                return Reached(relation, self.compared(target, target.property_named(name), rule))
            case Localized(stored, languages):
                return self.compared(node, node.property_named(camel(f"{stored}_{languages[0]}")), rule)
            case _:
                return Stored(of.shadow, required=of.required) if of.shadow else self.output(node, of, rule)

    def _reach(self, node: NodeType, name: str) -> tuple[Relation, NodeType]:
        relationship = node.relationship_named(name)
        return relation(relationship), self.node(target_label(relationship))


def relation(relationship: Relationship) -> Relation:
    """A declared relationship as a way to walk."""
    return Relation(relationship.paths, relationship.closing)


def target_label(relationship: Relationship) -> str:
    """The label, or the name of the union, that a relationship reaches."""
    return relationship.union or relationship.target


def reached_labels(relationship: Relationship, domain: Domain) -> tuple[str, ...]:
    """Every label that a relationship can reach."""
    if relationship.union == RECORD:
        return tuple(node.label for node in domain if node.sourced)
    return relationship.targets


def _choice(node: NodeType, of: Property, rules: Rules, rule: PlanRule) -> Choice:
    cases = tuple((rule(node, condition), Value(constant=then)) for condition, then in rules.cases)
    return Choice(cases, Stored(of.field) if rules.otherwise_stored else Value(constant=rules.otherwise))


def _in_language(of: Localized, language: Any) -> InLanguage:
    properties = {name: camel(f"{of.stored}_{name}") for name in of.languages}
    fallback = properties[of.languages[0]]
    return InLanguage(value(language, lambda name: properties.get(name, fallback)), fallback)
