"""The network as a whole: figures, flows, reach; each against a computation over the tables."""

from collections import Counter, defaultdict
from fractions import Fraction
from itertools import product
from typing import Any

import networkx as nx
import pytest

from server.graph import Graph
from server.operations.query import QueryService
from server.operations.request import Request
from tests.operations.test_measures import asked, counted, rows_of

Row = dict[str, str]
NETWORK = "c40-cities"


def transfers(*, inferred: bool = False) -> list[Row]:
    return [row for row in rows_of("transfers") if inferred or row["claim_level"] != "INFERRED"]


def givers(row: Row) -> list[str]:
    return row["source_city_ids"].split(";")


def members(network: str) -> set[str]:
    return {row["city_id"] for row in rows_of("network_members") if row["network_id"] == network}


def column(table: str, name: str, key: str = "id") -> dict[str, str]:
    return {row[key]: row[name] for row in rows_of(table)}


def betweenness(rows: list[Row]) -> dict[str, float]:
    graph = nx.DiGraph((giver, row["target_city_id"]) for row in rows for giver in givers(row) if giver != row["target_city_id"])
    graph.add_nodes_from(row["target_city_id"] for row in rows)
    found: dict[str, float] = nx.betweenness_centrality(graph)
    return found


async def test_the_network_of_some_transfers_takes_one_statement_more_if_it_shows_records(service: QueryService, mission: Graph) -> None:
    await asked(service, "{ transferNetwork { smallCityShare { share } } }")
    sent: list[str] = []
    mission.observers.append(lambda statement: sent.append(statement.text))
    statements = []

    for arguments, fields in (
        ("", "transfers"),
        ("", "transfers brokers { city { name country { code } } }"),
        ("(where: {kind: {eq: TWINNING}})", "transfers byYear { year transfers } smallCityShare { share }"),
        ("(where: {kind: {eq: TWINNING}})", "transfers brokers { city { name country { code } } }"),
    ):
        sent.clear()
        await asked(service, f"{{ transferNetwork{arguments} {{ {fields} }} }}")
        statements.append(len(sent))

    mission.observers.pop()
    assert statements == [1, 1, 1, 2]


async def test_only_transfers_that_where_lets_through_are_in_the_network(service: QueryService) -> None:
    rows = [row for row in transfers(inferred=True) if row["kind"] == "TWINNING"]

    data = await asked(
        service,
        """{ transferNetwork(where: {kind: {eq: TWINNING}}, includeInferred: true) {
          transfers givingCities receivingCities missingYears brokers(first: 100) { city { slug } betweenness }
        } }""",
    )

    found = data["transferNetwork"]
    between = {city: share for city, share in betweenness(rows).items() if share}
    assert found["transfers"] == len(rows)
    assert found["givingCities"] == len({giver for row in rows for giver in givers(row)})
    assert found["receivingCities"] == len({row["target_city_id"] for row in rows})
    assert found["missingYears"] == sum(not row["year"] for row in rows)
    assert {each["city"]["slug"]: pytest.approx(each["betweenness"]) for each in found["brokers"]} == between


async def test_years_add_up_to_the_whole(service: QueryService) -> None:
    data = await asked(
        service,
        "{ transferNetwork { transfers joint missingYears byYear { year transfers counting givingCities receivingCities joint } } }",
    )

    found = data["transferNetwork"]
    years = Counter(int(row["year"]) if row["year"] else None for row in transfers())
    counting = Counter(int(row["year"]) if row["year"] else None for row in transfers() if counted(row))
    of_2021 = [row for row in transfers() if row["year"] == "2021"]
    assert {each["year"]: each["transfers"] for each in found["byYear"]} == years
    assert {each["year"]: each["counting"] for each in found["byYear"] if each["counting"]} == counting
    assert sum(each["joint"] for each in found["byYear"]) == found["joint"]
    assert found["byYear"][-1]["year"] is None
    assert found["byYear"][-1]["transfers"] == found["missingYears"]
    assert next((each["givingCities"], each["receivingCities"]) for each in found["byYear"] if each["year"] == 2021) == (
        len({giver for row in of_2021 for giver in givers(row)}),
        len({row["target_city_id"] for row in of_2021}),
    )


async def test_between_countries_flow_the_transfers_from_a_giver_of_one_to_a_city_of_the_other(service: QueryService) -> None:
    country, name = column("cities", "country_code"), column("countries", "name", "code")
    flows: Counter[tuple[str, str]] = Counter()
    for row in transfers():
        flows.update({(country[giver], country[row["target_city_id"]]) for giver in givers(row)})

    data = await asked(
        service,
        """{ transferNetwork { flows(first: 1000) { nodes { from { key label } to { key label } transfers } totalCount ungrouped } }
             transferFlows(by: COUNTRY, first: 3) { nodes { from { key } to { key } transfers } totalCount definitionVersion } }""",
    )

    found = data["transferNetwork"]["flows"]
    order = [(-each["transfers"], each["from"]["key"], each["to"]["key"]) for each in found["nodes"]]
    assert {(each["from"]["key"], each["to"]["key"]): each["transfers"] for each in found["nodes"]} == flows
    assert order == sorted(order)
    assert {each["to"]["label"] for each in found["nodes"]} == {name[code] for _, code in flows}
    assert (found["totalCount"], found["ungrouped"]) == (len(flows), 0)
    assert [each["from"]["key"] for each in data["transferFlows"]["nodes"]] == [giving for _, giving, _ in order[:3]]
    assert data["transferFlows"]["totalCount"] == len(flows)


async def test_between_networks_a_transfer_flows_in_every_pair_and_within_fields_it_stays_in_each(service: QueryService) -> None:
    rows = [row for row in transfers() if row["kind"] == "REPLICATION"]
    networks: dict[str, set[str]] = defaultdict(set)
    for row in rows_of("network_members"):
        networks[row["city_id"]].add(row["network_id"])
    fields = {slug: set(filter(None, listed.split(";"))) for slug, listed in column("innovations", "fields").items()}
    between = [set(product(set().union(*(networks[g] for g in givers(row))), networks[row["target_city_id"]])) for row in rows]
    within = [fields.get(row["innovation_id"], set()) for row in rows]

    data = await asked(
        service,
        """query Flows($where: TransferFilter) {
          networks: transferFlows(by: NETWORK, where: $where, first: 1000) { nodes { from { key } to { key } transfers } ungrouped }
          fields: transferFlows(by: FIELD, where: $where) { nodes { from { key label } to { key label } transfers } ungrouped }
        }""",
        where={"kind": {"eq": "REPLICATION"}},
    )

    assert {(each["from"]["key"], each["to"]["key"]): each["transfers"] for each in data["networks"]["nodes"]} == Counter(
        pair for pairs in between for pair in pairs
    )
    assert data["networks"]["ungrouped"] == sum(not pairs for pairs in between)
    assert {each["from"]["key"]: each["transfers"] for each in data["fields"]["nodes"]} == Counter(each for of in within for each in of)
    assert all(each["from"] == each["to"] for each in data["fields"]["nodes"])
    assert data["fields"]["ungrouped"] == sum(not of for of in within)


async def test_members_and_the_rest_are_the_whole(service: QueryService) -> None:
    theirs = members(NETWORK)
    touching = [row for row in transfers() if {*givers(row), row["target_city_id"]} & theirs]
    others = [row for row in transfers() if row not in touching]

    data = await asked(
        service,
        """query Members($network: String!) { transferNetwork { transfers members(network: $network) {
          members { transfers givingCities reciprocity brokers(first: 1) { city { slug } betweenness } }
          rest { transfers receivingCities brokers(first: 1) { city { slug } } }
        } } }""",
        network=NETWORK,
    )

    found = data["transferNetwork"]["members"]
    between = betweenness(touching)
    highest = max(between, key=lambda city: between[city])
    assert found["members"]["transfers"] == len(touching) > 0
    assert found["rest"]["transfers"] == len(others) > 0
    assert found["members"]["givingCities"] == len({giver for row in touching for giver in givers(row)})
    assert found["rest"]["receivingCities"] == len({row["target_city_id"] for row in others})
    assert found["members"]["brokers"] == [{"city": {"slug": highest}, "betweenness": pytest.approx(between[highest])}]


async def test_small_cities_have_their_share_of_the_credit_and_unknown_ones_are_left_out(service: QueryService) -> None:
    population = {slug: int(text) for slug, text in column("cities", "population").items() if text}
    credit: dict[str, Fraction] = defaultdict(Fraction)
    for row in transfers():
        for giver in givers(row):
            credit[giver] += Fraction(1, len(givers(row)))
    small = {city for city in credit if population.get(city, 250_000) < 250_000}
    known = credit.keys() & population.keys()

    data = await asked(
        service,
        """{ transferNetwork {
          smallCityShare { share smallCities knownCities unknownCities } none: smallCityShare(below: 1) { share }
        } }""",
    )

    assert data["transferNetwork"]["smallCityShare"] == {
        "share": pytest.approx(float(sum(credit[city] for city in small) / sum(credit[city] for city in known))),
        "smallCities": len(small),
        "knownCities": len(known),
        "unknownCities": len(credit.keys() - known),
    }
    assert data["transferNetwork"]["none"] == {"share": 0}


async def test_reachable_are_the_cities_that_some_innovation_leads_to_from_here(service: QueryService) -> None:
    graphs: dict[str, nx.DiGraph] = defaultdict(nx.DiGraph)
    for row in transfers():
        if row["innovation_id"] and row["outcome"] not in ("FAILED", "ABANDONED") and row["degree"] != "REJECTION":
            graphs[row["innovation_id"]].add_edges_from((giver, row["target_city_id"]) for giver in givers(row))
    fewest: dict[str, int] = {}
    for graph in graphs.values():
        if "stockholm" in graph:
            steps = nx.single_source_shortest_path_length(graph, "stockholm", cutoff=2)
            fewest |= {city: min(length, fewest.get(city, length)) for city, length in steps.items() if length}

    data = await asked(
        service,
        """{ city(slug: "stockholm") {
          all: reachableCities(maxTransfers: 2, first: 100) { nodes { city { slug country { code } } transfers } totalCount truncated }
          some: reachableCities(maxTransfers: 2, first: 2) { nodes { city { slug } } totalCount truncated definitionVersion }
        } }""",
    )

    found = data["city"]["all"]
    expected = sorted(fewest.items(), key=lambda each: (each[1], each[0]))
    assert [(each["city"]["slug"], each["transfers"]) for each in found["nodes"]] == expected[:100]
    assert (found["totalCount"], found["truncated"]) == (len(expected), len(expected) > 100)
    assert [each["city"]["slug"] for each in data["city"]["some"]["nodes"]] == [city for city, _ in expected[:2]]
    assert (data["city"]["some"]["totalCount"], data["city"]["some"]["truncated"]) == (len(expected), True)


async def test_what_is_reachable_from_many_cities_is_read_by_two_statements(service: QueryService, mission: Graph) -> None:
    document = (
        "{ cities(first: 20) { nodes { slug reachableCities(first: 5) { nodes { city { name pilots(first: 1) { totalCount } } } } } } }"
    )
    await asked(service, document)
    sent: list[str] = []
    mission.observers.append(lambda statement: sent.append(statement.text))

    data = await asked(service, document)

    mission.observers.pop()
    assert len(sent) == 2
    assert any(each["reachableCities"]["nodes"] for each in data["cities"]["nodes"])


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ('{ transferNetwork { members(network: "atlantis") { rest { transfers } } } }', "no network 'atlantis'"),
        ("{ transferNetwork { flows(first: 0) { totalCount } } }", "1 to 1,000 flows"),
        ("{ transferFlows(first: 1001) { totalCount } }", "1 to 1,000 flows"),
        ("{ transferFlows(by: PLANET) { totalCount } }", "FlowGroup"),
        ("{ transferNetwork { smallCityShare(below: 0) { share } } }", "not 0"),
        ("{ transferNetwork { brokers(first: 0) { given } } }", "`first` is 0"),
        ('{ city(slug: "malmo") { reachableCities(maxTransfers: 0) { totalCount } } }', "1 to 6 transfers, not 0"),
        ('{ city(slug: "malmo") { reachableCities(maxTransfers: 7) { totalCount } } }', "1 to 6 transfers, not 7"),
        ('{ city(slug: "malmo") { reachableCities(innovation: "perpetuum-mobile") { totalCount } } }', "no such innovation"),
        ('{ city(slug: "malmo") { reachableCities(first: 0) { totalCount } } }', "`first` is 0"),
    ],
)
async def test_what_makes_no_sense_is_refused_with_what_is_allowed(service: QueryService, document: str, said: str) -> None:
    answer = await service.query(Request(document))

    (error,) = answer.errors
    assert said in str(error)
    assert error["extensions"]["code"] in ("BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED")


async def test_a_variable_that_makes_no_sense_is_refused_though_another_one_was_answered(service: QueryService) -> None:
    document = """query Q($n: String!, $b: Int) {
      transferNetwork { members(network: $n) { rest { transfers } } smallCityShare(below: $b) { share } }
    }"""

    async def ask(**variables: Any) -> Any:
        return await service.query(Request(document, variables=variables))

    good, unknown, none, usual = await ask(n=NETWORK, b=9), await ask(n="x", b=9), await ask(n=NETWORK, b=-1), await ask(n=NETWORK)

    assert good.errors == usual.errors == ()
    assert "no network 'x'" in unknown.errors[0]["message"]
    assert "not -1" in none.errors[0]["message"]
    assert good.data["transferNetwork"]["smallCityShare"]["share"] == 0 < usual.data["transferNetwork"]["smallCityShare"]["share"]
