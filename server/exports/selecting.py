"""What an export reads of a record, as columns of a plan for one viewer."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_schema.kernel import NodeType, Relationship
from server.reading.expressions import Sight, target_label
from server.reading.plan import ALWAYS, Column, Condition, Expression, Missing, One, Page, Row, Stored
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
        """All records that a relationship reaches, each behind what `in_order` puts them in order by.

        To sort a hundred thousand short lists costs a database much, and Python next to nothing.
        """
        found = self._relationship(label, name)
        place = Stored("position", "edge") if found.positioned else Missing()
        row = Row(((target_label(found), (place, Stored("slug", required=True), *columns)),))
        return Page(self.filters.relation(found), fitting, (), row, ordered=False)

    def slug_of(self, label: str, name: str) -> One:
        """The slug of the record that a to-one relationship reaches."""
        return self.one(label, name, self.leaf(self._relationship(label, name).target, "slug"))

    def slugs_of(self, label: str, name: str) -> Page:
        """The slugs of all records that a relationship reaches."""
        return self.many(label, name)

    def _relationship(self, label: str, name: str) -> Relationship:
        return self.node(label).relationship_named(name)


def first(row: list[Any] | None) -> Any:
    """The one value of a record that was reached, if any was."""
    return row[0] if row else None


def in_order(rows: list[list[Any]]) -> list[list[Any]]:
    """Records as the source lists them, where it does, else by slug; each from its slug on."""
    return [row[1:] for row in _listed(rows)]


def slugs_in_order(rows: list[list[Any]]) -> list[str]:
    """The slugs of records in that order."""
    return [row[1] for row in _listed(rows)]


def reported(items: list[Any]) -> list[Any] | None:
    """The items that come of relationships, as a column of lists holds them: no relationship says that there is none."""
    return items or None


def _listed(rows: list[list[Any]]) -> list[list[Any]]:
    # Most lists have one record.
    return sorted(rows, key=_place) if len(rows) > 1 else rows


def _place(row: list[Any]) -> tuple[bool, Any, str]:
    return row[0] is None, row[0], row[1]
