"""Lineages of innovations, transfers and cities over the Mission's data, each against a computation over the tables."""

from collections import Counter, defaultdict
from typing import Any

import networkx as nx
import pytest

from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request
from tests.operations.test_measures import KINDS, asked, counted, countries, every, rows_of

OUTCOMES = ("COMMITTED", "ONGOING", "IMPLEMENTED", "PARTIAL", "FAILED", "ABANDONED", "UNKNOWN")


async def refusal(service: QueryService, document: str, **variables: Any) -> dict[str, Any]:
    answer = await service.query(Request(document, variables=variables))
    (error,) = answer.errors
    return dict(error)


def stated(*, inferred: bool = False) -> list[dict[str, str]]:
    return [row for row in rows_of("transfers") if inferred or row["claim_level"] != "INFERRED"]


def of_innovation(slug: str) -> list[dict[str, str]]:
    return [row for row in stated() if row["innovation_id"] == slug]


def givers(row: dict[str, str]) -> list[str]:
    return row["source_city_ids"].split(";")


# Counts by outcome ----------------------------------------------------------------------------------------


async def test_transfers_of_an_innovation_are_counted_by_how_they_ended(service: QueryService) -> None:
    ended: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows_of("transfers"):
        if row["kind"] in KINDS:
            ended[row["innovation_id"]][row["outcome"]] += 1

    found = await every(service, "innovations", "slug byOutcome { outcome count }")

    assert {each["slug"]: {of["outcome"]: of["count"] for of in each["byOutcome"]} for each in found} == {
        row["id"]: {outcome: ended[row["id"]][outcome] for outcome in OUTCOMES} for row in rows_of("innovations")
    }


async def test_transfers_a_city_or_a_pilot_gave_are_counted_by_how_they_ended(service: QueryService) -> None:
    ended: Counter[tuple[str, str]] = Counter()
    for row in rows_of("transfers"):
        if row["kind"] in KINDS:
            ended.update((giver, row["outcome"]) for giver in (*givers(row), *filter(None, row["source_pilot_ids"].split(";"))))

    found = await every(service, "cities", "slug byOutcome { outcome count }")
    found += await every(service, "pilots", "slug byOutcome { outcome count }")

    counts = {(each["slug"], of["outcome"]): of["count"] for each in found for of in each["byOutcome"]}
    assert {key: count for key, count in counts.items() if count} == ended


async def test_an_outcome_without_transfers_stands_in_the_list(service: QueryService) -> None:
    data = await asked(service, '{ innovation(slug: "car-sharing-action-plan") { byOutcome { o: outcome n: count __typename } } }')

    assert [each["o"] for each in data["innovation"]["byOutcome"]] == list(OUTCOMES)
    assert {each["__typename"] for each in data["innovation"]["byOutcome"]} == {"OutcomeCount"}


async def test_a_list_is_filtered_and_ordered_by_how_many_ended_one_way(service: QueryService) -> None:
    ended: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows_of("transfers"):
        if row["kind"] in KINDS:
            ended[row["innovation_id"]][row["outcome"]] += 1
    document = """query ($most: Int!, $after: String) {
      innovations(first: 4, after: $after, where: {byOutcome: {committed: {gte: 1}, failed: {lte: $most}}},
        orderBy: [{byOutcome: {committed: DESC}}, {byOutcome: {implemented: ASC}}]) { pageInfo { endCursor hasNextPage } nodes { slug } }
    }"""

    found: list[str] = []
    page: Any = {"pageInfo": {"hasNextPage": True, "endCursor": None}}
    while page["pageInfo"]["hasNextPage"]:
        page = (await asked(service, document, most=1, after=page["pageInfo"]["endCursor"]))["innovations"]
        found += [each["slug"] for each in page["nodes"]]

    fitting = [row["id"] for row in rows_of("innovations") if ended[row["id"]]["COMMITTED"] >= 1 and ended[row["id"]]["FAILED"] <= 1]
    assert found == sorted(fitting, key=lambda slug: (-ended[slug]["COMMITTED"], ended[slug]["IMPLEMENTED"], slug))
    assert len(found) > 8


@pytest.mark.parametrize("order", ["{byOutcome: {failed: ASC, partial: ASC}}", "{byOutcome: {}}", "{byOutcome: {failed: null}}"])
async def test_an_order_by_outcome_names_one_outcome_and_one_direction(service: QueryService, order: str) -> None:
    error = await refusal(service, f"{{ innovations(orderBy: [{order}]) {{ totalCount }} }}")

    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "exactly one field" in error["message"] or "is null" in error["message"]


async def test_counts_by_outcome_are_asked_of_by_the_count_of_the_relationship(service: QueryService) -> None:
    ended = Counter(row["innovation_id"] for row in rows_of("transfers") if row["kind"] in KINDS and row["outcome"] == "COMMITTED")

    data = await asked(
        service,
        """{ innovations(first: 100, where: {transfers: {count: {
          gte: 3, where: {outcome: {eq: COMMITTED}, kind: {in: [REPLICATION, TRANSFER, ADAPTATION]}}
        }}}) { nodes { slug } } }""",
    )

    assert {each["slug"] for each in data["innovations"]["nodes"]} == {slug for slug, count in ended.items() if slug and count >= 3}


# Lineages of transfers ------------------------------------------------------------------------------------


async def test_the_lineage_of_a_transfer_is_that_of_its_innovation_in_the_same_statement(service: QueryService, mission: Graph) -> None:
    sent: list[str] = []
    fields = "innovation { slug title } stepCount measures { cities depth width structuralVirality } steps(first: 3) { transfer { slug } }"
    document = f"""{{
      transfers(first: 20, where: {{year: {{gte: 2019}}}}) {{ nodes {{
        slug lineage {{ {fields} }} innovation {{ slug lineage {{ {fields} }} }}
      }} }}
    }}"""
    mission.observers.append(lambda statement: sent.append(statement.text))

    data = await asked(service, document)

    mission.observers.pop()
    nodes = data["transfers"]["nodes"]
    assert len(sent) == 1
    assert [each["lineage"] for each in nodes] == [each["innovation"] and each["innovation"]["lineage"] for each in nodes]
    assert any(each["lineage"] and each["lineage"]["stepCount"] > 1 for each in nodes)


async def test_a_transfer_of_no_innovation_has_no_lineage(service: QueryService) -> None:
    data = await asked(
        service, "{ transfers(first: 5, where: {innovation: {isNull: true}}) { nodes { lineage { stepCount } innovation { slug } } } }"
    )

    assert data["transfers"]["nodes"] == [{"lineage": None, "innovation": None}] * 5


# Variants -------------------------------------------------------------------------------------------------


async def test_a_lineage_with_variants_spans_the_whole_family_and_says_what_each_step_is_of(service: QueryService) -> None:
    ties = nx.Graph((row["innovation_id"], row["variant_of_id"]) for row in rows_of("innovation_variants"))
    family = nx.node_connected_component(ties, "mine-water-heat-network")
    steps = {row["id"]: row["innovation_id"] for row in stated() if row["innovation_id"] in family}

    data = await asked(
        service,
        """{ innovation(slug: "mine-water-heat-network") {
          variantFamily { totalCount nodes { slug } }
          familyTransfers { totalCount }
          lineage(includeVariants: true) { stepCount innovation { slug } steps { transfer { slug } innovation { slug } } }
          own: lineage { stepCount steps { innovation { slug } } }
        } }""",
    )

    found = data["innovation"]
    assert {each["slug"] for each in found["variantFamily"]["nodes"]} == family
    assert found["variantFamily"]["totalCount"] == len(family) == 5
    assert {each["transfer"]["slug"]: each["innovation"]["slug"] for each in found["lineage"]["steps"]} == steps
    assert found["lineage"]["stepCount"] == len(steps) > found["own"]["stepCount"]
    assert found["lineage"]["innovation"] == {"slug": "mine-water-heat-network"}
    assert {each["innovation"]["slug"] for each in found["own"]["steps"]} == {"mine-water-heat-network"}


async def test_the_first_use_of_a_family_is_that_of_its_earliest_member(service: QueryService) -> None:
    data = await asked(
        service,
        """{ innovation(slug: "mine-water-heat-network") {
          firstYear
          variantFamily { nodes { firstYear pilots(orderBy: [{startDate: ASC}], first: 1) { nodes { startDate } } } }
          lineage(includeVariants: true) { measures { timeToFirstTransferYears } steps { transfer { year } } }
        } }""",
    )

    found = data["innovation"]
    firsts = [
        each["firstYear"] or int(each["pilots"]["nodes"][0]["startDate"][:4])
        for each in found["variantFamily"]["nodes"]
        if each["firstYear"] or (each["pilots"]["nodes"] and each["pilots"]["nodes"][0]["startDate"])
    ]
    years = [each["transfer"]["year"] for each in found["lineage"]["steps"] if each["transfer"]["year"]]
    waited = min(years) - min(firsts)
    assert found["lineage"]["measures"]["timeToFirstTransferYears"] == (waited if waited >= 0 else None)


# Pages and folds ------------------------------------------------------------------------------------------


async def test_steps_are_read_page_by_page(service: QueryService) -> None:
    whole = await asked(
        service, '{ innovation(slug: "climate-city-contract") { lineage { stepCount steps { cursor transfer { slug } } } } }'
    )
    document = """query Page($after: String) { innovation(slug: "climate-city-contract") { lineage {
      steps(first: 7, after: $after) { cursor transfer { slug } }
    } } }"""

    pages, after = [], None
    while steps := (await asked(service, document, after=after))["innovation"]["lineage"]["steps"]:
        pages.append(steps)
        after = steps[-1]["cursor"]

    found = whole["innovation"]["lineage"]
    assert [step for page in pages for step in page] == found["steps"]
    assert [len(page) for page in pages][:-1] == [7] * (len(pages) - 1)
    assert found["stepCount"] == len(found["steps"]) > 14


async def test_a_large_lineage_folds_from_country_to_country(service: QueryService) -> None:
    country, steps = countries(), of_innovation("positive-energy-district")
    pairs: Counter[tuple[str, str]] = Counter()
    counting: Counter[tuple[str, str]] = Counter()
    for row in steps:
        for giving in {country[giver] for giver in givers(row)}:
            pairs[giving, country[row["target_city_id"]]] += 1
            counting[giving, country[row["target_city_id"]]] += counted(row)

    data = await asked(
        service,
        """{ innovation(slug: "positive-energy-district") { lineage(collapseBy: COUNTRY, first: 1000) {
          folds { totalCount pageInfo { hasNextPage hasPreviousPage } nodes {
            generation from { code } to { code name } transfers counting cities joint firstYear missingYears
          } }
        } } }""",
    )

    folds = data["innovation"]["lineage"]["folds"]
    found: Counter[tuple[str, str]] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    for each in folds["nodes"]:
        found[each["from"]["code"], each["to"]["code"]] += each["transfers"]
        counts[each["from"]["code"], each["to"]["code"]] += each["counting"]
    assert found == pairs
    assert +counts == +counting
    assert folds["totalCount"] == len(folds["nodes"])
    assert folds["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": False}
    assert [(each["generation"], -each["transfers"]) for each in folds["nodes"]] == sorted(
        (each["generation"], -each["transfers"]) for each in folds["nodes"]
    )


async def test_folds_are_read_page_by_page(service: QueryService) -> None:
    document = """query Page($first: Int, $after: String) { innovation(slug: "positive-energy-district") {
      lineage(collapseBy: COUNTRY, first: $first, after: $after) {
        folds { nodes { generation from { code } to { code } } pageInfo { hasNextPage endCursor } }
      }
    } }"""
    whole = (await asked(service, document))["innovation"]["lineage"]["folds"]["nodes"]

    found, after, more = [], None, True
    while more:
        page = (await asked(service, document, first=4, after=after))["innovation"]["lineage"]["folds"]
        found += page["nodes"]
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]

    assert found == whole
    assert len(whole) > 4


async def test_a_lineage_that_was_not_folded_has_no_folds(service: QueryService) -> None:
    data = await asked(service, '{ innovation(slug: "climate-city-contract") { lineage { folds { totalCount } } } }')

    assert data["innovation"]["lineage"]["folds"] is None


# Bad input ------------------------------------------------------------------------------------------------


async def test_a_cursor_of_another_list_is_refused(service: QueryService) -> None:
    steps = 'query Page($after: String) { innovation(slug: "climate-city-contract") { lineage { steps(after: $after) { cursor } } } }'
    folds = """query Page($after: String) {
      innovation(slug: "climate-city-contract") { lineage(collapseBy: COUNTRY, after: $after) { folds { totalCount } } }
    }"""
    cursor = (await asked(service, steps))["innovation"]["lineage"]["steps"][0]["cursor"]

    for document, after in ((folds, cursor), (steps, "nonsense"), (steps, "é"), (folds, "")):
        assert (await refusal(service, document, after=after))["extensions"]["code"] == "BAD_CURSOR"


async def test_pages_of_folds_are_asked_only_of_a_folded_lineage(service: QueryService) -> None:
    error = await refusal(service, '{ innovation(slug: "x") { lineage(first: 5) { stepCount } } }')

    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "collapseBy: COUNTRY" in error["extensions"]["hint"]
