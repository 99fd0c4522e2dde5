"""Facets and aggregates, against the tables of the Mission's data."""

import statistics
from collections import Counter
from typing import Any

import pytest

from graph_schema.domain import load_domain
from graph_schema.names import upper_snake
from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request
from tests.operations.test_questions import rows_of


async def asked(service: QueryService, document: str, **variables: Any) -> Any:
    answer = await service.query(Request(document, variables=variables))
    assert answer.errors == ()
    return answer.data


async def refused(service: QueryService, document: str, **variables: Any) -> Any:
    answer = await service.query(Request(document, variables=variables))
    assert answer.data is None
    return answer.errors[0]


def counted(found: Any) -> dict[str, int]:
    return {each["key"]: each["count"] for each in found["values"]}


def in_order(counts: Counter[str]) -> list[str]:
    return [key for key, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def listed(cell: str) -> list[str]:
    return [each for each in cell.split(";") if each]


async def test_a_facet_counts_the_values_of_a_closed_list_the_most_frequent_first(service: QueryService) -> None:
    kinds = Counter(row["kind"] for row in rows_of("transfers"))

    data = await asked(service, "{ transfers { facets(by: [KIND]) { by values { key label count } missing more } } }")

    (found,) = data["transfers"]["facets"]
    assert [each["key"] for each in found["values"]] == in_order(kinds)
    assert counted(found) == kinds
    assert found["values"][0]["label"] == found["values"][0]["key"].capitalize()
    assert (found["by"], found["missing"], found["more"]) == ("KIND", 0, 0)


async def test_records_without_a_value_are_counted_apart(service: QueryService) -> None:
    stages = Counter(row["stage"] for row in rows_of("pilots"))
    years = Counter(row["start_date"][:4] for row in rows_of("pilots"))

    data = await asked(service, "{ pilots { facets(by: [STAGE, START_YEAR]) { values { key count } missing } } }")

    of_stage, of_year = data["pilots"]["facets"]
    assert (of_stage["missing"], of_year["missing"]) == (stages.pop(""), years.pop(""))
    assert counted(of_stage) == stages
    assert counted(of_year) == years


async def test_a_facet_honours_the_filter_and_ignores_the_page(service: QueryService) -> None:
    years = Counter(row["kind"] for row in rows_of("transfers") if row["year"] and int(row["year"]) > 2015)
    document = """query ($after: String) { transfers(where: {year: {gt: 2015}}, first: 3, after: $after) {
      pageInfo { endCursor } facets(by: [KIND]) { values { key count } } nodes { year }
    } }"""

    first = (await asked(service, document))["transfers"]
    second = (await asked(service, document, after=first["pageInfo"]["endCursor"]))["transfers"]

    assert first["facets"] == second["facets"]
    assert first["nodes"] != second["nodes"]
    assert counted(first["facets"][0]) == years


async def test_a_facet_honours_a_filter_by_what_has_to_be_worked_out(service: QueryService) -> None:
    data = await asked(
        service,
        """{ innovations(where: {evidenceLevel: {gte: 2}}, first: 100) {
          totalCount nodes { fields { slug } originCity { country { code } } evidenceLevel { level } }
          facets(by: [FIELD, ORIGIN_COUNTRY, EVIDENCE_LEVEL]) { values { key count } missing }
        } }""",
    )

    found = data["innovations"]
    nodes = found["nodes"]
    assert found["totalCount"] == len(nodes) > 3
    by_field, by_country, by_level = found["facets"]
    assert counted(by_field) == Counter(field["slug"] for each in nodes for field in each["fields"])
    assert by_field["missing"] == sum(not each["fields"] for each in nodes)
    origins = Counter(each["originCity"] and each["originCity"]["country"]["code"] for each in nodes)
    assert by_country["missing"] == origins.pop(None, 0)
    assert counted(by_country) == origins
    assert counted(by_level) == Counter(str(each["evidenceLevel"]["level"]) for each in nodes)


async def test_the_country_of_a_transfer_is_that_of_its_city(service: QueryService) -> None:
    country = {row["id"]: row["country_code"] for row in rows_of("cities")}
    names = {row["code"]: row["name"] for row in rows_of("countries")}
    giving = [{country[city] for city in listed(row["source_city_ids"])} for row in rows_of("transfers")]

    data = await asked(service, "{ transfers { facets(by: [TARGET_COUNTRY, SOURCE_COUNTRY]) { values { key label count } missing } } }")

    target, source = data["transfers"]["facets"]
    assert counted(target) == Counter(country[row["target_city_id"]] for row in rows_of("transfers"))
    # A transfer from two cities of one country counts once for it.
    assert counted(source) == Counter(code for codes in giving for code in codes)
    assert {each["key"]: each["label"] for each in target["values"]}.items() <= names.items()


async def test_a_pilot_without_fields_of_its_own_counts_under_those_of_its_innovations(service: QueryService) -> None:
    of_innovation = {row["id"]: listed(row["fields"]) for row in rows_of("innovations")}
    fields = [{field for each in listed(row["innovation_ids"]) for field in of_innovation[each]} for row in rows_of("pilots")]

    data = await asked(service, "{ pilots { facets(by: [FIELD]) { values { key count } missing } } }")

    (found,) = data["pilots"]["facets"]
    assert counted(found) == Counter(field for each in fields for field in each)
    assert found["missing"] == sum(not each for each in fields)


async def test_countries_are_counted_by_the_networks_of_their_cities(service: QueryService) -> None:
    country_of = {row["id"]: row["country_code"] for row in rows_of("cities")}
    networks = Counter(network for network, _ in {(row["network_id"], country_of[row["city_id"]]) for row in rows_of("network_members")})
    members = {country_of[row["city_id"]] for row in rows_of("network_members")}

    data = await asked(service, "{ countries { totalCount facets(by: [NETWORK]) { values { key count } missing more } } }")

    (found,) = data["countries"]["facets"]
    assert list(counted(found).items()) == [(key, networks[key]) for key in in_order(networks)][:100]
    assert found["missing"] == data["countries"]["totalCount"] - len(members)


async def test_a_barrier_is_counted_where_it_was_met_in_a_pilot_or_in_a_transfer(service: QueryService) -> None:
    country_of = {row["id"]: row["country_code"] for row in rows_of("cities")}
    pilot_in = {row["id"]: {country_of[city] for city in listed(row["city_ids"])} for row in rows_of("pilots")}
    transfer_to = {row["id"]: {country_of[row["target_city_id"]]} for row in rows_of("transfers")}
    reports = rows_of("barrier_reports")
    countries = Counter(each for row in reports for each in pilot_in.get(row["pilot_id"]) or transfer_to[row["transfer_id"]])

    data = await asked(service, "{ barrierReports { facets(by: [COUNTRY]) { values { key count } missing } } }")

    (found,) = data["barrierReports"]["facets"]
    assert counted(found) == countries
    assert found["missing"] == 0
    assert all(any(row[where] for row in reports) for where in ("pilot_id", "transfer_id"))


async def test_a_programme_is_counted_in_each_country_of_its_pilots_once(service: QueryService) -> None:
    country_of = {row["id"]: row["country_code"] for row in rows_of("cities")}
    pairs = {(row["programme_id"], country_of[city]) for row in rows_of("pilots") for city in listed(row["city_ids"])}
    countries = Counter(country for programme, country in pairs if programme)

    data = await asked(service, "{ programmes { facets(by: [COUNTRY]) { values { key count } } } }")

    assert counted(data["programmes"]["facets"][0]) == countries


async def test_values_beyond_a_hundred_are_said_by_their_number(service: QueryService) -> None:
    cities = Counter(row["target_city_id"] for row in rows_of("transfers"))

    data = await asked(service, "{ transfers { facets(by: [TARGET_CITY]) { values { key } more } } }")

    (found,) = data["transfers"]["facets"]
    assert [each["key"] for each in found["values"]] == in_order(cities)[:100]
    assert found["more"] == len(cities) - 100 > 0


async def test_the_numbers_of_a_list_leave_out_what_is_missing(service: QueryService) -> None:
    budgets = [float(row["budget_eur"]) for row in rows_of("pilots") if row["budget_eur"]]

    data = await asked(service, "{ pilots { aggregate { count budgetEur { min max sum mean median missing count } } } }")

    found = data["pilots"]["aggregate"]
    assert found["count"] == len(rows_of("pilots"))
    assert found["budgetEur"] == {
        "min": min(budgets),
        "max": max(budgets),
        "sum": pytest.approx(sum(budgets), rel=1e-11),
        "mean": pytest.approx(statistics.fmean(budgets), rel=1e-11),
        "median": statistics.median(budgets),
        "missing": len(rows_of("pilots")) - len(budgets),
        "count": len(budgets),
    }


async def test_of_an_even_number_of_values_the_median_lies_between_the_two_in_the_middle(service: QueryService) -> None:
    populations = sorted(int(row["population"]) for row in rows_of("cities") if row["country_code"] == "SE" and row["population"])
    even = populations[: len(populations) // 2 * 2]

    data = await asked(
        service,
        """query ($most: Int) {
          cities(where: {country: {code: {eq: "SE"}}, population: {lte: $most}}) { aggregate { population { median } } }
        }""",
        most=even[-1],
    )

    assert data["cities"]["aggregate"]["population"]["median"] == statistics.median(even)


async def test_numbers_are_given_for_each_group_and_for_the_records_in_none(service: QueryService) -> None:
    stages = {row["stage"] for row in rows_of("pilots")}

    data = await asked(
        service, "{ pilots { aggregate(groupBy: STAGE) { groups { key label count budgetEur { sum count missing } } moreGroups } } }"
    )

    groups = {each["key"] or "": each for each in data["pilots"]["aggregate"]["groups"]}
    assert groups.keys() == stages
    assert data["pilots"]["aggregate"]["groups"][-1]["label"] is None
    for stage, found in groups.items():
        budgets = [float(row["budget_eur"]) for row in rows_of("pilots") if row["stage"] == stage and row["budget_eur"]]
        assert found["budgetEur"]["sum"] == (pytest.approx(sum(budgets), rel=1e-11) if budgets else None)
        assert found["budgetEur"]["count"] + found["budgetEur"]["missing"] == found["count"]


async def test_a_computed_number_of_a_group_is_that_of_its_records(service: QueryService) -> None:
    data = await asked(
        service,
        """{
          grouped: innovations { aggregate(groupBy: FIELD) { groups { key count replicationCount { max mean } } } }
          alone: innovations(where: {fields: {some: {slug: {eq: "transport"}}}}) { aggregate { count replicationCount { max mean } } }
        }""",
    )

    (of_transport,) = [each for each in data["grouped"]["aggregate"]["groups"] if each["key"] == "transport"]
    assert of_transport == {"key": "transport", **data["alone"]["aggregate"]}
    assert of_transport["replicationCount"]["max"] > 1


async def test_an_empty_list_has_no_numbers_rather_than_zeros(service: QueryService) -> None:
    data = await asked(
        service,
        """{ pilots(where: {title: {eq: "no such pilot"}}) {
          facets(by: [STAGE]) { values { key } missing more }
          aggregate(groupBy: FIELD) { count budgetEur { min sum mean median missing count } groups { key } moreGroups }
        } }""",
    )

    nothing = {"min": None, "sum": None, "mean": None, "median": None, "missing": 0, "count": 0}
    assert data["pilots"]["facets"] == [{"values": [], "missing": 0, "more": 0}]
    assert data["pilots"]["aggregate"] == {"count": 0, "budgetEur": nothing, "groups": [], "moreGroups": 0}


async def test_lists_under_records_are_counted_in_the_same_one_statement(service: QueryService, mission: Graph) -> None:
    sent: list[str] = []
    mission.observers.append(lambda statement: sent.append(statement.text))
    kinds = Counter((row["target_city_id"], row["kind"]) for row in rows_of("transfers"))

    data = await asked(
        service,
        """{ cities(first: 50, where: {transfersReceived: {some: {}}}, orderBy: [{population: DESC}]) { nodes {
          slug transfersReceived { facets(by: [KIND]) { values { key count } } aggregate { count } }
        } } }""",
    )

    mission.observers.pop()
    assert len(sent) == 1
    for city in data["cities"]["nodes"]:
        (found,) = city["transfersReceived"]["facets"]
        assert counted(found) == {kind: count for (slug, kind), count in kinds.items() if slug == city["slug"]}
        assert city["transfersReceived"]["aggregate"]["count"] == sum(counted(found).values())


async def test_which_facets_are_counted_may_stand_in_variables(service: QueryService) -> None:
    document = """query ($by: [TransferFacet!]!, $group: TransferFacet) {
      transfers { facets(by: $by) { by } aggregate(groupBy: $group) { groups { key } } }
    }"""

    one = await asked(service, document, by=["KIND", "OUTCOME"], group="DEGREE")
    other = await asked(service, document, by=["YEAR"], group="OUTCOME")

    assert [each["by"] for each in one["transfers"]["facets"]] == ["KIND", "OUTCOME"]
    assert [each["by"] for each in other["transfers"]["facets"]] == ["YEAR"]
    assert one["transfers"]["aggregate"] != other["transfers"]["aggregate"]


async def test_nothing_to_count_by_is_refused_with_what_there_is(service: QueryService) -> None:
    literal = await refused(service, "{ transfers { facets(by: []) { by } } }")
    variable = await refused(service, "query ($by: [TransferFacet!]!) { transfers { facets(by: $by) { by } } }", by=[])

    assert {**literal, "locations": None} == {**variable, "locations": None}
    assert literal["extensions"]["code"] == "BAD_USER_INPUT"
    assert "KIND" in literal["extensions"]["hint"]


async def test_groups_without_a_facet_to_group_by_are_refused(service: QueryService) -> None:
    error = await refused(service, "{ transfers { aggregate { groups { key } } } }")

    assert "groupBy" in error["message"]


async def test_an_unknown_facet_is_refused_with_those_that_are_near(service: QueryService) -> None:
    error = await refused(service, "{ transfers { facets(by: [KINDS]) { by } } }")

    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "KIND" in error["message"]


async def test_more_facets_than_ten_of_one_list_are_refused(service: QueryService) -> None:
    error = await refused(service, "{ transfers { facets(by: [" + "KIND, " * 11 + "]) { by } } }")

    assert error["extensions"]["setting"] == "REPLICITY_LIMIT_FACETS"


async def test_counting_under_every_record_of_a_long_list_is_too_costly(service: QueryService) -> None:
    error = await refused(
        service, "{ cities(first: 100) { nodes { pilots { facets(by: [STAGE, FIELD, LEVER, INNOVATION, PROGRAMME]) { missing } } } } }"
    )

    assert error["extensions"]["code"] == "TOO_COSTLY"


async def test_a_list_of_several_types_is_counted_by_type(service: QueryService) -> None:
    document = """query ($slug: String!) { source(slug: $slug) { supports {
      totalCount facets(by: [TYPE]) { by values { key label count } missing more }
      aggregate(groupBy: TYPE) { count groups { key label count } moreGroups }
    } cities: supports(where: {id: {startsWith: "City:"}}) { aggregate { count } } } }"""
    sources = (await asked(service, "{ sources(first: 100, orderBy: [{supports: {count: DESC}}]) { nodes { slug } } }"))["sources"]["nodes"]
    seen: set[str] = set()

    for slug in (each["slug"] for each in sources[:10]):
        found = (await asked(service, document, slug=slug))["source"]
        told, (of_type,) = found["supports"], found["supports"]["facets"]
        listed = await supported(service, slug)
        assert counted(of_type) == Counter(listed)
        assert [each["key"] for each in of_type["values"]] == in_order(Counter(listed))
        assert (of_type["by"], of_type["missing"], of_type["more"], told["totalCount"]) == ("TYPE", 0, 0, len(listed))
        assert told["aggregate"] == {"count": len(listed), "groups": of_type["values"], "moreGroups": 0}
        assert found["cities"]["aggregate"]["count"] == counted(of_type).get("CITY", 0)
        seen |= set(listed)

    assert len(seen) > 1


async def supported(service: QueryService, slug: str) -> list[str]:
    """The types of all records that a source supports, page by page."""
    found: list[str] = []
    after = None
    while True:
        document = """query ($slug: String!, $after: String) { source(slug: $slug) { supports(first: 100, after: $after) {
          nodes { id } pageInfo { hasNextPage endCursor } } } }"""
        page = (await asked(service, document, slug=slug, after=after))["source"]["supports"]
        found += [upper_snake(each["id"].partition(":")[0]) for each in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


def test_types_come_in_the_order_of_their_keys_as_in_that_of_their_labels() -> None:
    labels = sorted(node.label for node in load_domain())

    assert [upper_snake(each) for each in labels] == sorted(map(upper_snake, labels))
