"""The lineage of an innovation: its transfers are read with the innovation, the rest is worked out of them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from graph_schema.kernel import Composed, NodeType
from graph_schema.names import camel
from server.errors import BadInput, OverLimit
from server.measures.lineage import Lineage, Step, Violation, lineage
from server.measures.network import City, Transfer
from server.reading import shape
from server.reading.plan import ALWAYS, Absent, All, Compare, Condition, Key, Not, Operator, Page, Stored
from server.reading.values import Value, now, value
from server.reading.walk import Nodes, Walk

STEPS = 100
MOST_STEPS = 1_000
USUAL = 20
"""How many transfers a lineage is taken to have, for the cost of a request."""

_FACTS = ("slug", "kind", "degree", "outcome", "claimLevel", "year")
_COUNTRY, _CODE = ("one", "country"), ("leaf", "code")
_SLUG, _GIVERS = ("leaf", "slug"), ("givers",)

RowOf = list[Any]


@dataclass(frozen=True, slots=True)
class _Told:
    """A lineage, the rows it was worked out of, and what makes objects of them."""

    lineage: Lineage
    innovation: RowOf
    transfers: Mapping[str, RowOf]
    givers: Mapping[str, list[RowOf]]
    receivers: Mapping[str, RowOf]
    cities: Mapping[str, RowOf]
    makers: shape.Makers


Part = Callable[[_Told], Any]
OfStep = Callable[[_Told, Step], Any]
OfViolation = Callable[[_Told, Violation], Any]


def plan_lineage(walk: Walk, node: NodeType, found: Composed, nodes: Nodes, row: shape.RowLayout) -> tuple[shape.Composed, int]:
    """The columns a lineage needs, and how its answer is made of them."""
    arguments = walk.arguments(walk.schema.get_type(node.label), nodes[0])
    planned = _Planned(walk, node, found, row)
    parts = planned.parts(nodes)
    columns = planned.columns(_chosen(arguments))

    def compose(innovation: RowOf, values: tuple[Any, ...], makers: shape.Makers) -> dict[str, Any]:
        told = planned.told(innovation, values, makers)
        return {name: part(told) for name, part in parts.items()}

    walk.sight.measures[found.field] = found.measure
    return shape.Composed(columns, compose, tuple(planned.records.items())), planned.cost * USUAL


def _chosen(arguments: Mapping[str, Any]) -> Condition:
    """Which transfers belong to it: INFERRED ones only if asked for; undated ones in no span of years."""
    parts: list[Condition] = []
    if not now(arguments.get("includeInferred")):
        parts.append(Not(Compare(Stored("claimLevel", required=True), "eq", Value(constant="INFERRED"))))
    if now(arguments.get("kinds")) is not None:
        parts.append(Compare(Stored("kind", required=True), "in", value(arguments["kinds"])))
    bounds: tuple[tuple[str, Operator], ...] = (("since", "gte"), ("until", "lte"))
    for name, operator in bounds:
        if now(arguments.get(name)) is not None:
            parts.append(Compare(Stored("year"), operator, value(arguments[name])))
    return All(tuple(parts)) if parts else ALWAYS


@dataclass
class _Planned:
    """What is noted while the selection of a lineage is walked."""

    walk: Walk
    node: NodeType
    found: Composed
    row: shape.RowLayout
    transfer: shape.RowLayout = field(default_factory=lambda: shape.RowLayout(("Transfer",)))
    giver: shape.RowLayout = field(default_factory=lambda: shape.RowLayout(("City",)))
    records: dict[str, shape.Record] = field(default_factory=dict)
    cost: int = 1

    def __post_init__(self) -> None:
        domain, filters = self.walk.sight.domain, self.walk.filters
        to = domain["Transfer"].relationship_named("targetCity")
        self.receiver = self.transfer.pending("Transfer", ("one", to.field), filters.relation(to), ("City",))

    # What is asked for ------------------------------------------------------------------------------

    def parts(self, nodes: Nodes) -> dict[str, Part]:
        """How each part of the answer is made."""
        return {name: self._part(parts) for name, parts in self.walk.selected(self.found.type, nodes).items()}

    def _part(self, nodes: Nodes) -> Part:
        match nodes[0].name.value:
            case "innovation":
                made = self._made(self.node.label, nodes, self.row)
                return lambda told: told.makers[made](told.innovation)
            case "roots":
                made = self._made("City", nodes, self.giver)
                return lambda told: [told.makers[made](told.cities[root]) for root in told.lineage.roots]
            case "steps":
                return self._steps(nodes)
            case "measures":
                return self._measures(nodes)
            case "violations":
                return self._violations(nodes)
        return lambda _: self.found.type

    def _steps(self, nodes: Nodes) -> Part:
        most = _size(now(self.walk.arguments(self.walk.schema.get_type(self.found.type), nodes[0]).get("first")))
        parts = {name: self._of_step(fields) for name, fields in self.walk.selected("LineageStep", nodes).items()}
        return lambda told: [{name: part(told, step) for name, part in parts.items()} for step in told.lineage.steps[:most]]

    def _of_step(self, nodes: Nodes) -> OfStep:
        match nodes[0].name.value:
            case "generation":
                return lambda _, step: step.generation
            case "joint":
                return lambda _, step: step.joint
            case "transfer":
                made = self._made("Transfer", nodes, self.transfer)
                return lambda told, step: told.makers[made](told.transfers[step.transfer])
            case "from":
                giver = self._made("City", nodes, self.giver)
                return lambda told, step: [told.makers[giver](city) for city in told.givers[step.transfer]]
            case "to":
                taker = self._made("City", nodes, self.receiver)
                return lambda told, step: told.makers[taker](told.receivers[step.transfer])
        return lambda *_: "LineageStep"

    def _measures(self, nodes: Nodes) -> Part:
        asked = {name: parts[0].name.value for name, parts in self.walk.selected("LineageMeasures", nodes).items()}
        known = {"definitionVersion": self.found.measure, "__typename": "LineageMeasures"}

        def measures(told: _Told) -> dict[str, Any]:
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
                transfer = self._made("Transfer", nodes, self.transfer)
                return lambda told, each: told.makers[transfer](told.transfers[each.transfer]) if each.transfer else None
            case "city":
                city = self._made("City", nodes, self.giver)
                return lambda told, each: told.makers[city](told.cities[each.city]) if each.city else None
        return lambda *_: "LineageViolation"

    def _made(self, label: str, nodes: Nodes, layout: shape.RowLayout) -> str:
        """The name of what makes objects of these rows."""
        record, cost = self.walk.record((label,), nodes, layout)
        self.cost += cost
        name = f"m{len(self.records)}"
        self.records[name] = record
        return name

    # What is read -----------------------------------------------------------------------------------

    def columns(self, chosen: Condition) -> tuple[shape.ColumnKey, ...]:
        """The transfers, the year of first use, and the day on which the first pilot began."""
        domain, filters = self.walk.sight.domain, self.walk.filters
        for layout in (self.giver, self.receiver):
            self._needs(layout, "City", "slug")
            country = domain["City"].relationship_named("country")
            self._needs(layout.pending("City", _COUNTRY, filters.relation(country), ("Country",)), "Country", "code")
        for name in _FACTS:
            self._needs(self.transfer, "Transfer", name)
        gave = domain["Transfer"].relationship_named("sourceCities")
        givers = Page(filters.relation(gave), ALWAYS, (Key(Stored("position", "edge")),), self.giver.settle())
        self.transfer.need("Transfer", _GIVERS, givers)
        transfers = Page(filters.relation(self.node.relationship_named("transfers")), chosen, (), self.transfer.settle())
        began = Stored("startDate")
        pilot = shape.RowLayout(("Pilot",))
        self._needs(pilot, "Pilot", "startDate")
        first = Page(
            filters.relation(self.node.relationship_named("pilots")),
            Not(Absent(began)),
            (Key(began, nullable=False),),
            pilot.settle(),
            Value(constant=1),
        )
        label = self.node.label
        self._needs(self.row, label, "firstYear")
        return (self.row.need(label, object(), transfers), ("leaf", "firstYear"), self.row.need(label, object(), first))

    def _needs(self, layout: shape.RowLayout, label: str, name: str) -> None:
        node = self.walk.sight.domain[label]
        layout.need(label, ("leaf", name), self.walk.sight.output(node, node.property_named(name), self.walk.filters))

    # What came --------------------------------------------------------------------------------------

    def told(self, innovation: RowOf, values: tuple[Any, ...], makers: shape.Makers) -> _Told:
        """The lineage out of the rows that came."""
        rows, first_year, first_pilots = values
        slug, givers, receiver = (self.transfer.place("Transfer", key) for key in (_SLUG, _GIVERS, ("one", "targetCity")))
        # A transfer one of whose ends is hidden from the viewer is hidden as well.
        whole = {row[slug]: row for row in rows if row[givers] and row[receiver]}
        given = {name: row[givers] for name, row in whole.items()}
        received = {name: row[receiver] for name, row in whole.items()}
        cities = {self._slug(self.giver, city): city for listed in given.values() for city in listed}
        known = {name: City(name, self._country(self.giver, city)) for name, city in cities.items()}
        known |= {self._slug(self.receiver, city): self._city(city) for city in received.values()}
        pilot_year = int(first_pilots[0][0][:4]) if first_pilots else None
        transfers = [self._transfer(row) for row in whole.values()]
        found = lineage(transfers, known, first_year=first_year, earliest_pilot_year=pilot_year)
        return _Told(found, innovation, whole, given, received, cities, makers)

    def _transfer(self, row: RowOf) -> Transfer:
        said = {name: row[self.transfer.place("Transfer", ("leaf", name))] for name in _FACTS}
        givers = row[self.transfer.place("Transfer", _GIVERS)]
        return Transfer(
            slug=said["slug"],
            innovation=None,
            kind=said["kind"],
            degree=said["degree"],
            outcome=said["outcome"],
            claim_level=said["claimLevel"],
            year=said["year"],
            givers=tuple(self._slug(self.giver, city) for city in givers),
            target=self._slug(self.receiver, row[self.transfer.place("Transfer", ("one", "targetCity"))]),
        )

    def _city(self, row: RowOf) -> City:
        return City(self._slug(self.receiver, row), self._country(self.receiver, row))

    def _slug(self, layout: shape.RowLayout, row: RowOf) -> str:
        return str(row[layout.place("City", _SLUG)])

    def _country(self, layout: shape.RowLayout, row: RowOf) -> str:
        found = row[layout.place("City", _COUNTRY)]
        below = layout.columns["City"][_COUNTRY]
        assert isinstance(below, shape.Pending)
        return str(found[below.layout.place("Country", _CODE)]) if found else ""


def _size(asked: Any) -> int:
    if asked is None:
        return STEPS
    if asked < 1:
        raise BadInput(f"`first` is {asked}.", hint=f"Ask for 1 to {MOST_STEPS} steps, or leave `first` out for {STEPS}.")
    if asked > MOST_STEPS:
        raise OverLimit("steps", MOST_STEPS, f"first: {asked}", code="PAGE_TOO_LARGE")
    return int(asked)
