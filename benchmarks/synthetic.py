"""A made-up graph of any size with the proportions of the Mission's: at scale k, k × 1,000 transfers and 1,000 √k cities.

Everything follows from the scale and a record's place in its list, so two runs make the same graph.
"""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

Properties = dict[str, Any]

AT = "2026-01-01T00:00:00.000000Z"
WORDS = ("Cargo", "Heat", "Pump", "Park", "Solar", "Roof", "Tram", "School", "Waste", "Water", "Street", "Home", "Åker", "Büro", "Śniardwy")
STAGES = (None, "PLANNED", "RUNNING", "COMPLETED", "MAINSTREAMED", "REJECTED")
KINDS = ("REPLICATION", "TRANSFER", "TWINNING", "ADAPTATION", "INSPIRATION")
OUTCOMES = ("COMMITTED", "ONGOING", "IMPLEMENTED", "PARTIAL", "FAILED", "UNKNOWN")


def amounts(k: int) -> Mapping[str, int]:
    """How many records there are of each type at scale k."""
    fixed = {"Country": 60, "Network": 45, "Programme": 180, "Concept": 16}
    growing = {"Source": 1_600 * k, "Innovation": 400 * k, "Pilot": 400 * k, "Transfer": 1_000 * k, "Lesson": 500 * k}
    return {**fixed, "City": int(1_000 * math.sqrt(k)), **growing}


def records(label: str, amount: int) -> Iterator[Properties]:
    """The records of one type, as a client would see them."""
    for number in range(amount):
        chance = Random(f"{label}{number}")
        slug = slug_of(label, number)
        common = {"id": f"{label}:{slug}", "slug": slug, "createdAt": AT, "updatedAt": AT, "revision": 1, "status": "PUBLISHED"}
        yield {**common, **OWN[label](number, chance)}


def slug_of(label: str, number: int) -> str:
    """The slug of a record; those of sources look like the hashes they are, in no order."""
    if label == "Source":
        return hashlib.sha256(f"source{number}".encode()).hexdigest()[:16]
    return f"{label.lower()}-{number:07}"


def _country(number: int, _chance: Random) -> Properties:
    return {"code": f"{chr(65 + number // 26)}{chr(65 + number % 26)}", "name": f"Country {number}"}


def _network(number: int, chance: Random) -> Properties:
    return {"name": _name("Network", number, chance), "kind": "CITY_NETWORK", "scope": "EUROPEAN"}


def _programme(number: int, chance: Random) -> Properties:
    return {"name": _name("Programme", number, chance), "kind": "TRANSFER_NETWORK"}


def _concept(number: int, _chance: Random) -> Properties:
    label = f"Concept {number}"
    return {
        "scheme": "FIELD" if number % 2 else "LEVER",
        "notation": f"C{number}",
        "prefLabelEn": label,
        "prefLabelSv": f"Begrepp {number}",
    }


def _source(number: int, chance: Random) -> Properties:
    return {"url": f"https://example.org/{number}", "title": _name("Report", number, chance), "publisher": chance.choice(WORDS)}


def _city(number: int, chance: Random) -> Properties:
    return {
        "name": _name("City", number, chance),
        "missionStatus": "MISSION_EU" if number % 10 == 0 else "OTHER",
        "latitude": chance.uniform(35, 65),
        "longitude": chance.uniform(-10, 30),
        "population": chance.randrange(10_000, 4_000_000) if chance.random() < 0.9 else None,
        "neutralityTargetYear": chance.choice((None, 2030, 2035, 2040)),
    }


def _innovation(number: int, chance: Random) -> Properties:
    title = _name("Innovation", number, chance)
    return {"title": title, "summary": f"{title}. " * 5, "firstYear": _year(chance)}


def _pilot(number: int, chance: Random) -> Properties:
    return {
        "title": _name("Pilot", number, chance),
        "summary": "What was done, in short. " * 8,
        "stage": chance.choice(STAGES),
        "startDate": f"{chance.randrange(2000, 2026)}-{chance.randrange(1, 13):02}" if chance.random() < 0.8 else None,
        "budgetEur": round(chance.uniform(1e4, 1e7), 2) if chance.random() < 0.5 else None,
    }


def _transfer(_number: int, chance: Random) -> Properties:
    return {
        "kind": chance.choice(KINDS),
        "degree": "UNKNOWN",
        "channel": "EU_PROJECT",
        "year": _year(chance),
        "outcome": chance.choice(OUTCOMES),
        "claimLevel": "SELF_REPORTED",
        "note": "What else its source says. " * 3,
    }


def _lesson(number: int, chance: Random) -> Properties:
    return {"title": _name("Lesson", number, chance), "kind": "BARRIER", "statement": "What was learned. " * 10, "year": _year(chance)}


def _name(noun: str, number: int, chance: Random) -> str:
    return f"{chance.choice(WORDS)} {chance.choice(WORDS).lower()} {noun.lower()} {number}"


def _year(chance: Random) -> int | None:
    return chance.randrange(1995, 2027) if chance.random() < 0.9 else None


OWN: Mapping[str, Callable[[int, Random], Properties]] = {
    "Country": _country,
    "Network": _network,
    "Programme": _programme,
    "Concept": _concept,
    "Source": _source,
    "City": _city,
    "Innovation": _innovation,
    "Pilot": _pilot,
    "Transfer": _transfer,
    "Lesson": _lesson,
}


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship that records of one type have: by its GraphQL name, to the records of another, so many each at the most."""

    label: str
    field: str
    target: str
    most: int = 1
    least: int = 0


TIES = (
    Tie("City", "country", "Country", least=1),
    Tie("City", "networks", "Network", most=3),
    Tie("Innovation", "fields", "Concept", most=2, least=1),
    Tie("Innovation", "originCity", "City"),
    Tie("Pilot", "cities", "City", most=2, least=1),
    Tie("Pilot", "innovations", "Innovation", most=2, least=1),
    Tie("Pilot", "programme", "Programme"),
    Tie("Transfer", "sourceCities", "City", most=3, least=1),
    Tie("Transfer", "targetCity", "City", least=1),
    Tie("Transfer", "innovation", "Innovation"),
    Tie("Lesson", "cities", "City", most=2),
    Tie("Lesson", "innovations", "Innovation", most=2),
    Tie("Lesson", "fields", "Concept", most=2),
    *(Tie(label, "sources", "Source", most=2, least=1) for label in ("City", "Innovation", "Pilot", "Transfer", "Lesson")),
)


def tied(tie: Tie, size: Mapping[str, int]) -> Iterator[tuple[str, str, int]]:
    """The relationships of one kind: id, id, position. Some records have many, most have few, as in real life."""
    for number in range(size[tie.label]):
        chance = Random(f"{tie.label}{tie.field}{number}")
        chosen = dict.fromkeys(_skewed(chance, size[tie.target]) for _ in range(chance.randint(tie.least, tie.most)))
        for position, other in enumerate(chosen):
            yield f"{tie.label}:{slug_of(tie.label, number)}", f"{tie.target}:{slug_of(tie.target, other)}", position


def _skewed(chance: Random, amount: int) -> int:
    return int(amount * chance.random() ** 1.5)
