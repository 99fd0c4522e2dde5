"""The selection on an answer that is worked out of many records, as what makes it of a measure's result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from graph_schema.answer import Part
from graph_schema.answers import ANSWERS
from graph_schema.measures import MEASURES
from graph_schema.names import snake
from server.reading.chosen import Made, Taking, Teller, Told
from server.reading.chosen_page import plan_page
from server.reading.gathered import Gathered
from server.reading.values import now, resolver
from server.reading.walk import Nodes, refuse_ungrouped
from server.reading.window import how_many

Sizes = Mapping[str, int]
"""How many items a list is taken to have, by the name of its type and its own, where the declaration does not say it."""


class Gone(Exception):
    """A record was chosen and is gone."""


Read = Callable[[Any, Mapping[str, Any]], Any]
"""Reads a part out of a result, with the variables of the request."""


@dataclass(frozen=True, slots=True)
class _Constant(Teller):
    value: Any

    def tell(self, _told: Told, _taken: Any) -> Any:
        return self.value


@dataclass(frozen=True, slots=True)
class _Figure(Teller):
    read: Read

    def take(self, taking: Taking, result: Any) -> Any:
        found = self.read(result, taking.variables)
        return list(found) if isinstance(found, tuple | frozenset) else found

    def tell(self, _told: Told, taken: Any) -> Any:
        return taken


@dataclass(frozen=True, slots=True)
class _Record(Teller):
    read: Read
    made: Made
    required: bool

    def take(self, taking: Taking, result: Any) -> Any:
        slug = self.read(result, taking.variables)
        if slug is not None:
            taking.shown[self.made].add(slug)
        return slug

    def tell(self, told: Told, taken: Any) -> Any:
        row = None if taken is None else told.row(self.made.label, taken)
        if row is None and self.required:
            raise Gone
        return row and told.made(self.made, row)


@dataclass(frozen=True, slots=True)
class _Records(Teller):
    read: Read
    made: Made
    most: int | None
    whole: bool

    def take(self, taking: Taking, result: Any) -> Any:
        slugs = self.read(result, taking.variables)[: self.most]
        taking.shown[self.made].update(slugs)
        return slugs

    def tell(self, told: Told, taken: Any) -> Any:
        rows = [told.row(self.made.label, slug) for slug in taken]
        if self.whole and None in rows:
            raise Gone
        return [told.made(self.made, row) for row in rows if row is not None]


@dataclass(frozen=True, slots=True)
class Object(Teller):
    """An object: each of its parts under the name that the document gives it."""

    parts: tuple[tuple[str, Teller], ...]

    def take(self, taking: Taking, result: Any) -> Any:
        return None if result is None else [part.take(taking, result) for _, part in self.parts]

    def tell(self, told: Told, taken: Any) -> Any:
        return {name: part.tell(told, each) for (name, part), each in zip(self.parts, taken, strict=True)}


@dataclass(frozen=True, slots=True)
class _Nested(Teller):
    read: Read
    of: Teller

    def take(self, taking: Taking, result: Any) -> Any:
        return self.of.take(taking, self.read(result, taking.variables))

    def tell(self, told: Told, taken: Any) -> Any:
        return None if taken is None else self.of.tell(told, taken)


@dataclass(frozen=True, slots=True)
class Listed(Teller):
    """A list of objects; one of which a record is gone is left out."""

    read: Read
    of: Teller
    most: int | None = None

    def take(self, taking: Taking, result: Any) -> Any:
        return [self.of.take(taking, each) for each in self.read(result, taking.variables)[: self.most]]

    def tell(self, told: Told, taken: Any) -> Any:
        listed = []
        for each in taken:
            try:
                listed.append(self.of.tell(told, each))
            except Gone:
                continue
        return listed


def plan_answer(gathered: Gathered, name: str, nodes: Nodes, sizes: Sizes, *, grouped: bool = False) -> tuple[Object, int]:
    """What makes the answer of that type, and what it costs in records; `grouped` where the field has something to group by."""
    parts: list[tuple[str, Teller]] = []
    cost = 0
    for response, fields in gathered.walk.selected(name, nodes).items():
        field = fields[0].name.value
        if field == "__typename":
            parts.append((response, _Constant(name)))
            continue
        declared = ANSWERS[name].part(field)
        if declared.grouped and not grouped:
            refuse_ungrouped(fields)
        part, price = _part(gathered, name, declared, fields, sizes)
        parts.append((response, part))
        cost += price
    return Object(tuple(parts)), cost


def _part(gathered: Gathered, holder: str, part: Part, nodes: Nodes, sizes: Sizes) -> tuple[Teller, int]:
    if part.name == "definitionVersion":
        return _Constant(MEASURES), 0
    teller, price = _worked_out(gathered, holder, part, nodes, sizes)
    gathered.takes_long |= part.cost > 0
    return teller, part.cost + price


def _worked_out(gathered: Gathered, holder: str, part: Part, nodes: Nodes, sizes: Sizes) -> tuple[Teller, int]:
    given = _given(gathered, holder, part, nodes)
    read = _reader(part, given)
    if part.connected:
        return plan_page(gathered, holder, nodes, part.connected, read)
    most = _most(gathered, holder, part, nodes) if part.first else None
    usual = most or sizes.get(f"{holder}.{part.name}", part.usual)
    if part.of in ANSWERS:
        of, cost = plan_answer(gathered, part.of, nodes, sizes, grouped=now(given.get("groupBy")) is not None)
        return (Listed(read, of, most), usual * cost) if part.many else (_Nested(read, of), cost)
    if gathered.is_record(part.of):
        made, cost = gathered.made(part.of, nodes)
        if part.many:
            return _Records(read, made, most, part.whole), usual * cost
        return _Record(read, made, part.required), cost
    return _Figure(read), 0


def _given(gathered: Gathered, holder: str, part: Part, nodes: Nodes) -> Mapping[str, Any]:
    """The arguments with which a part is worked out."""
    if not part.arguments:
        return {}
    given = gathered.walk.arguments(gathered.walk.schema.get_type(holder), nodes[0])
    declared = {argument.name for argument in part.arguments}
    return {name: each for name, each in given.items() if name in declared and each is not None}


def _reader(part: Part, given: Mapping[str, Any]) -> Read:
    if not part.arguments:
        attribute = attrgetter(part.attribute)
        return lambda result, _: attribute(result)
    resolve = resolver({snake(name): each for name, each in given.items()})
    method = attrgetter(part.attribute)
    return lambda result, variables: method(result)(**resolve(variables))


def _most(gathered: Gathered, holder: str, part: Part, nodes: Nodes) -> int:
    asked = now(gathered.walk.arguments(gathered.walk.schema.get_type(holder), nodes[0]).get("first"))
    if asked is None:
        assert part.first
        return part.first
    return how_many(asked, part.most, part.first)
