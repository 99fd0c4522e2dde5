"""Lineages over plain dictionaries: which transfers, which records; the figures themselves have tests of their own."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from graph_schema.names import camel
from server.measures.lineage import lineage
from server.measures.network import City, Transfer
from tests.oracle.relations import Seen
from tests.oracle.world import Record


def lineage_of(seen: Seen, innovation: Record, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The lineage as it is answered."""
    chosen = {each["slug"]: each for each in seen.related(innovation, "transfers") if _belongs(seen, each, asked)}
    given = {slug: seen.related(each, "sourceCities") for slug, each in chosen.items()}
    received = {slug: seen.related(each, "targetCity")[0] for slug, each in chosen.items()}
    cities = {city["slug"]: city for listed in given.values() for city in listed} | {city["slug"]: city for city in received.values()}
    known = {slug: City(slug, "".join(each["code"] for each in seen.related(city, "country"))) for slug, city in cities.items()}
    transfers = [_transfer(each, given[slug], received[slug]) for slug, each in chosen.items()]
    began = min((each["startDate"] for each in seen.related(innovation, "pilots") if each.get("startDate")), default=None)
    found = lineage(transfers, known, first_year=innovation.get("firstYear"), earliest_pilot_year=began and int(began[:4]))
    steps = [
        {
            "generation": step.generation,
            "joint": step.joint,
            "transfer": chosen[step.transfer],
            "from": given[step.transfer],
            "to": received[step.transfer],
        }
        for step in found.steps
    ]
    return {
        "innovation": innovation,
        "roots": [cities[root] for root in found.roots],
        "steps": lambda first: steps[:first],
        "measures": {camel(name): figure for name, figure in asdict(found.measures).items()} | {"definitionVersion": "1"},
        "violations": [
            {
                "kind": each.kind,
                "message": each.message,
                "transfer": chosen[each.transfer] if each.transfer else None,
                "city": cities[each.city] if each.city else None,
            }
            for each in found.violations
        ],
    }


def _belongs(seen: Seen, transfer: Record, asked: Mapping[str, Any]) -> bool:
    if transfer["claimLevel"] == "INFERRED" and not asked.get("includeInferred"):
        return False
    if asked.get("kinds") is not None and transfer["kind"] not in asked["kinds"]:
        return False
    year, since, until = transfer.get("year"), asked.get("since"), asked.get("until")
    if since is not None and (year is None or year < since):
        return False
    if until is not None and (year is None or year > until):
        return False
    return bool(seen.related(transfer, "sourceCities")) and bool(seen.related(transfer, "targetCity"))


def _transfer(record: Record, givers: list[Record], receiver: Record) -> Transfer:
    return Transfer(
        slug=record["slug"],
        innovation=None,
        kind=record["kind"],
        degree=record["degree"],
        outcome=record["outcome"],
        claim_level=record["claimLevel"],
        year=record.get("year"),
        givers=tuple(each["slug"] for each in givers),
        target=receiver["slug"],
    )
