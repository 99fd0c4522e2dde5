"""A noun is declared in one small class, and everything else follows."""

import csv
from pathlib import Path
from typing import cast

import orjson
import pytest

from graph_schema.declare import choice, integer, inverse, node, one, title
from graph_schema.domain import load_domain
from graph_schema.kernel import NodeType
from graph_schema.vocabularies import PILOT_STAGE
from server.api.schema import build_schema
from server.bundled import mission_package
from server.exchange.export import export_package
from server.exchange.load import load_package
from server.graph import Graph
from server.migrations import migrate
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings


@node(table="workshops")
class Workshop:
    """A workshop held in a city."""

    title = title("Title.", required=True)
    guests = integer("How many came.", unit="people", minimum=0, indexed=True)
    stage = choice(PILOT_STAGE, "How far it has come.")
    city = one("HELD_IN", "City", "City it was held in.", required=True, column="city_id", inverse=inverse("workshops", "Workshops held."))


# To a type checker a decorated class stays a class.
DOMAIN = load_domain().plus(cast("NodeType", Workshop))
ASKED = """{
  workshops(where: {guests: {gte: 10}, title: {contains: "WARME"}}, orderBy: [{city: {name: DESC}}, {guests: ASC}]) {
    totalCount nodes { slug title guests stage city { name workshops { totalCount } } sources { nodes { url } } }
  }
}"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The Mission's countries and cities, and three workshops."""
    folder = tmp_path / "package"
    folder.mkdir()
    descriptor = orjson.loads((mission_package() / "datapackage.json").read_bytes())
    kept = [each for each in descriptor["resources"] if each["name"] in ("countries", "cities", "contracts")]
    for each in kept:
        (folder / each["path"]).write_bytes((mission_package() / each["path"]).read_bytes())
    rows = [
        ("id", "title", "guests", "stage", "city_id", "source_url"),
        ("w1", "Wärme", 12, "COMPLETED", "malmo", "https://example.org/1"),
        ("w2", "Warme II", 30, "", "lund", "https://example.org/2"),
        ("w3", "Kälte", 99, "", "lund", "https://example.org/2"),
    ]
    with (folder / "workshops.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    fields = [{"name": name, "type": "integer" if name == "guests" else "string"} for name in rows[0]]
    schema = {"fields": fields, "primaryKey": ["id"], "missingValues": [""]}
    descriptor["resources"] = [*kept, {"name": "workshops", "path": "workshops.csv", "type": "table", "schema": schema}]
    (folder / "datapackage.json").write_bytes(orjson.dumps(descriptor))
    return folder


async def test_a_noun_of_one_small_class_is_loaded_asked_ordered_and_exported(graph: Graph, package: Path, tmp_path: Path) -> None:
    await migrate(graph, DOMAIN)
    await load_package(graph, DOMAIN, package)
    service = QueryService(graph, DOMAIN, build_schema(DOMAIN), Settings())

    answer = await service.query(Request(ASKED))
    await export_package(graph, DOMAIN, tmp_path / "out")

    assert answer.errors == ()
    found = answer.data["workshops"]
    assert found["totalCount"] == 2
    assert [(each["slug"], each["city"]["workshops"]["totalCount"]) for each in found["nodes"]] == [("w1", 1), ("w2", 2)]
    assert found["nodes"][0]["sources"]["nodes"] == [{"url": "https://example.org/1"}]
    with (tmp_path / "out" / "workshops.csv").open(newline="") as file:
        assert [row["guests"] for row in csv.DictReader(file)] == ["12", "30", "99"]
