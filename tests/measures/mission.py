"""The Mission's transfers and cities, read from their tables without the service."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from server.measures.network import INFERRED, City, Transfer

TABLES = Path(__file__).resolve().parents[2] / "data" / "mission"


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one table."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def transfers() -> tuple[Transfer, ...]:
    """All transfers, INFERRED ones too."""
    return tuple(
        Transfer(
            slug=row["id"],
            innovation=row["innovation_id"] or None,
            kind=row["kind"],
            degree=row["degree"],
            outcome=row["outcome"],
            claim_level=row["claim_level"],
            year=int(row["year"]) if row["year"] else None,
            givers=tuple(row["source_city_ids"].split(";")),
            target=row["target_city_id"],
        )
        for row in rows("transfers")
    )


def lineages(*, include_inferred: bool) -> dict[str, list[Transfer]]:
    """The transfers of each innovation that has any."""
    found: defaultdict[str, list[Transfer]] = defaultdict(list)
    for transfer in transfers():
        if transfer.innovation and (include_inferred or transfer.claim_level != INFERRED):
            found[transfer.innovation].append(transfer)
    return found


@cache
def cities() -> dict[str, City]:
    """All cities by slug."""
    return {row["id"]: City(row["id"], row["country_code"]) for row in rows("cities")}


@cache
def populations() -> dict[str, int | None]:
    """The population of each city, None where the table has none."""
    return {row["id"]: int(row["population"]) if row["population"] else None for row in rows("cities")}
