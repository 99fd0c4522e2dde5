"""Declared properties and relationships as expressions of a plan, for one viewer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from graph_schema.domain import Domain
from graph_schema.kernel import RECORD, Difference, Kind, Localized, NodeType, Property, Relationship, Rules, Tally, Through
from graph_schema.names import camel
from graph_schema.record import OF_EVERY_RECORD
from server.policy import may_see, visible_statuses
from server.reading.plan import (
    ALWAYS,
    All,
    Choice,
    Compare,
    Condition,
    Counted,
    Expression,
    InLanguage,
    Less,
    Missing,
    Not,
    Place,
    Reached,
    Relation,
    Stored,
)
from server.reading.values import Value, value
from server.viewer import Viewer


class Filters(Protocol):
    """What derived properties need of filters."""

    def rule(self, node: NodeType, given: Mapping[str, Any]) -> Condition:
        """A condition of the declaration itself."""
        ...

    def relation(self, relationship: Relationship) -> Relation:
        """A declared relationship as a way to walk."""
        ...


@dataclass(frozen=True)
class Sight:
    """The domain as one viewer sees it.

    `measures` gathers which computed figures were looked at, and by which definition; `licences`, which of its own what is
    shown comes under.
    """

    domain: Domain
    viewer: Viewer
    measures: dict[str, str] = field(default_factory=dict)
    licences: set[str] = field(default_factory=set)

    @property
    def visible(self) -> Condition:
        """The condition under which a record exists for the viewer."""
        statuses = visible_statuses(self.viewer)
        if len(statuses) == 1:
            public = Compare(Stored("status", required=True), "eq", Value(constant=statuses[0]))
        else:
            public = Compare(Stored("status", required=True), "in", Value(constant=list(statuses)))
        withheld = sorted(self.domain.withheld)
        return All((public, *(Not(Compare(Stored("id", required=True), "startsWith", Value(constant=f"{each}:"))) for each in withheld)))

    def node(self, label: str) -> NodeType:
        """A node type; for `Record` and for unions, what all records have in common."""
        return self.domain.in_common(label)

    def output(self, node: NodeType, of: Property, filters: Filters, language: Any = None) -> Expression:
        """What a property answers."""
        if not may_see(self.viewer, of):
            return Missing()
        if of.measure:
            self.measures[of.field] = of.measure
        if node.licence and of.name not in OF_EVERY_RECORD:
            self.licences.add(node.licence)
        match of.derived:
            case Through(relationship, name):
                relation, target = self._reach(node, relationship)
                return Reached(relation, self.output(target, target.property_named(name), filters))
            case Rules():
                return _choice(node, of, of.derived, filters)
            case Tally(name):
                return Counted(filters.relation(node.relationship_named(name)), ALWAYS)
            case Difference(more, less):
                return Less(Stored(more), Stored(less))
            case Localized():
                return _in_language(of.derived, language)
            case _:
                return Place() if of.kind is Kind.POINT else Stored(of.field, required=of.required)

    def compared(self, node: NodeType, of: Property, filters: Filters) -> Expression:
        """What filters and orders compare: text in its folded form."""
        if not may_see(self.viewer, of):
            return Missing()
        match of.derived:
            case Through(relationship, name):
                relation, target = self._reach(node, relationship)
                return Reached(relation, self.compared(target, target.property_named(name), filters))
            case Localized(stored, languages):
                return self.compared(node, node.property_named(camel(f"{stored}_{languages[0]}")), filters)
            case _:
                return Stored(of.shadow, required=of.required) if of.shadow else self.output(node, of, filters)

    def _reach(self, node: NodeType, name: str) -> tuple[Relation, NodeType]:
        relationship = node.relationship_named(name)
        return relation(relationship), self.node(target_label(relationship))


def relation(relationship: Relationship) -> Relation:
    """A declared relationship as a way to walk."""
    return Relation(relationship.paths, relationship.closing, alone=relationship.alone)


def target_label(relationship: Relationship) -> str:
    """The label, or the name of the union, that a relationship reaches."""
    return relationship.union or relationship.target


def reached_labels(relationship: Relationship, domain: Domain) -> tuple[str, ...]:
    """Every label that a relationship can reach."""
    if relationship.union == RECORD:
        return tuple(node.label for node in domain if node.sourced)
    return relationship.targets


def _choice(node: NodeType, of: Property, rules: Rules, filters: Filters) -> Choice:
    cases = tuple((filters.rule(node, condition), Value(constant=then)) for condition, then in rules.cases)
    return Choice(cases, Stored(of.field) if rules.otherwise_stored else Value(constant=rules.otherwise))


def _in_language(of: Localized, language: Any) -> InLanguage:
    properties = {name: camel(f"{of.stored}_{name}") for name in of.languages}
    fallback = properties[of.languages[0]]
    return InLanguage(value(language, lambda name: properties.get(name, fallback)), fallback)
