"""The lineage of an innovation: its transfers are read with the innovation, the rest is worked out of them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from math import ceil
from typing import Any

from graph_schema.kernel import Composed, NodeType
from graph_schema.names import camel
from server.errors import BadInput
from server.measures.lineage import Step, Violation
from server.reading import shape
from server.reading.folds import plan_folds
from server.reading.lineage_rows import INNOVATION, Arguments, RowOf, Rows, Told, chosen
from server.reading.steps import folds_asked, steps_asked
from server.reading.values import now
from server.reading.walk import Nodes, Walk

USUAL = 20
"""How many transfers a lineage is taken to have, for the cost of a request."""

Part = Callable[[Told], Any]
OfStep = Callable[[Told, Step], Any]
OfViolation = Callable[[Told, Violation], Any]


def plan_lineage(walk: Walk, node: NodeType, found: Composed, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Composed, int]:
    """The columns a lineage needs, and how its answer is made of them: of an innovation, or through it of another record."""
    arguments = walk.arguments(walk.schema.get_type(node.label), nodes[0])
    way = (("one", found.through),) if found.through else ()
    innovation = row
    for key in way:
        relation = walk.filters.relation(node.relationship_named(found.through))
        innovation = row.pending(node.label, key, relation, (INNOVATION,))
    rows = Rows(walk, innovation, variants=bool(now(arguments.get("includeVariants"))))
    planned = _Planned(walk, found, rows, arguments)
    parts = planned.parts(nodes)
    rows.read(chosen(arguments))

    def compose(record: RowOf, reached: tuple[Any, ...], makers: shape.Makers, variables: Mapping[str, Any]) -> Any:
        of = reached[0] if way else record
        if of is None:
            return None
        told = rows.told(of, makers, variables)
        return {name: part(told) for name, part in parts.items()}

    walk.sight.measures[found.field] = found.measure
    return shape.Composed(way, compose, tuple(planned.records.items())), planned.cost * USUAL


@dataclass
class _Planned:
    """What is noted while the selection of a lineage is walked."""

    walk: Walk
    found: Composed
    rows: Rows
    arguments: Arguments
    records: dict[str, shape.Record] = field(default_factory=dict)
    cost: int = 1

    def __post_init__(self) -> None:
        self.folded = now(self.arguments.get("collapseBy")) is not None
        asked = [name for name in ("first", "after") if now(self.arguments.get(name)) is not None]
        if asked and not self.folded:
            raise BadInput(
                f"`{asked[0]}` of a lineage is about its folds, and it has none without `collapseBy`.",
                hint="Give collapseBy: COUNTRY, or ask `steps(first, after)` for the steps page by page.",
            )

    def parts(self, nodes: Nodes) -> dict[str, Part]:
        """How each part of the answer is made."""
        return {name: self._part(parts) for name, parts in self.walk.selected(self.found.type, nodes).items()}

    def made(self, label: str, nodes: Nodes, layout: shape.RowLayout) -> str:
        """The name of what makes objects of these rows."""
        record, cost = self.walk.record((label,), nodes, layout)
        self.cost += cost
        name = f"m{len(self.records)}"
        self.records[name] = record
        return name

    def _part(self, nodes: Nodes) -> Part:
        match nodes[0].name.value:
            case "innovation":
                made = self.made(INNOVATION, nodes, self.rows.innovation)
                return lambda told: told.makers[made](told.innovation)
            case "roots":
                made = self.made("City", nodes, self.rows.giver)
                return lambda told: [told.makers[made](told.cities[root]) for root in told.lineage.roots]
            case "steps":
                return self._steps(nodes)
            case "stepCount":
                return lambda told: len(told.lineage.steps)
            case "folds":
                folds = plan_folds(self.walk, self.rows, self.made, nodes, folds_asked(self.arguments))
                return folds if self.folded else lambda _: None
            case "measures":
                return self._measures(nodes)
            case "violations":
                return self._violations(nodes)
        return lambda _: self.found.type

    def _steps(self, nodes: Nodes) -> Part:
        arguments = self.walk.arguments(self.walk.schema.get_type(self.found.type), nodes[0])
        asked, before = steps_asked(arguments), self.cost
        parts = {name: self._of_step(fields) for name, fields in self.walk.selected("LineageStep", nodes).items()}
        if now(arguments.get("first")) is not None:
            # Who asks for more than a lineage usually has pays for as many.
            self.cost += ceil((self.cost - before) * max(0, asked.size - USUAL) / USUAL)

        def steps(told: Told) -> list[dict[str, Any]]:
            page, _ = asked.of(told.lineage.steps, told.variables)
            return [{name: part(told, step) for name, part in parts.items()} for step in page]

        return steps

    def _of_step(self, nodes: Nodes) -> OfStep:
        rows = self.rows
        match nodes[0].name.value:
            case "generation":
                return lambda _, step: step.generation
            case "joint":
                return lambda _, step: step.joint
            case "cursor":
                return lambda _, step: steps_asked({}).cursor(step)
            case "transfer":
                made = self.made("Transfer", nodes, rows.transfer)
                return lambda told, step: told.makers[made](told.transfers[step.transfer])
            case "innovation":
                layout = rows.to_one("Transfer", "innovation", rows.transfer)
                innovation = self.made(INNOVATION, nodes, layout)
                return lambda told, step: told.makers[innovation](rows.innovation_of(told.transfers[step.transfer]))
            case "from":
                giver = self.made("City", nodes, rows.giver)
                return lambda told, step: [told.makers[giver](city) for city in told.givers[step.transfer]]
            case "to":
                taker = self.made("City", nodes, rows.receiver)
                return lambda told, step: told.makers[taker](told.receivers[step.transfer])
        return lambda *_: "LineageStep"

    def _measures(self, nodes: Nodes) -> Part:
        asked = {name: parts[0].name.value for name, parts in self.walk.selected("LineageMeasures", nodes).items()}
        known = {"definitionVersion": self.found.measure, "__typename": "LineageMeasures"}

        def measures(told: Told) -> dict[str, Any]:
            figures = {camel(name): figure for name, figure in asdict(told.lineage.measures).items()} | known
            return {name: figures[of] for name, of in asked.items()}

        return measures

    def _violations(self, nodes: Nodes) -> Part:
        parts = {name: self._of_violation(fields) for name, fields in self.walk.selected("LineageViolation", nodes).items()}
        return lambda told: [{name: part(told, each) for name, part in parts.items()} for each in told.lineage.violations]

    def _of_violation(self, nodes: Nodes) -> OfViolation:
        match nodes[0].name.value:
            case "kind":
                return lambda _, each: each.kind
            case "message":
                return lambda _, each: each.message
            case "transfer":
                transfer = self.made("Transfer", nodes, self.rows.transfer)
                return lambda told, each: told.makers[transfer](told.transfers[each.transfer]) if each.transfer else None
            case "city":
                city = self.made("City", nodes, self.rows.giver)
                return lambda told, each: told.makers[city](told.cities[each.city]) if each.city else None
        return lambda *_: "LineageViolation"
