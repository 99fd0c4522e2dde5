"""Arguments of a field, drawn, with how many records they ask for."""

from dataclasses import dataclass
from typing import Any

from graphql import GraphQLArgument, GraphQLEnumType, GraphQLField, get_named_type

from graph_schema.kernel import Relationship
from tests.oracle.asking import Asker
from tests.oracle.asking_choices import REPLICABLE, SIMILAR, of_replicable, of_similar
from tests.oracle.asking_lineages import TREES, of_lineage, of_steps, of_tree
from tests.oracle.asking_networks import DRAWN, page_of_chosen
from tests.oracle.asking_searches import SEARCHES, of_search
from tests.oracle.marks import Marks
from tests.oracle.places import Place
from tests.oracle.writing_values import Name, Pen

SIZES = (1, 2, 3, 5, 20, 100)
USUAL = 20
REASONS = 20
LINEAGE = 25
# Arguments of what is counted over a whole list, which costs as many records at once.
COUNTING = {"by", "groupBy"}
PAGE = {"first", "after", "last", "before"}
"""The arguments of a page of records that a measure chose."""
MEASURES = {**DRAWN, SIMILAR: of_similar, REPLICABLE: of_replicable}
"""What is worked out of many records, with what draws its arguments."""
USUAL_SIZES = {"reachableCities": 20, SIMILAR: 5, REPLICABLE: 10, "search": 20, "suggest": 10}
Drawn = tuple[dict[str, Any], float]


@dataclass(frozen=True)
class Arguments:
    """Draws them."""

    pen: Pen
    asker: Asker
    marks: Marks

    def of(self, name: str, offered: GraphQLField, place: Place) -> tuple[str, float]:
        """The arguments as text, and for how many records they ask."""
        asked, size = self._drawn(name, offered, place)
        return "(" + ", ".join(f"{key}: {self.pen.literal(value)}" for key, value in asked.items()) + ")" if asked else "", size

    def _drawn(self, name: str, offered: GraphQLField, place: Place) -> Drawn:
        label = str(get_named_type(offered.type)).removesuffix("Connection")
        relationship = self._relationship(name, place)
        if name in (*MEASURES, *SEARCHES) and not relationship and offered.args:
            return self._of_measure(name, offered)
        if label in ("Lineage", "LineageStep", *TREES) or (offered.args.keys() == {"first"} and label != "Broker"):
            return self._of_lineages(label, offered)
        if offered.args.keys() == PAGE:
            return self._of_page(label, offered)
        if "where" in offered.args:
            size = self.pen.pick([each for each in SIZES if each <= max(1, place.room)])
            is_usual = place.room >= USUAL and self.pen.chance(25)
            return self.asker.window(offered.args, label, relationship, None if is_usual else size), USUAL if is_usual else size
        if offered.args.keys() & COUNTING:
            return self._counting(offered), 1
        if "ids" in offered.args:
            return self._written(offered, {"ids": [self._an_id() for _ in range(self.pen.number(0, 4))]}), 4
        if label == "EvidenceReason":
            return {}, REASONS
        if label in ("ReplicationPaths", "Broker"):
            return self._of_network(label, offered)
        if offered.args:
            (key,) = offered.args
            return self._written(offered, {key: self._an_id() if key == "id" else self._a_key(label, key)}), 1
        return {}, 4 if relationship and relationship.plain else 1

    def _written(self, offered: GraphQLField, drawn: dict[str, Any]) -> dict[str, Any]:
        """The values, some of them as variables; null stands where it is, because a variable may be one that must not be null."""
        return {key: None if value is None else self.pen.written(offered.args[key].type, value) for key, value in drawn.items()}

    def _of_measure(self, name: str, offered: GraphQLField) -> Drawn:
        world = self.asker.pool.seen.world
        if name in SEARCHES:
            drawn = of_search(self.pen, name, self.marks)
        else:
            required, others = MEASURES[name](self.pen, world)
            drawn = required | {key: value for key, value in others.items() if self.pen.chance(40)}
        asked = self._written(offered, drawn)
        if "where" in offered.args and self.pen.chance(40):
            asked["where"] = self._where(offered.args["where"])
        return asked, max(5, drawn.get("first", USUAL_SIZES[name])) if name in USUAL_SIZES else 5

    def _where(self, argument: GraphQLArgument) -> Any:
        return self.asker.where(argument, str(argument.type).removesuffix("Filter"))

    def _of_page(self, label: str, offered: GraphQLField) -> Drawn:
        size = self.pen.pick([1, 2, 5])
        drawn = page_of_chosen(self.pen, size)
        asked = self._written(offered, drawn)
        for name in ("after", "before"):
            if self.pen.chance(30):
                asked[name] = self.pen.written(offered.args[name].type, self.marks.chosen(self.pen, label), percent=40)
        return asked, size if drawn else USUAL

    def _counting(self, offered: GraphQLField) -> dict[str, Any]:
        ((key, argument),) = offered.args.items()
        of = get_named_type(argument.type)
        assert isinstance(of, GraphQLEnumType)
        chosen = [Name(each) for each in self.pen.some(list(of.values), 2)]
        return self._written(offered, {key: chosen if key == "by" and (len(chosen) > 1 or self.pen.chance(80)) else chosen[0]})

    def _of_network(self, label: str, offered: GraphQLField) -> Drawn:
        first = self.pen.pick([1, 2, 5])
        if label == "Broker":
            return {"first": first}, first
        truths = [name for name, argument in offered.args.items() if str(argument.type) == "Boolean"]
        drawn: dict[str, Any] = {name: self.pen.chance(50) for name in truths if self.pen.chance(30)}
        cities = sorted(each["slug"] for each in self.asker.pool.seen.world.visible("City"))
        start, end = self.pen.some(cities, 2)[0], self.pen.pick(cities)
        drawn |= {"from": start, "to": end if end != start else next(each for each in cities if each != start)}
        return self._written(offered, drawn | {"maxTransfers": self.pen.number(1, 6), "first": first}), 7 * first

    def _of_lineages(self, label: str, offered: GraphQLField) -> Drawn:
        if label in TREES:
            innovations = sorted(each["slug"] for each in self.asker.pool.seen.world.visible("Innovation"))
            return self._written(offered, of_tree(self.pen, innovations)), LINEAGE
        if label == "Lineage":
            return self._written(offered, of_lineage(self.pen, self.marks)), LINEAGE
        drawn = of_steps(self.pen, label, self.marks)
        return self._written(offered, drawn), LINEAGE if label == "LineageStep" else drawn.get("first", _default(offered))

    def _relationship(self, name: str, place: Place) -> Relationship | None:
        nodes = self.asker.pool.seen.domain.nodes
        label = "City" if str(place.type) == "Record" else str(place.type)
        part = nodes[label][name] if label in nodes and not nodes[label].composed_named(name) else None
        return part if isinstance(part, Relationship) else None

    def _an_id(self) -> str:
        strange = ["City:atlantis", "", "x", "City:Valencia"]
        return str(self.pen.pick(strange) if self.pen.chance(8) else self.pen.pick(self.asker.pool.everywhere)["id"])

    def _a_key(self, label: str, key: str) -> str:
        records = self.asker.pool.records([label])
        return "atlantis" if not records or self.pen.chance(5) else str(self.pen.pick(records)[key])


def _default(offered: GraphQLField) -> int:
    """How long a list is unless it is asked for otherwise."""
    return int(offered.args["first"].default_value)
