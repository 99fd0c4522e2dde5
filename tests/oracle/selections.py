"""Selections, drawn: fields with aliases, fragments of both sorts, directives."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    GraphQLCompositeType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
)

from tests.oracle.arguments import COUNTING, REASONS, Arguments
from tests.oracle.asking_choices import REPLICABLE, SIMILAR
from tests.oracle.asking_searches import SEARCHES
from tests.oracle.places import Fragment, Place
from tests.oracle.scopes import Entry, Scope
from tests.oracle.writing_values import Pen

DEEPEST = 6
FIELDS = 45
ALIASES = 12
DIRECTIVES = 16
FRAGMENTS = 5
LEFT_OUT = ("service",)
COSTS = {REPLICABLE: 20, SIMILAR: 8, "lineages": 8, "reachableCities": 8}
"""What is chosen for one city, with the room there has to be for each. If the city is found by reading what a measure chose, a
third statement would be needed."""
ROOMS = {**COSTS, "reasons": REASONS}
CHOSEN = (*COSTS, *SEARCHES, "replicationPaths", "transferNetwork", "transferFlows", "knowledgeGaps", "cityPoints")
"""What is chosen by a measure."""
LISTED = ("nodes", "edges", "node")
_OF_CITY = ("city", "cities", *LISTED)
_OF_LINEAGE = ("innovation", "innovations", "lineage", *LISTED)
AIMS: Mapping[str, tuple[str, ...]] = {
    "": (),
    "search": ("record", "highlights", "facets", "aggregate", "pageInfo", *LISTED),
    "suggest": ("record",),
    "knowledgeGaps": (
        "innovations",
        "citiesWithPilotsButNeverGave",
        "innovationsWithTransfersButNoObservation",
        "facets",
        "aggregate",
        *LISTED,
    ),
    "steps": _OF_LINEAGE,
    "folds": (*_OF_LINEAGE, "pageInfo"),
    "roots": _OF_LINEAGE,
    "violations": (*_OF_LINEAGE, "transfer", "city"),
    SIMILAR: _OF_CITY,
    REPLICABLE: (*_OF_CITY, "innovation", "adopters", "failedTakers", "lessons", "weightyLessons"),
    "reachableCities": _OF_CITY,
    "lineages": (*_OF_CITY, "branches", "generations"),
    "replicationPaths": ("cities", "transfers", "nodes"),
    "transferNetwork": ("brokers", "city", "byYear", "members", "rest", "flows", "smallCityShare"),
    "transferFlows": (),
    "cityPoints": ("cells", "points"),
    "reasons": ("innovation", "innovations", "evidenceLevel", "record", *LISTED),
    "byOutcome": ("city", "cities", "innovation", "innovations", "pilot", "pilots", *LISTED),
}
"""What a document may be about, with what leads to it and what is looked at of it."""
EVERYWHERE = ("sources", "disputedBy", "supports", "disputes")
ALIAS_NAMES = ("a", "b", "c", "name", "id", "slug", "nodes", "title", "data", "type", "_", "order")


@dataclass
class Selector:
    """Writes selection sets and keeps count of what is limited."""

    pen: Pen
    schema: GraphQLSchema
    arguments: Arguments
    aim: str = ""
    fragments: list[Fragment] = field(default_factory=list)
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    open_fragments: int = 0

    def __post_init__(self) -> None:
        objects = [each for each in self.schema.type_map.values() if isinstance(each, GraphQLObjectType)]
        self.objects = frozenset(each.name for each in objects)
        self.records = {"Node", "Record", *(each.name for each in objects if any(one.name == "Node" for one in each.interfaces))}
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
        offered = {name: each for name, each in place.type.fields.items() if name not in LEFT_OUT and self._fits(name, each, place)}
        leaves = [name for name, each in offered.items() if not is_composite_type(get_named_type(each.type))]
        branches = [name for name in offered if name not in leaves]
        if not offered:
            return self._type_name(place)
        name = self._name(leaves, branches, place)
        self.fields += 1
        return self._composite(name, offered[name], place) if name in branches else self._plain(name, offered[name], place)

    def _name(self, leaves: list[str], branches: list[str], place: Place) -> str:
        """Which field it is to be, rather what the document is about or what leads to it."""
        ways = AIMS[self.aim] if place.depth else [each for each in AIMS[self.aim] if each not in LISTED]
        aimed = [each for each in branches if each == self.aim] or [each for each in branches if each in ways]
        # The simplest document about something has it.
        if aimed and not self.pen.chance(30):
            return self.pen.pick(aimed)
        if not branches or (leaves and not self.pen.chance(55)):
            return self.pen.pick(leaves)
        likely = [each for each in branches if each not in EVERYWHERE] if self.pen.chance(75) else []
        return self.pen.pick(likely or branches)

    def _fits(self, name: str, offered: GraphQLField, place: Place) -> bool:
        if not is_composite_type(get_named_type(offered.type)):
            return True
        if name in COSTS and place.late and not place.known:
            return False
        least = 20 if offered.args.keys() & COUNTING else ROOMS.get(name, 1)
        return place.depth < DEEPEST and place.room >= least

    def _type_name(self, place: Place) -> str:
        return self._joined("__typename", _typename(place), place)

    def _plain(self, name: str, offered: GraphQLField, place: Place) -> str:
        arguments = ""
        if "language" in offered.args and self.pen.chance(70):
            language = self.pen.pick(["sv", "en", "de", "", None])
            written = self.pen.written(offered.args["language"].type, language) if language else language
            arguments = f"(language: {self.pen.literal(written)})"
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
            arguments, size = self.arguments.of(name, offered, place)
        entry = Entry(name, str(offered.type), {str(place.type): arguments}, Scope())
        alias = self._alias(name, entry, place.scope)
        if alias is None:
            return self._type_name(place)
        scope = place.scope.add(alias or name, entry)
        is_record = str(place.type) not in self.wrappers
        chosen = name in CHOSEN or (place.chosen and str(place.type) not in self.records)
        found = str(below) in self.records
        inner = Place(
            below,
            scope,
            place.depth + is_record,
            place.room / size / (2 if is_record else 1),
            late=place.late or (name in CHOSEN and ("where: " in arguments or (name in COSTS and not place.known))),
            known=(place.type is self.schema.query_type and name in ("node", "city")) or (found and chosen),
            chosen=chosen and not found,
        )
        return (f"{alias}: " if alias else "") + name + arguments + self._directives() + " " + self.selection_set(inner)

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
        on = self.pen.pick(self._conditions(place.type))
        there = replace(place, type=on, scope=Scope())
        self.open_fragments += 1
        body = self.selection_set(there, 3)
        self.open_fragments -= 1
        name = f"F{len(self.fragments)}"
        fragment = Fragment(name, on, there, f"fragment {name} on {on.name} {body}")
        self.fragments.append(fragment)
        return fragment

    def _reusable(self, fragment: Fragment, place: Place) -> bool:
        fits = fragment.on in self._conditions(place.type) and place.takes(fragment.place)
        return fits and place.scope.takes_all(fragment.scope, objects=self.objects)

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
