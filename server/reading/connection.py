"""The selection on a connection: what is shown of its page, and what it asks of the whole list."""

from typing import Any

from graph_schema.kernel import Property
from server.reading import shape
from server.reading.counts import Counts
from server.reading.plan import Stored
from server.reading.walk import Nodes, Selection, Walk, placing
from server.reading.window import Window


class Connection:
    """Walks the selection of one connection."""

    def __init__(self, walk: Walk, asked: Window, label: str, row: shape.RowLayout) -> None:
        self.walk = walk
        self.asked = asked
        self.label = label
        self.row = row
        self.rows = self.counted = False
        self.beyond: set[str] = set()
        self.counts = Counts(walk, label, at_root=isinstance(asked.start, str))
        # Records of different types may share a slug, never an id.
        self.tie = "id" if row.several else "slug"

    def parts(self, selection: Selection) -> tuple[tuple[tuple[str, shape.Part], ...], int]:
        """The parts asked for, and what one record of the page costs."""
        fields: list[tuple[str, shape.Part]] = []
        cost = 0
        for name, nodes in selection.items():
            with placing(nodes):
                part, price = self._part(nodes)
            fields.append((name, part))
            cost += price
        return tuple(fields), max(cost, 1)

    def _part(self, nodes: Nodes) -> tuple[shape.Part, int]:
        match nodes[0].name.value:
            case "nodes":
                self.rows = True
                record, cost = self.walk.record(self.row.labels, nodes, self.row)
                return shape.Nodes(record), cost
            case "edges":
                self.rows = True
                return self._edges(nodes)
            case "pageInfo":
                return self._page_info(nodes), 0
            case "totalCount":
                self.counted = True
                return shape.Total(), 0
            case "facets":
                return self.counts.facets(nodes), 0
            case "aggregate":
                return self.counts.aggregate(nodes), 0
            case _:
                return shape.Constant(f"{self.label}Connection"), 0

    def _edges(self, nodes: Nodes) -> tuple[shape.Part, int]:
        fields: list[tuple[str, shape.EdgePart]] = []
        cost = 0
        declared = self.walk.sight.domain.edge_properties(self.label) if self.label in self.walk.sight.domain.nodes else {}
        for name, parts in self.walk.selected(f"{self.label}Edge", nodes).items():
            match parts[0].name.value:
                case "cursor":
                    fields.append((name, self._cursor()))
                case "node":
                    record, cost = self.walk.record(self.row.labels, parts, self.row)
                    fields.append((name, shape.EdgeNode(record)))
                case "__typename":
                    fields.append((name, shape.Constant(f"{self.label}Edge")))
                case said:
                    carried = said in {each.field for each in self.asked.edge}
                    fields.append((name, self._said(declared[said]) if carried else shape.Constant(None)))
        return shape.Edges(tuple(fields)), cost

    def _said(self, of: Property) -> shape.Leaf:
        return shape.Leaf(self._need(("edge", of.field), Stored(of.field, "edge")), False, f"{self.label}Edge.{of.field}")

    def _page_info(self, nodes: Nodes) -> shape.PageInfo:
        fields: list[tuple[str, str | shape.Constant]] = []
        for name, parts in self.walk.selected("PageInfo", nodes).items():
            field = parts[0].name.value
            fields.append((name, shape.Constant("PageInfo") if field == "__typename" else field))
        wanted = {field for _, field in fields if isinstance(field, str)}
        self.rows = self.rows or bool(wanted)
        self.beyond |= {side for field, side in (("hasPreviousPage", "before"), ("hasNextPage", "after")) if field in wanted}
        return shape.PageInfo(tuple(fields), self._cursor() if wanted & {"startCursor", "endCursor"} else None)

    def _cursor(self) -> shape.Cursor:
        order = self.asked.order
        keys = tuple(self._need(("key", place), key.of) for place, key in enumerate(order.keys))
        return shape.Cursor(keys, self._need(("leaf", self.tie), Stored(self.tie, required=True)), order.label, order.name)

    def _need(self, key: shape.ColumnKey, column: Any) -> shape.ColumnKey:
        for label in self.row.labels:
            self.row.need(label, key, column)
        return key
