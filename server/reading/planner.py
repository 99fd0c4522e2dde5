# house: the one place that knows every part of a request, and so who plans it
"""A validated operation becomes a plan, together with the shape of its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graphql import FieldNode, FragmentDefinitionNode, GraphQLObjectType, GraphQLSchema, OperationDefinitionNode
from graphql.execution.collect_fields import collect_fields, collect_sub_fields
from graphql.execution.values import get_argument_values

from graph_schema.kernel import RECORD, Kind, NodeType, Property, Relationship
from server.errors import OverLimit
from server.reading import shape
from server.reading.choosing import CHOSEN, plan_chosen
from server.reading.chosen import Choosing
from server.reading.composed import plan_composed
from server.reading.connection import Connection
from server.reading.expressions import Sight, reached_labels
from server.reading.plan import ALWAYS, Found, FoundAll, Page, Plan, Root, Side
from server.reading.values import now, slotted, value
from server.reading.walk import Nodes, Selection, placing
from server.reading.where import Filters
from server.reading.window import Window, window
from server.settings import Limits

Schema = GraphQLSchema


@dataclass(frozen=True, slots=True)
class Asked:
    """What a planner is given: an operation, the fragments of its document, its variables and their slots."""

    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    variables: dict[str, Any]
    slots: dict[str, Any]
    check_time: Callable[[], None]


def asked_of(
    operation: OperationDefinitionNode,
    fragments: dict[str, FragmentDefinitionNode],
    variables: dict[str, Any],
    check_time: Callable[[], None],
) -> Asked:
    """What a planner needs of a request. `check_time` raises when planning takes too long."""
    return Asked(operation, fragments, variables, {name: slotted(value, (name,)) for name, value in variables.items()}, check_time)


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, the shape of its answer and what it costs, in records."""

    plan: Plan
    fields: tuple[tuple[str, shape.RootField], ...]
    cost: int
    asks_revision: bool
    choosing: tuple[Choosing, ...] = ()
    following: Plan | None = None


class Planner:
    """Walks one operation. `about` is what the service knows of itself without asking the graph."""

    def __init__(self, schema: GraphQLSchema, sight: Sight, limits: Limits, about: Mapping[str, Any]) -> None:
        self.schema = schema
        self.sight = sight
        self.filters = Filters(sight, limits)
        self.limits = limits
        self.about = about
        self.roots: list[Root] = []
        self.choosing: list[Any] = []
        self.late_roots: list[Root] = []
        self.late = 0
        self.totals: set[str] = set()
        self.asks_revision = False
        self.asked: Asked

    def plan(self, asked: Asked) -> Planned:
        """The plan of an operation; raises BadInput and OverLimit."""
        self.asked = asked
        query = self.schema.query_type
        assert query
        selection = collect_fields(self.schema, asked.fragments, asked.variables, query, asked.operation.selection_set)
        fields, cost = [], 0
        for name, nodes in selection.items():
            if nodes[0].name.value in ("__schema", "__type"):
                continue
            with placing(nodes):
                planned, price = self._root(query, nodes)
            fields.append((name, planned))
            cost += price
        if cost > self.limits.cost:
            raise OverLimit("cost", self.limits.cost, cost, code="TOO_COSTLY")
        return Planned(
            Plan(tuple(self.roots), tuple(sorted(self.totals)), self.sight.visible),
            tuple(fields),
            cost,
            self.asks_revision,
            tuple(filter(None, self.choosing)),
            Plan(tuple(self.late_roots), (), self.sight.visible) if self.late_roots else None,
        )

    # Root fields ------------------------------------------------------------------------------------

    def _root(self, query: GraphQLObjectType, nodes: Nodes) -> tuple[shape.RootField, int]:
        name = nodes[0].name.value
        if name == "__typename":
            return shape.Constant(query.name), 0
        arguments = self.arguments(query, nodes[0])
        match name:
            case "service":
                return self._service(nodes), 1
            case "node":
                return self._by_id(nodes, arguments["id"])
            case "nodes":
                return self._by_ids(nodes, arguments["ids"])
        if name in CHOSEN:
            return plan_chosen(self, nodes)
        for node in self.sight.domain:
            if name == node.field:
                return self._lookup(nodes, node.label, node.lookup, arguments[node.lookup])
            if name == node.plural:
                return self._all_of(node, nodes, arguments)
        raise AssertionError(f"no root field {name}")

    def _lookup(self, nodes: Nodes, label: str, key: str, asked: Any) -> tuple[shape.RootField, int]:
        known = {label: value(asked, lambda slug: [slug])} if key == "slug" else {}
        record, cost = self.record((label,), nodes, shape.RowLayout((label,), known))
        self.roots.append(Found(label, key, value(asked), record.layout.settle()))
        return shape.RootRecord(len(self.roots) - 1, record), cost

    def _by_id(self, nodes: Nodes, asked: Any) -> tuple[shape.RootField, int]:
        labels = tuple(node.label for node in self.sight.domain)
        known = {label: value(asked, _slugs_in(label)) for label in labels}
        record, cost = self.record(labels, nodes, shape.RowLayout(labels, known))
        self.roots.append(Found(RECORD, "id", value(asked), record.layout.settle()))
        return shape.RootRecord(len(self.roots) - 1, record), cost

    def _by_ids(self, nodes: Nodes, asked: Any) -> tuple[shape.RootField, int]:
        count = len(now(asked))
        if count > self.limits.page:
            raise OverLimit("page", self.limits.page, f"{count:,} ids", code="PAGE_TOO_LARGE")
        record, cost = self.record(tuple(node.label for node in self.sight.domain), nodes)
        ids = value(asked)
        self.roots.append(FoundAll(ids, record.layout.settle()))
        return shape.RootRecords(len(self.roots) - 1, ids, record), cost * count

    def _all_of(self, node: NodeType, nodes: Nodes, arguments: Mapping[str, Any]) -> tuple[shape.RootField, int]:
        settled = window(self.sight, self.filters, node, arguments, self.limits)
        page, connected, cost = self._connection(nodes, settled, node.label, (node.label,), len(self.roots))
        self.roots.append(page)
        # What is selected of the records may read other roots, which then stand before the page.
        return replace(connected, column=len(self.roots) - 1), cost

    def _service(self, nodes: Nodes) -> shape.Service:
        fields: list[tuple[str, shape.ServicePart]] = []
        for name, parts in self.selected("Service", nodes).items():
            match parts[0].name.value:
                case "revision":
                    self.asks_revision = True
                    fields.append((name, shape.Revision()))
                case "counts":
                    fields.append((name, self._totals(parts)))
                case field:
                    fields.append((name, shape.Constant(self._known("Service", field, self.about.get(field), parts))))
        return shape.Service(tuple(fields))

    def _totals(self, nodes: Nodes) -> shape.Totals:
        self.totals |= {node.label for node in self.sight.domain}
        fields = {name: parts[0].name.value for name, parts in self.selected("RecordCount", nodes).items()}
        known = tuple((name, shape.Constant("RecordCount") if field == "__typename" else field) for name, field in fields.items())
        return shape.Totals(known, tuple(self.about["types"].items()))

    def _known(self, type_name: str, field: str, known: Any, nodes: Nodes) -> Any:
        if field == "__typename":
            return type_name
        if not isinstance(known, tuple):
            return known
        of, items = known
        selection = {name: parts[0].name.value for name, parts in self.selected(of, nodes).items()}
        return [{name: of if wanted == "__typename" else item[wanted] for name, wanted in selection.items()} for item in items]

    # Records ----------------------------------------------------------------------------------------

    def record(self, labels: tuple[str, ...], nodes: Nodes, layout: shape.RowLayout | None = None) -> tuple[shape.Record, int]:
        """The selection on a record as a shape, its columns noted in the layout; and what it costs."""
        row = layout or shape.RowLayout(labels)
        fields, cost = [], 1
        for label in labels:
            of_label, price = self._fields(label, nodes, row)
            fields.append((label, of_label))
            cost = max(cost, 1 + price)
        return shape.Record(row, tuple(fields)), cost

    def _fields(self, label: str, nodes: Nodes, row: shape.RowLayout) -> tuple[tuple[tuple[str, shape.Field], ...], int]:
        node = self.sight.domain[label]
        fields: list[tuple[str, shape.Field]] = []
        cost = 0
        for name, parts in self.selected(label, nodes).items():
            field = parts[0].name.value
            if field == "__typename":
                fields.append((name, shape.Constant(label)))
                continue
            with placing(parts):
                planned, price = self._field(node, field, parts, row)
            fields.append((name, planned))
            cost += price
        return tuple(fields), cost

    def _field(self, node: NodeType, name: str, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Field, int]:
        found = node.composed_named(name) or node[name]
        match found:
            case Property(reasons=()):
                return self._leaf(node, found, nodes, row), 0
            case Relationship():
                return self._related(node, found, nodes, row)
            case _:
                return plan_composed(self, node, found, nodes, row)

    def _leaf(self, node: NodeType, found: Property, nodes: Nodes, row: shape.RowLayout) -> shape.Field:
        parent = self.schema.get_type(node.label)
        language = self.arguments(parent, nodes[0]).get("language")
        expression = self.sight.output(node, found, self.filters, language)
        key = row.need(node.label, ("leaf", found.field) if language is None else object(), expression)
        if found.kind is Kind.POINT:
            return shape.Coordinates(key, tuple((name, parts[0].name.value) for name, parts in self.selected("Point", nodes).items()))
        return shape.Leaf(key, found.required, f"{node.label}.{found.field}")

    def _related(self, node: NodeType, found: Relationship, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Field, int]:
        if not found.many:
            return self._one(node, found, nodes, row)
        if found.plain:
            return self._short_list(node, found, nodes, row)
        parent = self.schema.get_type(node.label)
        labels = reached_labels(found, self.sight.domain)
        target = self.sight.node(found.union or found.target)
        settled = window(self.sight, self.filters, target, self.arguments(parent, nodes[0]), self.limits, found)
        key = object()
        page, connected, cost = self._connection(nodes, settled, target.label, labels, key)
        row.need(node.label, key, page)
        return connected, cost

    def _one(self, node: NodeType, found: Relationship, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Field, int]:
        labels = reached_labels(found, self.sight.domain)
        key = ("one", found.field)
        layout = row.pending(node.label, key, self.filters.relation(found), labels)
        record, cost = self.record(labels, nodes, layout)
        return shape.Related(key, found.required, record, f"{node.label}.{found.field}"), cost

    def _short_list(self, node: NodeType, found: Relationship, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Field, int]:
        labels = reached_labels(found, self.sight.domain)
        settled = window(self.sight, self.filters, self.sight.node(found.target), {}, self.limits, found)
        record, cost = self.record(labels, nodes)
        page = Page(settled.start, ALWAYS, settled.order.keys, record.layout.settle())
        return shape.Listed(row.need(node.label, object(), page), record), cost * settled.usual

    def _connection(
        self, nodes: Nodes, asked: Window, label: str, labels: tuple[str, ...], key: shape.ColumnKey
    ) -> tuple[Page, shape.Connected, int]:
        row = shape.RowLayout(labels)
        walk = Connection(self, asked, label, row)
        fields, cost = walk.parts(self.selected(f"{label}Connection", nodes))
        tallies = walk.counts.settled()
        total_of = asked.start if walk.counted and isinstance(asked.start, str) and asked.condition == ALWAYS else None
        if total_of:
            self.totals.add(total_of)
        counted = walk.counted and not total_of
        bounded: dict[Side, bool] = {"before": bool(asked.after), "after": bool(asked.before)}
        outside = tuple(side for side, there in bounded.items() if there and side in walk.beyond)
        page = asked.page(row.settle() if walk.rows else None, counted=counted, outside=outside, tie=walk.tie)
        page = replace(page, tallies=tuple(tally for _, tally in tallies))
        connected = shape.Connected(
            key,
            fields,
            row if walk.rows else None,
            asked.size,
            asked.backward,
            total_of,
            counted,
            outside,
            tuple(name for name, _ in tallies),
        )
        return page, connected, cost * asked.usual + walk.counts.cost

    # The document -----------------------------------------------------------------------------------

    def selected(self, type_name: str, nodes: Nodes) -> Selection:
        """What is selected of an object of this type, fragments and directives resolved, by response name."""
        self.asked.check_time()
        of = self.schema.get_type(type_name)
        assert isinstance(of, GraphQLObjectType), type_name
        return collect_sub_fields(self.schema, self.asked.fragments, self.asked.variables, of, nodes)

    def arguments(self, parent: Any, node: FieldNode) -> dict[str, Any]:
        """The arguments of a field, coerced; a variable stands in them as a slot."""
        return get_argument_values(parent.fields[node.name.value], node, self.asked.slots)


def _slugs_in(label: str) -> Callable[[str], list[str]]:
    return lambda given: [given.removeprefix(f"{label}:")] if given.startswith(f"{label}:") else []
