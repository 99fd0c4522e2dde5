"""What an export reads of a record, as columns of a plan for one viewer."""

from dataclasses import dataclass
from functools import cached_property

from graph_schema.kernel import NodeType, Relationship
from server.reading.expressions import Sight, target_label
from server.reading.plan import ALWAYS, Column, Condition, Expression, Key, One, Page, Row, Stored
from server.reading.where import Filters


@dataclass(frozen=True)
class Selecting:
    """The declaration as one viewer sees it; hidden records and hidden ends are left out by the plan itself."""

    sight: Sight

    @cached_property
    def filters(self) -> Filters:
        """Conditions for the same viewer."""
        return Filters(self.sight)

    def node(self, label: str) -> NodeType:
        """A declared node type."""
        return self.sight.domain[label]

    def leaf(self, label: str, name: str) -> Expression:
        """One property, as GraphQL answers it."""
        node = self.node(label)
        return self.sight.output(node, node.property_named(name), self.filters)

    def leaves(self, label: str, *names: str) -> tuple[Column, ...]:
        """Several properties."""
        return tuple(self.leaf(label, name) for name in names)

    def one(self, label: str, name: str, *columns: Column) -> One:
        """The record that a to-one relationship reaches."""
        found = self._relationship(label, name)
        return One(self.filters.relation(found), Row(((target_label(found), columns),)))

    def many(self, label: str, name: str, *columns: Column, fitting: Condition = ALWAYS) -> Page:
        """All records that a relationship reaches, in the order in which the source lists them, else by slug."""
        found = self._relationship(label, name)
        keys = (Key(Stored("position", "edge")),) if found.positioned else ()
        return Page(self.filters.relation(found), fitting, keys, Row(((target_label(found), columns),)))

    def slug_of(self, label: str, name: str) -> One:
        """The slug of the record that a to-one relationship reaches."""
        return self.one(label, name, self.leaf(self._relationship(label, name).target, "slug"))

    def slugs_of(self, label: str, name: str) -> Page:
        """The slugs of all records that a relationship reaches."""
        return self.many(label, name, self.leaf(self._relationship(label, name).target, "slug"))

    def _relationship(self, label: str, name: str) -> Relationship:
        return self.node(label).relationship_named(name)
