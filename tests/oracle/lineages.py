"""Lineages over plain dictionaries: which transfers, which records; the figures themselves have tests of their own."""

import base64
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

import orjson

from graph_schema.names import camel
from server.measures.cascade import Direction, FamilyTrees
from server.measures.lineage import lineage
from server.measures.network import City, Transfer
from tests.oracle.relations import Seen, counts
from tests.oracle.world import Record


def lineage_of(seen: Seen, record: Record, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """The lineage of an innovation, or of a transfer's, as it is answered."""
    innovations = [record] if record["label"] == "Innovation" else seen.related(record, "innovation")
    return _lineage(seen, innovations[0], asked) if innovations else None


def _lineage(seen: Seen, innovation: Record, asked: Mapping[str, Any]) -> dict[str, Any]:
    family = seen.related(innovation, "variantFamily") if asked.get("includeVariants") else [innovation]
    transfers = [each for member in family for each in seen.related(member, "transfers")]
    chosen = {each["slug"]: each for each in transfers if _belongs(seen, each, asked)}
    given = {slug: seen.related(each, "sourceCities") for slug, each in chosen.items()}
    received = {slug: seen.related(each, "targetCity")[0] for slug, each in chosen.items()}
    cities = {city["slug"]: city for listed in given.values() for city in listed} | {city["slug"]: city for city in received.values()}
    known = {slug: City(slug, "".join(each["code"] for each in seen.related(city, "country"))) for slug, city in cities.items()}
    facts = [_transfer(each, given[slug], received[slug]) for slug, each in chosen.items()]
    used = [year for member in family if (year := _used_first(seen, member)) is not None]
    found = lineage(facts, known, first_year=min(used, default=None), earliest_pilot_year=None)
    steps = [
        {
            "generation": step.generation,
            "joint": step.joint,
            "counts": counts(seen, chosen[step.transfer]),
            "transfer": chosen[step.transfer],
            "innovation": seen.related(chosen[step.transfer], "innovation")[0],
            "cursor": cursor_of_place("LineageStep", [step.generation, step.year is None, step.year or 0, step.transfer]),
            "from": given[step.transfer],
            "to": received[step.transfer],
        }
        for step in found.steps
    ]
    return {
        "innovation": innovation,
        "roots": [cities[root] for root in found.roots],
        "steps": lambda first, after=None: [each for each in steps if after is None or place_of_step(each) > _place_of(after)][:first],
        "stepCount": len(steps),
        "folds": _folds(seen, steps, asked) if asked.get("collapseBy") else None,
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


def family_tree(transfers: Collection[Transfer], city: Record, asked: Mapping[str, Any], network: Any) -> dict[str, Any]:
    """`lineages` of a city as it is answered."""
    same = asked.get("sameInnovation") is not False
    taken = [
        each
        for each in transfers
        if (asked.get("includeInferred") or each.claim_level != "INFERRED") and asked.get("innovation") in (None, each.innovation)
    ]
    most = asked.get("maxGenerations") or 3
    found = FamilyTrees(taken).tree(city["slug"], Direction(asked["direction"]), most, lambda each: each.innovation if same else "")
    branches = [
        {"generation": each.generation, "joint": each.joint, "transfer": network.transfers[each.transfer]} for each in found.branches
    ]
    return {
        "generations": [_generation(number, [network.cities[slug] for slug in cities]) for number, cities in enumerate(found.generations)],
        "branches": lambda first: branches[:first],
        "branchCount": len(branches),
        "missingYears": sum(each["transfer"].get("year") is None for each in branches),
        "truncated": found.truncated,
        "definitionVersion": "1",
    }


def _generation(number: int, cities: list[Record]) -> dict[str, Any]:
    return {"generation": number, "cities": lambda first: cities[:first], "cityCount": len(cities)}


def _folds(seen: Seen, steps: list[dict[str, Any]], asked: Mapping[str, Any]) -> dict[str, Any]:
    folded: dict[tuple[int, str, str], dict[str, Any]] = {}
    for step in steps:
        (to,) = seen.related(step["to"], "country")
        for code, giving in {each["code"]: each for city in step["from"] for each in seen.related(city, "country")}.items():
            fold = folded.setdefault((step["generation"], code, to["code"]), {"from": giving, "to": to, "steps": []})
            fold["steps"].append(step)
    whole = sorted((_fold(*pair, fold) for pair, fold in folded.items()), key=lambda fold: list(fold["place"]))
    size, after = asked.get("first") or 100, asked.get("after")
    start = sum(each["place"] <= _place_of(after) for each in whole) if after else 0
    page = whole[start : start + size]
    cursors = [cursor_of_place("LineageFold", each["place"]) for each in page]
    ends = {"startCursor": cursors[0], "endCursor": cursors[-1]} if cursors else {"startCursor": None, "endCursor": None}
    more = {"hasNextPage": start + len(page) < len(whole), "hasPreviousPage": start > 0}
    return {"nodes": page, "totalCount": len(whole), "pageInfo": more | ends}


def _fold(generation: int, giving: str, receiving: str, fold: dict[str, Any]) -> dict[str, Any]:
    steps, transfers = fold["steps"], [step["transfer"] for step in fold["steps"]]
    years = [each["year"] for each in transfers if each.get("year") is not None]
    return {
        "place": [generation, -len(steps), giving, receiving],
        "generation": generation,
        "from": fold["from"],
        "to": fold["to"],
        "transfers": len(steps),
        "counting": sum(step["counts"] for step in steps),
        "cities": len({step["to"]["id"] for step in steps}),
        "joint": sum(step["joint"] for step in steps),
        "firstYear": min(years, default=None),
        "missingYears": len(steps) - len(years),
    }


def _used_first(seen: Seen, innovation: Record) -> int | None:
    began = min((each["startDate"] for each in seen.related(innovation, "pilots") if each.get("startDate")), default=None)
    return innovation["firstYear"] if innovation.get("firstYear") is not None else began and int(began[:4])


def place_of_step(step: dict[str, Any]) -> list[Any]:
    """Where a step stands in its lineage."""
    return _place_of(step["cursor"])


def cursor_of_place(label: str, place: list[Any]) -> str:
    """The cursor of a step or a fold that stands there."""
    return base64.urlsafe_b64encode(orjson.dumps([1, label, "", place[:-1], place[-1]])).rstrip(b"=").decode()


def _place_of(cursor: str) -> list[Any]:
    _, _, _, keys, last = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return [*keys, last]


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
