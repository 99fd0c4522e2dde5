"""Measures of a record: counted replications, evidence, lineage; each against a computation over the tables."""

import csv
from collections import defaultdict
from typing import Any

from server.bundled import mission_package
from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request

KINDS = {"REPLICATION", "TRANSFER", "ADAPTATION"}


def rows_of(table: str) -> list[dict[str, str]]:
    with (mission_package() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted(row: dict[str, str]) -> bool:
    return (
        row["kind"] in KINDS
        and row["outcome"] in ("IMPLEMENTED", "PARTIAL")
        and row["degree"] not in ("REJECTION", "INSPIRATION")
        and row["claim_level"] != "INFERRED"
        and row["target_city_id"] not in row["source_city_ids"].split(";")
    )


def countries() -> dict[str, str]:
    return {row["id"]: row["country_code"] for row in rows_of("cities")}


async def asked(service: QueryService, document: str, **variables: Any) -> Any:
    answer = await service.query(Request(document, variables=variables))
    assert answer.errors == ()
    return answer.data


async def every(service: QueryService, plural: str, fields: str) -> list[Any]:
    """All records of a list, page by page."""
    found: list[Any] = []
    after = None
    while True:
        page_info = "pageInfo { hasNextPage endCursor }"
        document = f"query Page($after: String) {{ all: {plural}(first: 50, after: $after) {{ {page_info} nodes {{ {fields} }} }} }}"
        page = (await asked(service, document, after=after))["all"]
        found += page["nodes"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found


async def test_replications_of_an_innovation_are_the_cities_and_countries_its_counted_transfers_reached(service: QueryService) -> None:
    country = countries()
    cities: dict[str, set[str]] = defaultdict(set)
    abroad: dict[str, set[str]] = defaultdict(set)
    for row in filter(counted, rows_of("transfers")):
        target = row["target_city_id"]
        cities[row["innovation_id"]].add(target)
        if country[target] not in {country[giver] for giver in row["source_city_ids"].split(";")}:
            abroad[row["innovation_id"]].add(country[target])

    found = await every(service, "innovations", "slug replicationCount replicationCountries")

    assert {each["slug"]: (each["replicationCount"], each["replicationCountries"]) for each in found} == {
        row["id"]: (len(cities[row["id"]]), len(abroad[row["id"]])) for row in rows_of("innovations")
    }
    assert max(each["replicationCountries"] for each in found) >= 3


async def test_replications_of_a_city_are_those_it_gave(service: QueryService) -> None:
    reached: dict[str, set[str]] = defaultdict(set)
    for row in filter(counted, rows_of("transfers")):
        for giver in row["source_city_ids"].split(";"):
            reached[giver].add(row["target_city_id"])

    found = await every(service, "cities", "slug replicationCount")

    assert {each["slug"]: each["replicationCount"] for each in found if each["replicationCount"]} == {
        giver: len(cities) for giver, cities in reached.items()
    }


async def test_lists_are_filtered_and_ordered_by_replications_and_evidence(service: QueryService) -> None:
    data = await asked(
        service,
        """{
          far: innovations(where: {replicationCountries: {gte: 3}}, orderBy: [{replicationCount: DESC}], first: 100) {
            nodes { replicationCount replicationCountries }
          }
          proven: innovations(where: {evidenceLevel: {gte: 2}}, orderBy: [{evidenceLevel: DESC}], first: 100) {
            nodes { evidenceLevel { level } }
          }
        }""",
    )

    counts = [each["replicationCount"] for each in data["far"]["nodes"]]
    levels = [each["evidenceLevel"]["level"] for each in data["proven"]["nodes"]]
    assert counts == sorted(counts, reverse=True) != []
    assert min(each["replicationCountries"] for each in data["far"]["nodes"]) >= 3
    assert levels == sorted(levels, reverse=True) != []
    assert min(levels) >= 2


async def test_a_level_of_evidence_is_what_the_tables_bear_out(service: QueryService) -> None:
    told = {row["innovation_id"] for row in rows_of("observations") if row["kind"] != "TARGET"}
    told |= {each for row in rows_of("lessons") for each in row["innovation_ids"].split(";")}
    changes = {
        row["innovation_id"]
        for row in rows_of("observations")
        if row["kind"] in ("OBSERVED", "ESTIMATED") and row["year"] and row["baseline_year"] and row["baseline_year"] < row["year"]
    }

    found = {
        each["slug"]: each["evidenceLevel"]
        for each in await every(service, "innovations", "slug evidenceLevel { level reasons { rule record { id } } }")
    }

    assert {slug for slug, each in found.items() if each["level"] >= 2} == changes - {""}
    assert {slug for slug, each in found.items() if each["level"] >= 1} == (told | changes) - {""}
    assert all(max((reason["rule"] for reason in each["reasons"]), default=0) == each["level"] for each in found.values())
    assert all(bool(each["reasons"]) == (each["level"] > 0) for each in found.values())


async def test_a_lineage_is_answered_by_one_statement_however_many_innovations_and_whatever_is_selected(
    service: QueryService, mission: Graph
) -> None:
    sent: list[str] = []
    mission.observers.append(lambda statement: sent.append(statement.text))

    data = await asked(
        service,
        """{ innovations(first: 20, where: {transfers: {some: {}}}) { nodes {
          slug
          lineage(kinds: [REPLICATION, TRANSFER, ADAPTATION], since: 2000) {
            steps {
              transfer { id sources(first: 1) { nodes { url } } }
              from { country { code } pilots(first: 1) { totalCount } }
              to { name }
            }
            roots { ...on Record { id } }
            innovation { slug }
          }
        } } }""",
    )

    mission.observers.pop()
    assert len(sent) == 1
    assert all(each["slug"] == each["lineage"]["innovation"]["slug"] for each in data["innovations"]["nodes"])
    assert any(each["lineage"]["steps"] for each in data["innovations"]["nodes"])


async def test_a_lineage_counts_its_cities_and_says_what_it_lacks(service: QueryService) -> None:
    steps = [row for row in rows_of("transfers") if row["innovation_id"] == "climate-city-contract" and row["claim_level"] != "INFERRED"]
    cities = {city for row in steps for city in (row["target_city_id"], *row["source_city_ids"].split(";"))}

    data = await asked(
        service,
        """{ innovation(slug: "climate-city-contract") { lineage {
          steps(first: 1000) { generation transfer { slug } }
          measures { cities missingYears censored }
        } } }""",
    )

    found = data["innovation"]["lineage"]
    assert {each["transfer"]["slug"] for each in found["steps"]} == {row["id"] for row in steps}
    assert [each["generation"] for each in found["steps"]] == sorted(each["generation"] for each in found["steps"])
    assert found["measures"] == {"cities": len(cities), "missingYears": sum(not row["year"] for row in steps), "censored": False}


async def test_a_lineage_of_too_many_steps_is_refused_with_what_is_allowed(service: QueryService) -> None:
    none = await service.query(Request('{ innovation(slug: "x") { lineage { steps(first: 0) { generation } } } }'))
    many = await service.query(Request('{ innovation(slug: "x") { lineage { steps(first: 5000) { generation } } } }'))

    assert "1 to 1,000" in none.errors[0]["extensions"]["hint"]
    assert many.errors[0]["extensions"]["code"] == "PAGE_TOO_LARGE"
    assert "1 to 1,000" in many.errors[0]["extensions"]["hint"]
