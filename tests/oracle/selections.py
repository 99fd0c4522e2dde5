"""Selections, drawn: fields with aliases, fragments of both sorts, directives."""

import math
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    GraphQLCompositeType,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
)

from graph_schema.kernel import Relationship
from tests.oracle.asking import Asker
from tests.oracle.asking_lineages import TREES, of_lineage, of_steps, of_tree
from tests.oracle.asking_networks import FIELDS as NETWORK_FIELDS
from tests.oracle.asking_networks import LATE, REACH, arguments_of, page_of_chosen
from tests.oracle.scopes import Entry, Scope
from tests.oracle.writing_values import Name, Pen

SIZES = (1, 2, 3, 5, 20, 100)
USUAL = 20
REASONS = 140
LINEAGE = 25
DEEPEST = 6
FIELDS = 45
ALIASES = 12
DIRECTIVES = 16
FRAGMENTS = 5
LEFT_OUT = ("service", "similarCities", "replicableInnovations", "search", "suggest")
# Arguments of what is counted over a whole list, which costs as many records at once.
COUNTING = {"by", "groupBy"}
EVERYWHERE = ("sources", "disputedBy", "supports", "disputes")
ALIAS_NAMES = ("a", "b", "c", "name", "id", "slug", "nodes", "title", "data", "type", "_", "order")


@dataclass(frozen=True)
class Place:
    """Where a selection set stands: below which type, how deep, and for how many records there is room."""

    type: GraphQLCompositeType
    scope: Scope
    depth: int
    room: float
    chosen: bool = False
    """Whether what stands here was found by a measure."""


@dataclass(frozen=True)
class Fragment:
    """A named fragment, with what it needs of a place."""

    name: str
    on: GraphQLNamedType
    scope: Scope
    depth: int
    room: float
    text: str
    chosen: bool


@dataclass
class Selector:
    """Writes selection sets and keeps count of what is limited."""

    pen: Pen
    schema: GraphQLSchema
    asker: Asker
    fragments: list[Fragment] = field(default_factory=list)
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    open_fragments: int = 0

    def __post_init__(self) -> None:
        named = self.schema.type_map.values()
        self.objects = frozenset(each.name for each in named if isinstance(each, GraphQLObjectType))
        self.wrappers = frozenset(each for each in self.objects if each.endswith(("Connection", "Edge")))

    def selection_set(self, place: Place, at_most: int = 4) -> str:
        """One to a few selections in braces."""
        wanted = self.pen.number(1, at_most) if self.fields < FIELDS else 1
        written = [self._selection(place) for _ in range(wanted)]
        return "{ " + " ".join(filter(None, written)) + " }" if any(written) else "{ " + self._filler(place) + " }"

    def _filler(self, place: Place) -> str:
        """What stands where nothing else found room."""
        entry = _typename(place)
        if not place.scope.takes("__typename", entry, objects=self.objects):
            self.aliases += 1
            place.scope.add(f"filler{self.aliases}", entry)
            return f"filler{self.aliases}: __typename"
        place.scope.add("__typename", entry)
        return "__typename"

    def _selection(self, place: Place) -> str:
        if self.pen.chance(12):
            return self._inline_fragment(place)
        if self.pen.chance(12):
            return self._spread(place)
        return self._field(place)

    def _field(self, place: Place) -> str:
        if self.fields >= FIELDS or isinstance(place.type, GraphQLUnionType) or self.pen.chance(4):
            return self._type_name(place)
        offered = {name: each for name, each in place.type.fields.items() if name not in LEFT_OUT and self._fits(each, place)}
        leaves = [name for name, each in offered.items() if not is_composite_type(get_named_type(each.type))]
        branches = [name for name in offered if name not in leaves]
        if not offered:
            return self._type_name(place)
        likely = [each for each in branches if each not in EVERYWHERE] if self.pen.chance(75) else []
        name = self.pen.pick((likely or branches) if branches and (not leaves or self.pen.chance(55)) else leaves)
        self.fields += 1
        return self._composite(name, offered[name], place) if name in branches else self._plain(name, offered[name], place)

    def _fits(self, offered: GraphQLField, place: Place) -> bool:
        least = 20 if offered.args.keys() & COUNTING else 1
        if str(get_named_type(offered.type)) in (*TREES, REACH) and (place.chosen or self.open_fragments):
            return False
        if offered.args.keys() & COUNTING and place.chosen and str(place.type).endswith("Connection"):
            return False
        return not is_composite_type(get_named_type(offered.type)) or (place.depth < DEEPEST and place.room >= least)

    def _type_name(self, place: Place) -> str:
        return self._joined("__typename", _typename(place), place)

    def _plain(self, name: str, offered: GraphQLField, place: Place) -> str:
        arguments = ""
        if "language" in offered.args and self.pen.chance(70):
            language = self.pen.pick(["sv", "en", "de", "", None])
            written = self.pen.written(offered.args["language"].type, language) if language else language
            arguments = self._in_parentheses({"language": written})
        return self._joined(name, Entry(name, str(offered.type), {str(place.type): arguments}, Scope()), place)

    def _joined(self, name: str, entry: Entry, place: Place) -> str:
        """The field under a response name that is still free for it."""
        arguments = next(iter(entry.askers.values()))
        alias = self._alias(name, entry, place.scope)
        if alias is None:
            return ""
        place.scope.add(alias or name, entry)
        return (f"{alias}: " if alias else "") + name + arguments + self._directives()

    def _alias(self, name: str, entry: Entry, scope: Scope) -> str | None:
        """An alias, the empty text where none is needed, None where none is to be had."""
        may_alias = self.aliases < ALIASES
        if may_alias and self.pen.chance(12):
            wanted = self.pen.pick(ALIAS_NAMES)
            if wanted != name and scope.takes(wanted, entry, objects=self.objects):
                self.aliases += 1
                return wanted
        if scope.takes(name, entry, objects=self.objects):
            return ""
        if not may_alias:
            return None
        self.aliases += 1
        return f"other{self.aliases}"

    def _composite(self, name: str, offered: GraphQLField, place: Place) -> str:
        below = get_named_type(offered.type)
        assert isinstance(below, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)
        again = place.scope.entries.get(name)
        if again and str(place.type) in again.askers and again.name == name and self.pen.chance(50):
            arguments, size = again.askers[str(place.type)], 100.0
        else:
            arguments, size = self._arguments(name, offered, place)
        entry = Entry(name, str(offered.type), {str(place.type): arguments}, Scope())
        alias = self._alias(name, entry, place.scope)
        if alias is None:
            return self._type_name(place)
        scope = place.scope.add(alias or name, entry)
        is_record = str(place.type) not in self.wrappers
        chosen = place.chosen or below.name in (*TREES, *LATE)
        inner = Place(below, scope, place.depth + is_record, place.room / size / (2 if is_record else 1), chosen)
        return (f"{alias}: " if alias else "") + name + arguments + self._directives() + " " + self.selection_set(inner)

    def _arguments(self, name: str, offered: GraphQLField, place: Place) -> tuple[str, float]:
        """The arguments as text, and for how many records they ask."""
        label = str(get_named_type(offered.type)).removesuffix("Connection")
        relationship = self._relationship(name, place)
        if name in NETWORK_FIELDS and not relationship and offered.args:
            return self._of_whole(name, offered)
        if label in ("Lineage", "LineageStep", *TREES) or (offered.args.keys() == {"first"} and label != "Broker"):
            return self._of_lineages(label, offered)
        if offered.args.keys() == {"first", "after", "last", "before"}:
            size = self.pen.pick([1, 2, 5])
            asked = {key: self.pen.written(offered.args[key].type, value) for key, value in page_of_chosen(self.pen, size).items()}
            return self._in_parentheses(asked), size if asked else USUAL
        if "where" in offered.args:
            size = self.pen.pick([each for each in SIZES if each <= max(1, place.room)])
            is_usual = place.room >= USUAL and self.pen.chance(25)
            asked = self.asker.window(offered.args, label, relationship, None if is_usual else size)
            return self._in_parentheses(asked), USUAL if is_usual else size
        if offered.args.keys() & COUNTING:
            return self._in_parentheses(self._counting(offered)), 1
        if "ids" in offered.args:
            ids = [self._an_id() for _ in range(self.pen.number(0, 4))]
            return self._in_parentheses({"ids": self.pen.written(offered.args["ids"].type, ids)}), 4
        if label == "EvidenceReason":
            return "", REASONS
        if label in ("ReplicationPaths", "Broker"):
            return self._of_network(label, offered)
        if offered.args:
            ((key, argument),) = offered.args.items()
            asked_for = self._an_id() if key == "id" else self._a_key(label, key)
            return self._in_parentheses({key: self.pen.written(argument.type, asked_for)}), 1
        return "", 4 if relationship and relationship.plain else 1

    def _of_whole(self, name: str, offered: GraphQLField) -> tuple[str, float]:
        drawn = arguments_of(self.pen, name, self.asker.pool.seen.world)
        asked = {key: self.pen.written(offered.args[key].type, value) for key, value in drawn.items()}
        if "where" in offered.args and self.pen.chance(40):
            asked["where"] = self.asker.where(offered.args["where"], "City" if name == "cityPoints" else "Transfer")
        return self._in_parentheses(asked), max(5, drawn.get("first", 1) if name == "reachableCities" else 1)

    def _counting(self, offered: GraphQLField) -> dict[str, Any]:
        ((key, argument),) = offered.args.items()
        of = get_named_type(argument.type)
        assert isinstance(of, GraphQLEnumType)
        chosen = [Name(each) for each in self.pen.some(list(of.values), 2)]
        asked = chosen if key == "by" and (len(chosen) > 1 or self.pen.chance(80)) else chosen[0]
        return {key: self.pen.written(argument.type, asked)}

    def _of_network(self, label: str, offered: GraphQLField) -> tuple[str, float]:
        first = self.pen.pick([1, 2, 5])
        if label == "Broker":
            return self._in_parentheses({"first": first}), first
        truths = [name for name, argument in offered.args.items() if str(argument.type) == "Boolean"]
        asked: dict[str, Any] = {name: self.pen.chance(50) for name in truths if self.pen.chance(30)}
        if label == "ReplicationPaths":
            cities = sorted(each["slug"] for each in self.asker.pool.seen.world.visible("City"))
            start, end = self.pen.some(cities, 2)[0], self.pen.pick(cities)
            asked |= {"from": start, "to": end if end != start else next(each for each in cities if each != start)}
            asked |= {"maxTransfers": self.pen.number(1, 6), "first": first}
        return self._in_parentheses({name: self.pen.written(offered.args[name].type, value) for name, value in asked.items()}), 7 * first

    def _of_lineages(self, label: str, offered: GraphQLField) -> tuple[str, float]:
        innovations = sorted(each["slug"] for each in self.asker.pool.seen.world.visible("Innovation"))
        drawn = (
            of_lineage(self.pen) if label == "Lineage" else of_tree(self.pen, innovations) if label in TREES else of_steps(self.pen, label)
        )
        written = {name: self.pen.written(offered.args[name].type, value) for name, value in drawn.items()}
        return self._in_parentheses(written), drawn.get("first", 100) if label not in ("Lineage", "LineageStep", *TREES) else LINEAGE

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

    def _in_parentheses(self, asked: dict[str, Any]) -> str:
        return "(" + ", ".join(f"{name}: {self.pen.literal(value)}" for name, value in asked.items()) + ")" if asked else ""

    def _inline_fragment(self, place: Place) -> str:
        if self.pen.chance(30):
            return f"...{self._directives()} {self.selection_set(place, 2)}"
        on = self.pen.pick(self._conditions(place.type))
        return f"... on {on.name}{self._directives()} {self.selection_set(replace(place, type=on), 3)}"

    def _spread(self, place: Place) -> str:
        again = [each for each in self.fragments if self._reusable(each, place)]
        if again and self.pen.chance(60):
            fragment = self.pen.pick(again)
        elif len(self.fragments) + self.open_fragments >= FRAGMENTS:
            return self._field(place)
        else:
            fragment = self._new_fragment(place)
            if not place.scope.takes_all(fragment.scope, objects=self.objects):
                return self._field(place)
        place.scope.add_all(fragment.scope)
        return f"...{fragment.name}{self._directives()}"

    def _new_fragment(self, place: Place) -> Fragment:
        on, scope = self.pen.pick(self._conditions(place.type)), Scope()
        self.open_fragments += 1
        body = self.selection_set(Place(on, scope, place.depth, place.room, place.chosen), 3)
        self.open_fragments -= 1
        name = f"F{len(self.fragments)}"
        fragment = Fragment(name, on, scope, place.depth, place.room, f"fragment {name} on {on.name} {body}", place.chosen)
        self.fragments.append(fragment)
        return fragment

    def _reusable(self, fragment: Fragment, place: Place) -> bool:
        return (
            fragment.on in self._conditions(place.type)
            and fragment.depth >= place.depth
            and fragment.room <= place.room
            # What is counted over a whole list is not counted over what a measure chose.
            and not (place.chosen and not fragment.chosen and str(fragment.on).endswith("Connection"))
            and place.scope.takes_all(fragment.scope, objects=self.objects)
        )

    def _conditions(self, here: GraphQLCompositeType) -> list[Any]:
        """Types on which a fragment can stand here."""
        possible = [here] if isinstance(here, GraphQLObjectType) else self.schema.get_possible_types(here)
        interfaces = {each.name: each for kind in possible for each in kind.interfaces}
        return list({here.name: here, **{each.name: each for each in possible}, **interfaces}.values())

    def _directives(self) -> str:
        if self.directives >= DIRECTIVES or not self.pen.chance(7):
            return ""
        self.directives += 1
        name = self.pen.pick(["include", "skip"])
        condition = self.pen.pick([True, True, False]) is (name == "include")
        argument = next(each for each in self.schema.directives if each.name == name).args["if"]
        first = f" @{name}(if: {self.pen.literal(self.pen.written(argument.type, condition, percent=40))})"
        return first + (" @skip(if: false)" if name == "include" and self.pen.chance(15) else "")


def room_of(cost: int) -> float:
    """How many records a document may ask for, so that it stays far below the limit."""
    return math.sqrt(cost) * 4


def _typename(place: Place) -> Entry:
    return Entry("__typename", "String!", {str(place.type): ""}, Scope())
