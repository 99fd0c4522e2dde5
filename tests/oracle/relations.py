"""Who is related to whom, and what follows from it, over plain dictionaries."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import Property, Relationship, Through
from graph_schema.vocabularies import TRANSFER_OUTCOME
from tests.oracle.world import Record, World

COUNTED_KINDS = {"REPLICATION", "TRANSFER", "ADAPTATION"}
COUNTED_OUTCOMES = {"IMPLEMENTED", "PARTIAL"}
NEVER_COUNTED_DEGREES = {"REJECTION", "INSPIRATION"}


@dataclass(frozen=True)
class Row:
    """A record as a list holds it: with what the way to it says."""

    record: Record
    says: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """The visible part of a world."""

    world: World
    domain: Domain

    def rows(self, record: Record, relationship: Relationship) -> list[Row]:
        """The related records in the order of the relationship itself; a fallback is taken where there are none of its own."""
        computed = RELATED.get((record["label"], relationship.field))
        if computed:
            return _once(computed(self, record))
        own = self._own_rows(record, relationship)
        if relationship.closing:
            givers = [found["id"] for found, _ in self.world.follow(record, relationship.closing, incoming=True)]
            own = [row for row in own if row.record["id"] in givers]
        if relationship.through and not own:
            return self._rows_through(record, relationship.through)
        places, tie = relationship.positioned, "id" if len(relationship.targets) > 1 else "slug"
        return sorted(own, key=lambda row: (row.says["position"] if places else 0, row.record[tie]))

    def one(self, record: Record, relationship: Relationship) -> Record | None:
        """The record of a to-one relationship."""
        rows = self.rows(record, relationship)
        return rows[0].record if rows else None

    def value(self, record: Record, of: Property) -> Any:
        """A property, stored or derived; None where it is missing."""
        if isinstance(of.derived, Through):
            reached = self.one(record, self.domain[record["label"]].relationship_named(of.derived.relationship))
            return reached and reached.get(of.derived.property)
        derived = DERIVED.get((record["label"], of.field))
        return derived(self, record) if derived else record.get(of.field)

    def related(self, record: Record, name: str) -> list[Record]:
        """The related records by the name of the relationship."""
        return [row.record for row in self.rows(record, self.domain[record["label"]].relationship_named(name))]

    def _own_rows(self, record: Record, relationship: Relationship) -> list[Row]:
        found: dict[str, Row] = {}
        for link_type in filter(None, relationship.type.split("|")):
            for end, says in self.world.follow(record, link_type, incoming=relationship.incoming):
                if end["label"] in relationship.targets:
                    found.setdefault(end["id"], Row(end, says))
        return list(found.values())

    def _rows_through(self, record: Record, way: tuple[str, ...]) -> list[Row]:
        first, second = way
        return _once(each for middle in self.related(record, first) for each in self.related(middle, second))


def _once(records: Iterable[Record]) -> list[Row]:
    found = {each["id"]: each for each in records}
    return [Row(each) for each in sorted(found.values(), key=lambda each: str(each["slug"]))]


def why_not(seen: Seen, transfer: Record) -> str | None:
    """The first rule by which a transfer does not count as a replication."""
    broken = {
        "KIND": transfer["kind"] not in COUNTED_KINDS,
        "OUTCOME": transfer["outcome"] not in COUNTED_OUTCOMES,
        "DEGREE": transfer["degree"] in NEVER_COUNTED_DEGREES,
        "CLAIM_LEVEL": transfer["claimLevel"] == "INFERRED",
        "SAME_CITY": _stays_in_one_city(seen, transfer),
    }
    return next((rule for rule, breaks in broken.items() if breaks), None)


def counts(seen: Seen, transfer: Record) -> bool:
    """Whether a transfer counts as a replication."""
    return why_not(seen, transfer) is None


def joint_attribution(seen: Seen, transfer: Record) -> bool:
    """Whether several givers share a transfer that is no hybrid."""
    return len(seen.related(transfer, "sourceCities")) > 1 and transfer["degree"] != "HYBRIDISATION"


def contract_status(seen: Seen, city: Record) -> str | None:
    """What the record says, LABELLED where its contract has a label date."""
    labelled = any(contract.get("labelDate") for contract in seen.related(city, "contract"))
    return "LABELLED" if labelled else city.get("contractStatus")


def _stays_in_one_city(seen: Seen, transfer: Record) -> bool:
    givers = {city["id"] for city in seen.related(transfer, "sourceCities")}
    return any(city["id"] in givers for city in seen.related(transfer, "targetCity"))


def crosses_border(seen: Seen, transfer: Record) -> bool:
    """Whether every giver's country is another than the receiving city's."""
    if _stays_in_one_city(seen, transfer):
        return False
    return not home_givers(seen, transfer)


def home_givers(seen: Seen, transfer: Record) -> list[Record]:
    """The givers that are other cities of the receiving city's country."""
    ((there, here),) = [(_countries(seen, city), city["id"]) for city in seen.related(transfer, "targetCity")] or [(set(), "")]
    return [city for city in seen.related(transfer, "sourceCities") if city["id"] != here and _countries(seen, city) & there]


def _countries(seen: Seen, city: Record) -> set[str]:
    return {country["id"] for country in seen.related(city, "country")}


def _counted(given: str) -> Callable[[Seen, Record], list[Record]]:
    return lambda seen, record: [each for each in seen.related(record, given) if counts(seen, each)]


def replication_cities(given: str) -> Callable[[Seen, Record], list[Record]]:
    """The cities that the counted transfers of a list reached."""
    return lambda seen, record: [city for each in _counted(given)(seen, record) for city in seen.related(each, "targetCity")]


def replication_abroad(given: str) -> Callable[[Seen, Record], list[Record]]:
    """Their countries, without steps within a country."""
    return lambda seen, record: [
        country
        for each in _counted(given)(seen, record)
        if crosses_border(seen, each)
        for city in seen.related(each, "targetCity")
        for country in seen.related(city, "country")
    ]


def _number(of: Callable[[Seen, Record], list[Record]]) -> Callable[[Seen, Record], int]:
    return lambda seen, record: len({each["id"] for each in of(seen, record)})


def implementing_cities(seen: Seen, innovation: Record) -> list[Record]:
    """The cities in which a counted transfer was implemented in full."""
    done = [each for each in _counted("transfers")(seen, innovation) if each["outcome"] == "IMPLEMENTED"]
    return [city for each in done for city in seen.related(each, "targetCity")]


def outcomes(seen: Seen, record: Record) -> dict[str, int]:
    """How many transfers that could count ended which way."""
    given = seen.related(record, GIVEN[record["label"]])
    could = [each["outcome"] for each in given if each["kind"] in COUNTED_KINDS]
    return {outcome: could.count(outcome) for outcome in TRANSFER_OUTCOME.values}


def years_since_baseline(_seen: Seen, figure: Record) -> int | None:
    """From the baseline to the figure."""
    year, before = figure.get("year"), figure.get("baselineYear")
    return None if year is None or before is None else int(year - before)


def evidence(seen: Seen, innovation: Record) -> dict[int, list[list[Record]]]:
    """What bears out each level, kind by kind."""
    figures = seen.related(innovation, "observations")
    changes = [each for each in figures if each["kind"] in ("OBSERVED", "ESTIMATED") and (years_since_baseline(seen, each) or 0) > 0]
    counted = _counted("transfers")(seen, innovation)
    return {
        1: [seen.related(innovation, "lessons"), [each for each in figures if each["kind"] != "TARGET"]],
        2: [changes],
        3: [[each for each in changes if each.get("comparisonGroup")]],
        4: [[each for each in counted if each["claimLevel"] in ("INDEPENDENT", "CONFIRMED_BY_BOTH")]],
        5: [
            [each for each in counted if each["outcome"] == "IMPLEMENTED"],
            [each for each in seen.related(innovation, "pilots") if each.get("stage") == "MAINSTREAMED"],
        ],
    }


def evidence_level(seen: Seen, innovation: Record) -> int:
    """The highest level that holds with all below it from the second on."""
    found = evidence(seen, innovation)
    unasked = all(each.get("comparisonGroup") is None for each in seen.related(innovation, "observations"))
    holds = {
        2: any(found[2]),
        3: any(found[3]),
        4: any(found[4]),
        5: len({each["id"] for each in implementing_cities(seen, innovation)}) >= 3 and bool(found[5][1]),
    }
    reached = 1 if any(found[1]) else 0
    for level, held in holds.items():
        if level == 3 and unasked:
            continue
        if not held:
            break
        reached = level
    return reached


def level_with_reasons(seen: Seen, innovation: Record) -> dict[str, Any]:
    """The level as it is answered."""
    level = evidence_level(seen, innovation)
    reasons = [
        {"rule": rule, "record": record}
        for rule, kinds in evidence(seen, innovation).items()
        if rule <= level
        for kind in kinds
        for record in sorted(kind, key=lambda each: str(each["slug"]))[:20]
    ]
    return {"level": level, "reasons": reasons, "definitionVersion": "1"}


def first_city(seen: Seen, innovation: Record) -> list[Record]:
    """The city of origin, else the one city of the first pilot that has a date."""
    return seen.related(innovation, "originCity") or earliest_city(seen, innovation)


def earliest_city(seen: Seen, innovation: Record) -> list[Record]:
    """The city of the first pilot that has a date, where it has one."""
    dated = [each for each in seen.related(innovation, "pilots") if each.get("startDate")]
    earliest = sorted(dated, key=lambda each: (each["startDate"], each["slug"]))[:1]
    cities = [city for pilot in earliest for city in seen.related(pilot, "cities")]
    return cities if len(cities) == 1 else []


def first_city_of_several(innovations: Callable[[Seen, Record], list[Record]]) -> Callable[[Seen, Record], list[Record]]:
    """The one city of origin that innovations have, where none has any the one city of their earliest pilots."""

    def found(seen: Seen, record: Record) -> list[Record]:
        several = innovations(seen, record)
        origins = [city for each in several for city in seen.related(each, "originCity")]
        cities = {city["id"]: city for city in origins or [city for each in several for city in earliest_city(seen, each)]}
        return list(cities.values()) if len(cities) == 1 else []

    return found


def innovations_given(seen: Seen, city: Record) -> list[Record]:
    """What transfers took from a city."""
    return [each for gift in seen.related(city, "transfersGiven") for each in seen.related(gift, "innovation")]


def variant_family(seen: Seen, innovation: Record) -> list[Record]:
    """An innovation and all that are no further than four variants away."""
    found, edge = {innovation["id"]: innovation}, [innovation]
    for _ in range(4):
        near = [each for at in edge for name in ("variantOf", "variants") for each in seen.related(at, name)]
        edge = [each for each in near if each["id"] not in found]
        found |= {each["id"]: each for each in edge}
    return list(found.values())


def family_transfers(seen: Seen, innovation: Record) -> list[Record]:
    """The transfers of all of these."""
    return [each for member in variant_family(seen, innovation) for each in seen.related(member, "transfers")]


GIVEN = {"Innovation": "transfers", "Pilot": "transfersGiven", "City": "transfersGiven"}
DERIVED: dict[tuple[str, str], Callable[[Seen, Record], Any]] = {
    ("Transfer", "whyNot"): why_not,
    ("Transfer", "counts"): counts,
    ("Transfer", "jointAttribution"): joint_attribution,
    ("City", "contractStatus"): contract_status,
    ("Transfer", "crossesBorder"): crosses_border,
    ("Observation", "yearsSinceBaseline"): years_since_baseline,
    ("Innovation", "evidenceLevel"): evidence_level,
    **{(label, "replicationCount"): _number(replication_cities(given)) for label, given in GIVEN.items()},
    **{(label, "replicationCountries"): _number(replication_abroad(given)) for label, given in GIVEN.items()},
    ("Concept", "label"): lambda seen, concept: concept["prefLabelEn"],
}
RELATED: dict[tuple[str, str], Callable[[Seen, Record], list[Record]]] = {
    ("Transfer", "homeGivers"): home_givers,
    ("Innovation", "implementingCities"): implementing_cities,
    ("Innovation", "firstCity"): first_city,
    ("Pilot", "firstCity"): first_city_of_several(lambda seen, pilot: seen.related(pilot, "innovations")),
    ("City", "firstCity"): first_city_of_several(innovations_given),
    ("Innovation", "variantFamily"): variant_family,
    ("Innovation", "familyTransfers"): family_transfers,
    **{(label, "replicationCities"): replication_cities(given) for label, given in GIVEN.items()},
    **{(label, "replicationAbroad"): replication_abroad(given) for label, given in GIVEN.items()},
}
