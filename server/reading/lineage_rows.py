"""The rows a lineage is worked out of: which are read with its innovation, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.measures.lineage import Lineage, lineage
from server.measures.network import City, Transfer
from server.reading import shape
from server.reading.plan import ALWAYS, Absent, All, Compare, Condition, Key, Not, Operator, Page, Stored
from server.reading.values import Value, now, value
from server.reading.walk import Walk

INNOVATION = "Innovation"

_FACTS = ("slug", "kind", "degree", "outcome", "claimLevel", "year")
_COUNTRY, _CODE = ("one", "country"), ("leaf", "code")
_SLUG, _GIVERS, _TO, _OF = ("leaf", "slug"), ("givers",), ("one", "targetCity"), ("one", "innovation")
_FIRST_YEAR, _FIRST_PILOTS = ("leaf", "firstYear"), ("first pilots",)

RowOf = list[Any]
Arguments = Mapping[str, Any]


def chosen(arguments: Arguments) -> Condition:
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


@dataclass(frozen=True, slots=True)
class Told:
    """A lineage, the rows it was worked out of, what makes objects of them, and the variables of the request."""

    lineage: Lineage
    innovation: RowOf
    transfers: Mapping[str, RowOf]
    givers: Mapping[str, list[RowOf]]
    receivers: Mapping[str, RowOf]
    cities: Mapping[str, RowOf]
    facts: Mapping[str, Transfer]
    places: Mapping[str, City]
    makers: shape.Makers
    variables: Mapping[str, Any]


@dataclass
class Rows:
    """The layouts of what is read, beginning with the innovation's own."""

    walk: Walk
    innovation: shape.RowLayout
    variants: bool
    transfer: shape.RowLayout = field(default_factory=lambda: shape.RowLayout(("Transfer",)))
    giver: shape.RowLayout = field(default_factory=lambda: shape.RowLayout(("City",)))
    member: shape.RowLayout = field(default_factory=lambda: shape.RowLayout((INNOVATION,)))
    # One and the same innovation may be asked for several lineages, each of transfers of its own.
    transfers: shape.ColumnKey = field(default_factory=object)
    members: shape.ColumnKey = field(default_factory=object)

    def __post_init__(self) -> None:
        self.receiver = self.to_one("Transfer", "targetCity", self.transfer)

    # What is read -----------------------------------------------------------------------------------

    def to_one(self, label: str, name: str, layout: shape.RowLayout) -> shape.RowLayout:
        """The layout of the record that a to-one relationship reaches."""
        relationship = self.walk.sight.domain[label].relationship_named(name)
        return layout.pending(label, ("one", name), self.walk.filters.relation(relationship), (relationship.target,))

    def read(self, chosen: Condition) -> None:
        """Note the transfers that belong to it, and what tells of the first use."""
        for layout in (self.giver, self.receiver):
            self._needs(layout, "City", "slug")
            self._needs(self.to_one("City", "country", layout), "Country", "code")
        for name in _FACTS:
            self._needs(self.transfer, "Transfer", name)
        self._page(self.transfer, "Transfer", "sourceCities", _GIVERS, self.giver, keys=(Key(Stored("position", "edge")),))
        relationship = "familyTransfers" if self.variants else "transfers"
        self._page(self.innovation, INNOVATION, relationship, self.transfers, self.transfer, condition=chosen)
        self._first_use(self.member if self.variants else self.innovation)
        if self.variants:
            self._page(self.innovation, INNOVATION, "variantFamily", self.members, self.member)

    def _first_use(self, layout: shape.RowLayout) -> None:
        """The year of first use, and the day on which the first pilot began."""
        began = Stored("startDate")
        pilot = shape.RowLayout(("Pilot",))
        self._needs(layout, INNOVATION, "firstYear")
        self._needs(pilot, "Pilot", "startDate")
        dated, first = Not(Absent(began)), Key(began, nullable=False)
        self._page(layout, INNOVATION, "pilots", _FIRST_PILOTS, pilot, condition=dated, keys=(first,), limit=Value(constant=1))

    def _page(self, layout: shape.RowLayout, label: str, name: str, key: shape.ColumnKey, below: shape.RowLayout, **more: Any) -> None:
        relation = self.walk.filters.relation(self.walk.sight.domain[label].relationship_named(name))
        page: dict[str, Any] = {"condition": ALWAYS, "keys": (), "limit": None} | more
        layout.need(label, key, Page(relation, page["condition"], page["keys"], below.settle(), page["limit"]))

    def _needs(self, layout: shape.RowLayout, label: str, name: str) -> None:
        node = self.walk.sight.domain[label]
        layout.need(label, ("leaf", name), self.walk.sight.output(node, node.property_named(name), self.walk.filters))

    # What came --------------------------------------------------------------------------------------

    def told(self, innovation: RowOf, makers: shape.Makers, variables: Mapping[str, Any]) -> Told:
        """The lineage out of the rows that came."""
        slug, givers, receiver = (self.transfer.place("Transfer", key) for key in (_SLUG, _GIVERS, _TO))
        rows = innovation[self.innovation.place(INNOVATION, self.transfers)]
        # A transfer one of whose ends is hidden from the viewer is hidden as well.
        whole = {row[slug]: row for row in rows if row[givers] and row[receiver]}
        given = {name: row[givers] for name, row in whole.items()}
        received = {name: row[receiver] for name, row in whole.items()}
        cities = {self.slug(self.giver, city): city for listed in given.values() for city in listed}
        places = {name: City(name, self._country(self.giver, city)) for name, city in cities.items()}
        places |= {city.slug: city for city in (self._city(row) for row in received.values())}
        facts = {name: self._transfer(row) for name, row in whole.items()}
        found = lineage(facts.values(), places, first_year=self._used_first(innovation), earliest_pilot_year=None)
        return Told(found, innovation, whole, given, received, cities, facts, places, makers, variables)

    def _used_first(self, innovation: RowOf) -> int | None:
        """The year of first use, of any variant that belongs to it."""
        if not self.variants:
            return _year(self.innovation, innovation)
        members = innovation[self.innovation.place(INNOVATION, self.members)]
        return min((year for row in members if (year := _year(self.member, row)) is not None), default=None)

    def _transfer(self, row: RowOf) -> Transfer:
        said = {name: row[self.transfer.place("Transfer", ("leaf", name))] for name in _FACTS}
        return Transfer(
            slug=said["slug"],
            innovation=None,
            kind=said["kind"],
            degree=said["degree"],
            outcome=said["outcome"],
            claim_level=said["claimLevel"],
            year=said["year"],
            givers=tuple(self.slug(self.giver, city) for city in row[self.transfer.place("Transfer", _GIVERS)]),
            target=self.slug(self.receiver, row[self.transfer.place("Transfer", _TO)]),
        )

    def _city(self, row: RowOf) -> City:
        return City(self.slug(self.receiver, row), self._country(self.receiver, row))

    def slug(self, layout: shape.RowLayout, row: RowOf) -> str:
        """The slug of a city."""
        return str(row[layout.place("City", _SLUG)])

    def innovation_of(self, transfer: RowOf) -> RowOf:
        """The row of a transfer's innovation, where that was asked for."""
        found: RowOf = transfer[self.transfer.place("Transfer", _OF)]
        return found

    def country(self, layout: shape.RowLayout, row: RowOf) -> RowOf | None:
        """The row of a city's country."""
        found: RowOf | None = row[layout.place("City", _COUNTRY)]
        return found

    def _country(self, layout: shape.RowLayout, row: RowOf) -> str:
        found = self.country(layout, row)
        below = layout.columns["City"][_COUNTRY]
        assert isinstance(below, shape.Pending)
        return str(found[below.layout.place("Country", _CODE)]) if found else ""


def _year(layout: shape.RowLayout, innovation: RowOf) -> int | None:
    """The year of an innovation's first use, else that in which its first pilot began."""
    first_year, pilots = (innovation[layout.place(INNOVATION, key)] for key in (_FIRST_YEAR, _FIRST_PILOTS))
    return first_year if first_year is not None or not pilots else int(pilots[0][0][:4])
