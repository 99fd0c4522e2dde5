"""The numbers that a document asks of a list, in all and by group, become tallies of a plan, and the shape of their answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_schema.facets import numbers_of
from graph_schema.kernel import Kind, Property
from server.reading import shape
from server.reading.facets import MOST, By, Gathered, Group, Part, Told, by_facet, more
from server.reading.figures import part_of_number
from server.reading.plan import ALWAYS, NEVER, Figure, Figures, Groups, Stored, Together
from server.reading.values import now
from server.reading.walk import Nodes, Selection, Walk, refuse_ungrouped

_NEEDS: Mapping[str, tuple[Figure, ...]] = {
    "count": ("count",),
    "missing": ("count",),
    "mean": ("count", "sum"),
    "sum": ("count", "sum"),
    "min": ("min",),
    "max": ("max",),
    "median": ("median",),
}


def plan_aggregate(gathered: Gathered, nodes: Nodes, group_by: Any) -> shape.Worked:
    """`aggregate` of a connection."""
    of = f"{gathered.node.label}Aggregate"
    selection = gathered.walk.selected(of, nodes)
    numbers = _Numbers.of(gathered, selection)
    gathered.charge(computed=numbers.computed)
    fields = numbers.fields(gathered.walk, selection, of)
    needs_whole = bool(numbers.asked) or any(nodes[0].name.value == "count" for nodes in selection.values())
    whole = gathered.need(Together(ALWAYS, numbers.figures)) if needs_whole else None
    facet = None if now(group_by) is None else by_facet(gathered, now(group_by))
    grouped = {name: _of_groups(gathered, facet, parts) for name, parts in selection.items() if name not in fields}

    def made(told: Told) -> dict[str, Any]:
        group = None, None, _whole(told[whole] if whole else 0)
        return {name: fields[name](group) if name in fields else grouped[name](told) for name in selection}

    return shape.Worked(made)


def _of_groups(gathered: Gathered, facet: By | None, nodes: Nodes) -> Part:
    asked = nodes[0].name.value
    if facet is None:
        refuse_ungrouped(nodes)
    if asked == "moreGroups":
        return more(gathered, facet)
    of = f"{gathered.node.label}Group"
    selection = gathered.walk.selected(of, nodes)
    numbers = _Numbers.of(gathered, selection)
    gathered.charge(computed=numbers.computed or facet.computed)
    groups = gathered.need(Groups(facet.by, MOST, numbers.figures))
    rest = None if facet.without == NEVER else gathered.need(Together(facet.without, numbers.figures))
    fields = numbers.fields(gathered.walk, selection, of)

    def made(told: Told) -> list[dict[str, Any]]:
        without: Group = (None, None, _whole(told[rest] if rest else 0))
        found = [*map(facet.read, told[groups]), *([without] if without[2][0] else [])]
        return [{name: part(group) for name, part in fields.items()} for group in found]

    return made


def _whole(told: Any) -> Sequence[Any]:
    """The figures of records taken together; where only their number is asked for it stands alone, without records there is none."""
    return told[0] if isinstance(told, list) and told else (told or 0,)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers that a selection asks for, by response name, and where their figures stand among those of a group."""

    asked: Mapping[str, tuple[Property, Nodes]]
    figures: tuple[Figures, ...]
    places: Mapping[str, Mapping[Figure, int]]
    computed: bool

    @classmethod
    def of(cls, gathered: Gathered, selection: Selection) -> "_Numbers":
        """Those of an aggregate or a group."""
        walk, declared = gathered.walk, numbers_of(gathered.node)
        asked = {name: (declared[nodes[0].name.value], nodes) for name, nodes in selection.items() if nodes[0].name.value in declared}
        wanted: dict[str, set[Figure]] = {}
        for of, nodes in asked.values():
            for parts in walk.selected("NumberAggregate", nodes).values():
                wanted.setdefault(of.field, set()).update(_NEEDS.get(parts[0].name.value, ()))
        figures = {name: _figures(gathered, declared[name], found) for name, found in wanted.items() if found}
        order = sorted(figures, key=lambda name: (repr(figures[name]), name))
        places, place = {}, 1
        for name in order:
            places[name] = {figure: place + nth for nth, figure in enumerate(figures[name].wanted)}
            place += len(places[name])
        computed = any(not isinstance(each.of, Stored) for each in figures.values())
        return cls(asked, tuple(figures[name] for name in order), places, computed)

    def fields(self, walk: Walk, selection: Selection, of: str) -> dict[str, Callable[[Group], Any]]:
        """What is made of a group under each response name, in their order."""
        found: dict[str, Callable[[Group], Any]] = {}
        for name, nodes in selection.items():
            match nodes[0].name.value:
                case "count":
                    found[name] = lambda group: group[2][0]
                case "key":
                    found[name] = lambda group: group[0]
                case "label":
                    found[name] = lambda group: group[1]
                case "__typename":
                    found[name] = lambda _: of
                case _ if name in self.asked:
                    found[name] = self._number(walk, *self.asked[name])
        return found

    def _number(self, walk: Walk, of: Property, nodes: Nodes) -> Callable[[Group], Any]:
        places = self.places.get(of.field, {})
        fields = [(name, parts[0].name.value) for name, parts in walk.selected("NumberAggregate", nodes).items()]

        def made(group: Group) -> dict[str, Any]:
            # Without records there are no figures at all.
            told = {figure: group[2][place] for figure, place in places.items()} if group[2][0] else dict.fromkeys(places)
            return {name: part_of_number(wanted, group[2][0], told) for name, wanted in fields}

        return made


def _figures(gathered: Gathered, of: Property, wanted: set[Figure]) -> Figures:
    expression = gathered.walk.sight.output(gathered.node, of, gathered.walk.filters)
    return Figures(expression, tuple(sorted(wanted)), of.kind is Kind.FLOAT)
