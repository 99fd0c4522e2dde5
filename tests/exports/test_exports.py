"""What is exported is read back by the programs that researchers use, and is what GraphQL answers."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frictionless
import httpx
import networkx as nx
import orjson
import pandas as pd
import pyarrow.parquet
import pyogrio
import pytest
from lxml import etree

from graph_schema.domain import load_domain
from server.exchange.load import load_package
from server.exports.csv_text import list_items
from server.graph import Graph
from tests.exchange.test_apostrophes import FORMULAS, cells
from tests.exports.graphml_schema import graphml_schema
from tests.operations.test_questions import rows_of

FROM_2015 = {"year": {"gte": 2015}, "kind": {"in": ["REPLICATION", "ADAPTATION"]}}


async def asked(door: httpx.AsyncClient, query: str, **variables: Any) -> Any:
    answer = await door.post("/graphql", json={"query": query, "variables": variables})
    return answer.json()["data"]


async def table(door: httpx.AsyncClient, path: str, **parameters: Any) -> pd.DataFrame:
    response = await door.get(path, params={name: json.dumps(value) for name, value in parameters.items()})
    assert response.status_code == 200, response.text
    return pd.read_csv(io.BytesIO(response.content), keep_default_na=False, dtype=str)


async def test_pandas_reads_every_transfer_as_graphql_tells_it(door: httpx.AsyncClient) -> None:
    found = await table(door, "/export/transfers.csv")
    told = await asked(
        door,
        """{ transfers(first: 100) { totalCount nodes {
          slug kind year outcome counts whyNot jointAttribution crossesBorder keptElements note innovation { slug title }
          targetCity { slug country { code } } sourceCities { nodes { slug } } sources { nodes { url } } } } }""",
    )

    assert len(found) == told["transfers"]["totalCount"]
    rows = found.set_index("transfer")
    for node in told["transfers"]["nodes"]:
        row = rows.loc[node["slug"]]
        assert list_items(row["source_cities"]) == [city["slug"] for city in node["sourceCities"]["nodes"]]
        assert (row["target_city"], row["target_country"]) == (node["targetCity"]["slug"], node["targetCity"]["country"]["code"])
        assert row["innovation"] == ((node["innovation"] or {}).get("slug") or "")
        assert (row["kind"], row["outcome"], row["why_not"]) == (node["kind"], node["outcome"], node["whyNot"] or "")
        judged = (node["counts"], node["jointAttribution"], node["crossesBorder"])
        assert (row["counts"], row["joint_attribution"], row["crosses_border"]) == tuple(str(each).lower() for each in judged)
        assert list_items(row["kept_elements"]) == node["keptElements"]
        assert list_items(row["sources"]) == [source["url"] for source in node["sources"]["nodes"]]


async def test_rules_are_judged_for_every_transfer_as_graphql_judges(door: httpx.AsyncClient) -> None:
    found = await table(door, "/export/transfers.csv")

    for column, condition in {
        "counts": {"counts": {"eq": True}},
        "joint_attribution": {"jointAttribution": {"eq": True}},
        "crosses_border": {"crossesBorder": {"eq": True}},
    }.items():
        told = await asked(door, "query ($w: TransferFilter) { transfers(where: $w) { totalCount } }", w=condition)
        assert (found[column] == "true").sum() == told["transfers"]["totalCount"]


async def test_the_population_of_both_ends_stands_in_the_table(door: httpx.AsyncClient) -> None:
    known = {row["id"]: row["population"] or "NA" for row in rows_of("cities")}

    found = await table(door, "/export/transfers.csv")

    for _, row in found.iterrows():
        givers = list_items(row["source_cities"]) or []
        assert list_items(row["source_populations"]) == [known[giver] for giver in givers]
        assert (row["target_population"] or "NA") == known[row["target_city"]]
    assert found["source_populations"].str.contains("NA").any()


async def test_a_list_that_nobody_reports_is_empty_in_the_table_and_null_elsewhere(door: httpx.AsyncClient) -> None:
    unreported = {row["id"] for row in rows_of("transfers") if not row["source_pilot_ids"]}
    alone = {row["id"] for row in rows_of("cities")} - {row["city_id"] for row in rows_of("network_members")}

    rows = await table(door, "/export/transfers.csv")
    typed = pyarrow.parquet.read_table(io.BytesIO((await door.get("/export/transfers.parquet")).content))
    cities = (await door.get("/export/cities.geojson")).json()["features"]

    assert {row["transfer"] for _, row in rows.iterrows() if row["source_pilots"] == ""} == unreported
    assert typed.column("source_pilots").null_count == len(unreported) > 0
    assert {each["id"] for each in cities if each["properties"]["networks"] is None} == alone


async def test_a_filter_takes_what_the_same_filter_takes_in_graphql(door: httpx.AsyncClient) -> None:
    found = await table(door, "/export/transfers.csv", where=FROM_2015)
    told = await asked(door, "query ($w: TransferFilter) { transfers(where: $w) { totalCount } }", w=FROM_2015)

    assert 0 < len(found) == told["transfers"]["totalCount"]


async def test_an_export_names_revision_definitions_licence_query_and_contact(door: httpx.AsyncClient) -> None:
    response = await door.get("/export/transfers.csv", params={"where": json.dumps(FROM_2015)})
    [address] = [part.split(">")[0].strip(" <") for part in response.headers["link"].split(",") if "describedby" in part]
    described = (await door.get(address)).json()

    assert described["schema:version"] == f"graph revision {response.headers['x-replicity-revision']}"
    assert described["schema:measurementTechnique"] == "Replicity measures, definitions version 1"
    assert response.headers["x-replicity-definitions"] == "1"
    assert described["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert described["dc:source"] == str(response.request.url)
    assert "older revisions are not recomputed" in described["schema:usageInfo"]
    assert described["schema:contactPoint"]["schema:url"].endswith("/issues")
    assert [column["name"] for column in described["tableSchema"]["columns"]] == response.text.split("\r\n")[0].split(",")


async def test_networkx_reads_the_same_network_as_the_table(door: httpx.AsyncClient) -> None:
    response = await door.get("/export/transfers.graphml")
    rows = await table(door, "/export/transfers.csv")

    graphml_schema().assertValid(etree.fromstring(response.content))
    network = nx.read_graphml(io.BytesIO(response.content), force_multigraph=True)

    givers = [list_items(cell) or [] for cell in rows["source_cities"]]
    assert network.number_of_edges() == sum(map(len, givers))
    assert set(network) == {city for row in givers for city in row} | set(rows["target_city"])
    assert abs(sum(credit for *_, credit in network.edges(data="credit")) - len(rows)) < 1e-6
    assert network.nodes["malmo"]["name"] == "Malmö"
    assert {type(year) for *_, year in network.edges(data="year")} <= {int, type(None)}


async def test_arrow_reads_parquet_with_types_and_metadata(door: httpx.AsyncClient) -> None:
    response = await door.get("/export/transfers.parquet")
    rows = await table(door, "/export/transfers.csv")

    found = pyarrow.parquet.read_table(io.BytesIO(response.content))

    assert found.column("transfer").to_pylist() == rows["transfer"].tolist()
    assert found.column("source_cities").to_pylist() == [list_items(cell) for cell in rows["source_cities"]]
    assert [str(year or "") for year in found.column("year").to_pylist()] == rows["year"].tolist()
    populations = [[number if number is not None else "NA" for number in row] for row in found.column("source_populations").to_pylist()]
    assert populations == [[int(item) if item != "NA" else item for item in cell.split(";")] for cell in rows["source_populations"]]
    assert found.column("updated_at").to_pandas().tolist() == pd.to_datetime(rows["updated_at"], utc=True).tolist()
    assert {str(found.schema.field(name).type) for name in ("year", "target_population")} == {"int64"}
    assert str(found.schema.field("updated_at").type) == "timestamp[us, tz=UTC]"
    described = orjson.loads(found.schema.metadata[b"replicity"])
    assert str(described["revision"]) == response.headers["x-replicity-revision"]


async def test_gdal_reads_every_city_at_its_place(door: httpx.AsyncClient, tmp_path: Any) -> None:
    response = await door.get("/export/cities.geojson", params={"where": json.dumps({"country": {"code": {"eq": "SE"}}})})
    file = tmp_path / "cities.geojson"
    file.write_bytes(response.content)
    told = await asked(
        door,
        '{ cities(first: 100, where: {country: {code: {eq: "SE"}}}) { totalCount nodes { slug replicationCount location { latitude } } } }',
    )

    about, _, geometry, fields = pyogrio.raw.read(file)

    columns = dict(zip(about["fields"], fields, strict=True))
    nodes = {node["slug"]: node for node in told["cities"]["nodes"]}
    assert len(geometry) == told["cities"]["totalCount"] == len(nodes)
    assert dict(zip(columns["city"], columns["replication_count"], strict=True)) == {
        slug: node["replicationCount"] for slug, node in nodes.items()
    }
    assert response.json()["metadata"]["query"] == str(response.request.url)


async def test_a_cascade_has_the_steps_and_generations_of_the_lineage(door: httpx.AsyncClient) -> None:
    found = await table(door, "/export/cascades.csv")
    most = found["innovation"].value_counts().index[0]
    told = await asked(
        door,
        "query ($s: String!) { innovation(slug: $s) { lineage { steps { generation transfer { slug } } } } }",
        s=most,
    )

    of_one = found[found["innovation"] == most]
    steps = told["innovation"]["lineage"]["steps"]
    assert list(zip(of_one["generation"].astype(int), of_one["transfer"], strict=True)) == [
        (step["generation"], step["transfer"]["slug"]) for step in steps
    ]
    assert "INFERRED" not in set(found["claim_level"])


async def test_an_event_history_ends_in_adoptions_that_the_graph_holds(door: httpx.AsyncClient) -> None:
    mission = {"missionStatus": {"eq": "MISSION_EU"}}
    first = (await table(door, "/export/cascades.csv"))["innovation"].value_counts().index[0]

    found = await table(door, "/export/event-history.csv", where={"slug": {"eq": first}}, cities=mission, until=2025)

    assert set(found["innovation"]) == {first}
    spells = found.groupby("city")
    assert (spells["year"].nunique() == spells.size()).all()
    events = found[found["event"] == "1"]
    assert set(events["censoring"]) <= {"NONE"}
    assert events["city"].is_unique
    transfers = (await table(door, "/export/transfers.csv")).set_index("transfer")
    for _, row in events[events["adopted_by"] == "TRANSFER"].iterrows():
        of = transfers.loc[row["adoption_record"]]
        assert (of["target_city"], of["year"], of["counts"]) == (row["city"], row["year"], "true")


@pytest.mark.parametrize(("emissions", "there"), [("on", True), ("off", False)])
async def test_a_package_is_valid_and_holds_emissions_only_with_their_terms(
    door_to: Callable[..., httpx.AsyncClient], emissions: str, there: bool, tmp_path: Any
) -> None:
    async with door_to(emissions=emissions) as door:
        response = await door.get("/export/package.zip")
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        packed.extractall(tmp_path)

    described = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert ("emissions" in {each["name"] for each in described["resources"]}) is there
    assert ("CDP" in json.dumps(described["attribution"])) is there
    assert ("CDP" in json.dumps(described["sources"])) is there
    assert response.headers["x-replicity-definitions"] == described["definitionVersion"] == "1"
    assert described["contact"].endswith("/issues")
    assert str(described["revision"]) == response.headers["x-replicity-revision"]
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid


async def test_a_spreadsheet_may_open_the_package_and_loading_it_changes_nothing(
    door: httpx.AsyncClient, mission: Graph, tmp_path: Path
) -> None:
    response = await door.get("/export/package.zip")
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        packed.extractall(tmp_path)
    report = await load_package(mission, load_domain(), tmp_path)

    assert [cell for numeric, cell in cells(tmp_path) if not numeric and cell.startswith(FORMULAS)] == []
    assert "'+CityxChange" in (tmp_path / "pilots.csv").read_text(encoding="utf-8")
    assert any(numeric and cell.startswith("-") for numeric, cell in cells(tmp_path))
    assert report.changed_nothing
    assert not report.missing


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("transfers.csv?where={", 400, "`where` is not JSON"),
        ("transfers.csv?where=[]", 400, "TransferFilter"),
        ("transfers.csv?where=7", 400, "TransferFilter"),
        ('transfers.csv?where={"yeer":{"eq":1}}', 400, "yeer"),
        ('transfers.csv?where={"kind":{"eq":"GIFT"}}', 400, "GIFT"),
        ('transfers.csv?where={"year":null}', 400, "null"),
        ("transfers.csv?wehre={}", 400, "where"),
        ("transfers.csv?where={}&where={}", 400, "more than once"),
        ("transfers.xlsx", 404, "transfers.parquet"),
        ("secrets.csv", 404, "transfers.csv"),
        ("cities.geojson?until=2020", 400, "Known here: where"),
        ("event-history.csv?until=soon", 400, "Give a year"),
        ("cascades.csv?includeInferred=maybe", 400, "true or false"),
        ("package.zip-metadata.json", 404, "package.zip carries its metadata inside, as datapackage.json"),
        ("package.zip?where={}", 400, "takes none"),
    ],
)
async def test_bad_input_is_refused_with_what_is_allowed(door: httpx.AsyncClient, path: str, status: int, sentence: str) -> None:
    response = await door.get(f"/export/{path}")

    assert response.status_code == status
    assert sentence in response.text


@pytest.mark.parametrize("query", ["where=notjson", "where=", "where={}&where={}", "where=%FF", "where=%7"])
async def test_a_parameter_that_cannot_be_read_is_refused_with_how_to_write_it(door: httpx.AsyncClient, query: str) -> None:
    response = await door.get(f"/export/transfers.csv?{query}")

    [error] = response.json()["errors"]
    [example] = re.findall(r"`(\?where=%[^`]+)`", error["extensions"]["hint"])
    assert (response.status_code, error["extensions"]["code"]) == (400, "BAD_REQUEST")
    assert (await door.get(f"/export/transfers.csv{example}")).status_code == 200


async def test_an_export_without_parameters_says_so_of_one_that_cannot_be_read(door: httpx.AsyncClient) -> None:
    response = await door.get("/export/package.zip?where=%FF")

    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["hint"] == "This export takes no parameter."


@pytest.mark.parametrize("path", ["transfers.csv", "transfers.parquet", "cities.geojson", "package.zip"])
async def test_head_has_the_head_of_get_without_what_only_the_whole_export_tells(door: httpx.AsyncClient, path: str) -> None:
    get, head = await door.get(f"/export/{path}"), await door.head(f"/export/{path}")

    told = {name: value for name, value in get.headers.items() if name not in ("content-length", "x-request-id")}
    assert {name: value for name, value in head.headers.items() if name != "x-request-id"} == told
    assert head.content == b""


async def test_head_refuses_what_get_refuses(door: httpx.AsyncClient) -> None:
    assert (await door.head('/export/transfers.csv?where={"yeer":{"eq":1}}')).status_code == 400
