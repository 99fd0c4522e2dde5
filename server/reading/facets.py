"""The facets that a document asks of a list become tallies of a plan, and the shape of their answer."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, product
from typing import Any

from graph_schema.facets import FACET_COST, MOST_VALUES, Facet, facets_of
from graph_schema.kernel import Kind, NodeType, Property, Relationship
from graph_schema.names import camel, in_words, upper_snake
from server.errors import BadInput, OverLimit
from server.reading import shape
from server.reading.plan import (
    ALWAYS,
    NEVER,
    Absent,
    ByRecord,
    ByValue,
    Condition,
    Exists,
    Grouped,
    Groups,
    Kinds,
    Missing,
    Not,
    Relation,
    Stored,
    Tally,
    Together,
    TypeName,
    meaning,
)
from server.reading.values import Value, now
from server.reading.walk import Nodes, Selection, Walk

Told = Mapping[Hashable, Any]
Part = Callable[[Told], Any]
Group = tuple[str | None, str | None, Sequence[Any]]
"""Key and label of a value, and the figures of the records that have it."""

_UNDER_A_RECORD = 10
_COMPUTED = 3
MOST = Value(constant=MOST_VALUES)
"""How many values are given."""


@dataclass(slots=True)
class Gathered:
    """The tallies of one list, noted while its selection is walked; those of one meaning are read once."""

    walk: Walk
    node: NodeType
    at_root: bool
    most: int
    tallies: dict[Hashable, Tally] = field(default_factory=dict)
    cost: int = 0

    def need(self, tally: Tally) -> Hashable:
        """Note a tally; returns the name under which it is told."""
        key = meaning(tally)
        self.tallies.setdefault(key, tally)
        return key

    def settled(self) -> tuple[tuple[Hashable, Tally], ...]:
        """The tallies in an order that does not depend on the order of asking."""
        return tuple(sorted(self.tallies.items(), key=lambda item: repr(item[1])))

    def charge(self, *, computed: bool) -> None:
        """Add what reading the whole list once more costs."""
        self.cost += FACET_COST // (1 if self.at_root else _UNDER_A_RECORD) * (_COMPUTED if computed else 1)


@dataclass(frozen=True, slots=True)
class By:
    """A facet as the plan has it: what tells records apart, which have none, and how a row is read."""

    name: str
    by: ByValue | ByRecord
    without: Condition
    read: Callable[[Sequence[Any]], Group]
    computed: bool
    closed: bool = False
    """Whether its values are few enough to be given all."""


def plan_facets(gathered: Gathered, nodes: Nodes, asked: Sequence[Any]) -> shape.Worked:
    """`facets` of a connection."""
    names: list[str] = now(asked)
    if not names:
        known = ", ".join(list(facets_of(gathered.walk.sight.domain, gathered.node))[:5])
        raise BadInput("`by` is empty: there is nothing to count by.", hint=f"Name one facet or more, such as {known}.")
    if len(names) > gathered.most:
        raise OverLimit("facets", gathered.most, f"{len(names):,} of one list")
    selection = gathered.walk.selected("FacetCounts", nodes)
    made = [_facet(gathered, by_facet(gathered, name), selection) for name in names]
    return shape.Worked(lambda told: [each(told) for each in made])


def _facet(gathered: Gathered, facet: By, selection: Selection) -> Part:
    gathered.charge(computed=facet.computed)
    parts = {name: _facet_part(gathered, facet, nodes) for name, nodes in selection.items()}
    return lambda told: {name: part(told) for name, part in parts.items()}


def _facet_part(gathered: Gathered, facet: By, nodes: Nodes) -> Part:
    match nodes[0].name.value:
        case "values":
            groups = gathered.need(Groups(facet.by, MOST))
            fields = [(name, parts[0].name.value) for name, parts in gathered.walk.selected("FacetValue", nodes).items()]
            return lambda told: [_facet_value(facet.read(row), fields) for row in told[groups]]
        case "missing":
            return _missing(gathered, facet)
        case "more":
            return more(gathered, facet)
        case "by":
            return lambda _: facet.name
        case _:
            return lambda _: "FacetCounts"


def _missing(gathered: Gathered, facet: By) -> Part:
    if facet.without == NEVER:
        return lambda _: 0
    if isinstance(facet.by, ByValue):
        without = gathered.need(Together(facet.without))
        return lambda told: told[without]
    # To count all and those that lead somewhere costs a third of asking each whether it leads nowhere.
    whole, grouped = gathered.need(Together(ALWAYS)), gathered.need(Grouped(facet.by))
    return lambda told: told[whole] - told[grouped]


def _facet_value(group: Group, fields: Sequence[tuple[str, str]]) -> dict[str, Any]:
    key, label, (count, *_) = group
    known = {"key": key, "label": label, "count": count, "__typename": "FacetValue"}
    return {name: known[wanted] for name, wanted in fields}


def more(gathered: Gathered, facet: By) -> Part:
    """How many values there are beyond those that are given."""
    if facet.closed:
        return lambda _: 0
    kinds = gathered.need(Kinds(facet.by))
    return lambda told: max(told[kinds] - MOST_VALUES, 0)


def by_facet(gathered: Gathered, name: str) -> By:
    """How records are told apart by the facet of that name."""
    walk = gathered.walk
    facet = facets_of(walk.sight.domain, gathered.node)[name]
    if facet.of:
        of = walk.sight.output(gathered.node, facet.of, walk.filters)
        by = ByValue(of, facet.of.kind is Kind.PARTIAL_DATE)
        without = NEVER if facet.of.required and not isinstance(of, Missing) else Absent(of)
        return By(name, by, without, _reader(facet.of), not isinstance(of, Stored), _is_closed(facet.of))
    if not facet.ways:
        return By(name, ByValue(TypeName()), NEVER, _read_type, computed=False, closed=True)
    (relation, several), target = _relation(walk, gathered.node, facet), walk.sight.node(facet.label)
    told_apart = ByRecord(relation, target.lookup, camel(target.title), several)
    return By(name, told_apart, Not(Exists(relation, ALWAYS)), lambda row: (row[0], row[1], row[2:]), computed=False)


def _is_closed(of: Property) -> bool:
    return of.kind is Kind.BOOLEAN or (of.vocabulary is not None and len(of.vocabulary.values) <= MOST_VALUES)


def _relation(walk: Walk, node: NodeType, facet: Facet) -> tuple[Relation, bool]:
    """Its ways as one relation, and whether they may lead to several records."""
    ways = [_steps(walk, node, way) for way in facet.ways]
    several = any(each.many for steps in ways for each in steps)
    if len(ways) == len(ways[0]) == 1:
        return walk.filters.relation(ways[0][0]), several
    paths = (path for steps in ways for path in product(*(each.paths for each in steps)))
    return Relation(tuple(tuple(chain(*path)) for path in paths)), several


def _steps(walk: Walk, node: NodeType, way: Sequence[str]) -> list[Relationship]:
    steps: list[Relationship] = []
    for name in way:
        steps.append(node.relationship_named(name))
        node = walk.sight.node(steps[-1].target)
    return steps


def _read_type(row: Sequence[Any]) -> Group:
    name = upper_snake(row[0])
    return name, in_words(name), row[1:]


def _reader(of: Property) -> Callable[[Sequence[Any]], Group]:
    match of.kind:
        case Kind.BOOLEAN:
            return lambda row: (str(row[0]).lower(), "Yes" if row[0] else "No", row[1:])
        case Kind.ENUM:
            return lambda row: (row[0], in_words(row[0]), row[1:])
        case _:
            return lambda row: (str(row[0]), str(row[0]), row[1:])
