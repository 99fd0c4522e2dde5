"""Values to ask for: taken from the data, so that conditions hit, and bent a little, so that they miss."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from graphql import GraphQLEnumType

from graph_schema.kernel import Kind, Property
from tests.oracle.comparisons import distance_km
from tests.oracle.relations import Seen
from tests.oracle.writing_values import Name, Pen

STRANGE_TEXTS = ("", "a", "É", "zzz", "\u0301", "'\"\\", "}) RETURN 1 //", "\U0001f6b2", "İß", "$p0")
STRANGE_NUMBERS = (0, -1, 1, 2_147_483_647)
STRANGE_DATES = ("2020", "0001", "9999-12-31", "2020-02-29", "2019-12")
DISTANCES_KM = (1.0, 50.0, 400.0, 2500.0, 30000.0)


class Pool:
    """The values that the data hold, by type and property."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.of = cache(self._of)
        self.edge = cache(self._edge)
        self.everywhere = [record for record in seen.world.records.values() if record["label"] in seen.domain.nodes]

    def records(self, labels: Sequence[str]) -> list[dict[str, Any]]:
        """Every record of these types, hidden ones too."""
        return [record for record in self.everywhere if record["label"] in labels]

    def _of(self, label: str, of: Property) -> list[Any]:
        labels = [label] if label in self.seen.domain.nodes else list(self.seen.domain.nodes)
        values = (self.seen.value(record, of) for each in labels for record in self.seen.world.visible(each))
        return _distinct(values)

    def _edge(self, name: str) -> list[Any]:
        return _distinct(link.says.get(name) for link in self.seen.world.links)


def asked_value(pen: Pen, kind: Kind, held: list[Any], operator: str) -> Any:
    """A value of this kind to compare with."""
    if kind is Kind.POINT:
        return _near(pen, held)
    if kind is Kind.BOOLEAN:
        return pen.chance(50)
    is_strange = not held or pen.chance(10)
    match kind:
        case Kind.TEXT | Kind.TEXT_LIST | Kind.CODE:
            return pen.pick(STRANGE_TEXTS) if is_strange else _bent_text(pen, pen.pick(held), operator)
        case Kind.INT | Kind.FLOAT:
            return pen.pick(STRANGE_NUMBERS) if is_strange else pen.pick(held)
        case Kind.PARTIAL_DATE:
            return pen.pick(STRANGE_DATES) if is_strange else pen.pick(held)[: pen.pick([10, 7, 4])]
        case Kind.DATE_TIME:
            return _bent_moment(pen, pen.pick(held))
    return pen.pick(held)


def enum_value(pen: Pen, of: GraphQLEnumType, held: list[Any]) -> Name:
    """A value of a closed list, rather one that occurs."""
    return Name(pen.pick(held) if held and not pen.chance(25) else pen.pick(list(of.values)))


def _distinct(values: Any) -> list[Any]:
    flat: dict[Any, Any] = {}
    for value in values:
        for each in value if isinstance(value, list) else [value]:
            if each is not None:
                flat[str(each)] = each
    return list(flat.values())


def _bent_text(pen: Pen, text: str, operator: str) -> str:
    start = pen.number(0, len(text) - 1) if operator == "contains" and text else 0
    stop = start + pen.number(1, 6) if operator in ("contains", "startsWith") else len(text)
    part = text[start:stop]
    return pen.pick([part, part.upper(), part.lower(), part.swapcase()])


def _bent_moment(pen: Pen, moment: str) -> str:
    return pen.pick([moment, "2000-01-01T00:00:00Z", moment[:19] + "+02:00", "2100-01-01t00:00:00.5-11:30"])


def _near(pen: Pen, held: list[Any]) -> dict[str, float]:
    centre = pen.pick(held) if held else {"latitude": 0.0, "longitude": 0.0}
    distances = [distance_km(centre, each) for each in held]
    km = pen.pick(DISTANCES_KM)
    # No town stands so near the circle that rounding decides.
    while any(abs(distance - km) < km / 10_000 for distance in distances):
        km *= 1.001
    return {**centre, "km": km}
