"""What goes into the graph comes out again."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package as FrictionlessPackage
from frictionless import system

from graph_schema.declare import choice, integer, inverse, many, node, number, one, partial_date, point, text, texts, title, truth
from graph_schema.domain import load_domain
from graph_schema.kernel import NodeType
from graph_schema.vocabularies import RECORD_STATUS
from server.cypher import Statement, Transaction
from server.declared_schema import held_as
from server.errors import Refusal
from server.exchange.describing import package_of
from server.exchange.export import export_package, header_of, write_package
from server.exchange.load import bundled_package, load_package
from server.exchange.shape import shape_of
from server.exchange.stored import carried, kept, pattern
from server.exchange.tables import rows_of
from server.graph import Graph
from server.migrations import migrate
from tests.exchange.filling import filled
from tests.exchange.packages import URL, Package, a_transfer, an_innovation, two_cities, typed_tables


def is_valid(folder: Path) -> bool:
    """What Frictionless's own program says of a package."""
    with system.use_context(trusted=True):
        report = FrictionlessPackage(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]
    return True


async def test_the_missions_package_comes_out_as_it_went_in(mission: Graph, tmp_path: Path) -> None:
    await export_package(mission, load_domain(), tmp_path / "out")

    assert typed_tables(tmp_path / "out", described_by=bundled_package()) == typed_tables(bundled_package())
    assert is_valid(tmp_path / "out")


async def test_loading_the_mission_again_changes_nothing(mission: Graph) -> None:
    before = await mission.read(Statement("MATCH (g:`Graph`) RETURN g.revision"))

    report = await load_package(mission, load_domain(), bundled_package())

    events = await mission.read(Statement("MATCH (e:`Event`) RETURN count(e)"))
    assert report.changed_nothing
    assert not report.missing
    assert await mission.read(Statement("MATCH (g:`Graph`) RETURN g.revision")) == before
    assert events == [1]


@pytest.fixture
async def full(graph: Graph, tmp_path: Path) -> Path:
    """A graph in which every property and relationship of the declaration is filled; the package it came from."""
    domain = load_domain()
    shape, stored = shape_of(domain), filled(domain)
    tables = {name: rows_of(shape, table, stored) for name, table in shape.tables.items()}
    headers = {name: header_of(shape.tables[name], rows, stored) for name, rows in tables.items()}
    described = package_of(shape, headers, {"name": "filled", "revision": 0, "created": "2026-01-01T00:00:00Z"})
    write_package(tmp_path / "in", {name: (headers[name], rows) for name, rows in tables.items()}, described)
    await migrate(graph, domain)
    await load_package(graph, domain, tmp_path / "in")
    return tmp_path / "in"


async def test_a_graph_with_everything_filled_comes_out_as_it_went_in(graph: Graph, full: Path, tmp_path: Path) -> None:
    await export_package(graph, load_domain(), tmp_path / "out")

    assert typed_tables(tmp_path / "out") == typed_tables(full)
    assert is_valid(tmp_path / "out")
    assert (await load_package(graph, load_domain(), tmp_path / "out")).changed_nothing


async def test_every_declared_property_reaches_the_graph(graph: Graph, full: Path) -> None:
    for each in load_domain():
        names = ["id", "slug", "createdAt", "updatedAt", "revision", *(name for declared in kept(each) for name in held_as(declared))]
        present = " AND ".join(f"n.`{name}` IS NOT NULL" for name in names)
        [count] = await graph.read(Statement(f"MATCH (n:`{each.label}`) WHERE {present} RETURN count(n)"))
        assert count > 0, each.label


async def test_every_declared_relationship_reaches_the_graph(graph: Graph, full: Path) -> None:
    for each in load_domain():
        for relationship in carried(each):
            names = [declared.field for declared in relationship.edge] + (["position"] if relationship.positioned else [])
            present = " AND ".join(["true", *(f"r.`{name}` IS NOT NULL" for name in names)])
            [count] = await graph.read(Statement(f"MATCH {pattern(each, relationship)} WHERE {present} RETURN count(r)"))
            assert count > 0, f"{each.label}.{relationship.name}"


@node(plural="widgets", table="widgets", title="name")
class Widget:
    """A node type that only this test declares."""

    name = title("Its name.", required=True)
    size = integer("Its size.", minimum=1)
    weight = number("Its weight.")
    handy = truth("Whether it is handy.")
    since = partial_date("Since when.")
    place = point("Where it stands.")
    state = choice(RECORD_STATUS, "Its state.")
    colours = texts("Its colours.")
    remark = text("A remark.", table="widget_remarks")
    city = one("STANDS_IN", "City", "Its city.", column="city_id", inverse=inverse("widgets", "Widgets of the city."))
    parts = many("HAS_PART", "Widget", "Its parts.", positioned=True, column="part_ids", inverse=inverse("part_of", "What it is part of."))


async def test_a_node_type_declared_here_goes_in_and_comes_out(graph: Graph, tmp_path: Path) -> None:
    widget: Any = Widget
    assert isinstance(widget, NodeType)
    domain = load_domain().plus(widget)
    told = {"size": "3", "weight": "2.5", "handy": "false", "since": "2020", "place_latitude": "1.5", "place_longitude": "-2"}
    first = {
        "id": "w1",
        "name": "One",
        **told,
        "state": "DRAFT",
        "colours": "red;blue",
        "city_id": "malmo",
        "part_ids": "w3;w2",
        "source_url": URL,
    }
    rest = [{"id": each, "name": each, "source_url": URL} for each in ("w2", "w3")]
    package = two_cities(widgets=[first, *rest], widget_remarks=[{"widget_id": "w1", "remark": "Good", "source_urls": URL}])
    package.domain = domain
    await migrate(graph, domain)

    await load_package(graph, domain, package.written(tmp_path / "in"))
    await export_package(graph, domain, tmp_path / "out")

    assert typed_tables(tmp_path / "out") == typed_tables(tmp_path / "in")
    assert is_valid(tmp_path / "out")
    found = await graph.read(Statement("MATCH (w:`Widget` {slug: $slug}) RETURN w.weight, w.latitude, w.remarkFolded", {"slug": "w1"}))
    assert found == [2.5, 1.5, "good"]


async def test_emissions_can_be_left_out_and_carry_their_terms(graph: Graph, tmp_path: Path) -> None:
    row = {"id": "e1", "year": "2020", "sector": "TOTAL", "emissions_tco2e": "1", "city_id": "malmo", "source_url": URL}
    await loaded(graph, two_cities(emissions=[row]), tmp_path)

    await export_package(graph, load_domain(), tmp_path / "with")
    await export_package(graph, load_domain().withholding("EmissionEntry"), tmp_path / "without")

    described = json.loads((tmp_path / "with" / "datapackage.json").read_text(encoding="utf-8"))
    licences = {each["name"]: each["licenses"][0]["name"] for each in described["resources"]}
    assert licences == {"countries": "CC-BY-4.0", "cities": "CC-BY-4.0", "emissions": "CDP-ICLEI"}
    assert not (tmp_path / "without" / "emissions.csv").exists()
    assert is_valid(tmp_path / "without")


async def test_a_record_with_two_sources_brings_the_column_for_several(graph: Graph, tmp_path: Path) -> None:
    await loaded(graph, two_cities(), tmp_path)
    text_of = (
        "MATCH (c:`City` {slug: 'lund'}) MATCH (s:`Source`) "
        "CREATE (n:`Source`:`Record` {id: 'Source:x', slug: 'x', url: 'https://example.org/b', status: 'PUBLISHED'}) "
        "CREATE (c)-[:`SUPPORTED_BY` {position: 1}]->(n)"
    )
    await changed(graph, text_of)
    await export_package(graph, load_domain(), tmp_path / "out")

    cities = typed_tables(tmp_path / "out")["cities"]
    assert cities["lund",]["source_urls"] == [URL, "https://example.org/b"]
    assert cities["malmo",]["source_urls"] == [URL]


async def test_an_export_into_a_folder_with_other_things_is_refused(graph: Graph, tmp_path: Path) -> None:
    await loaded(graph, two_cities(), tmp_path)
    target = tmp_path / "mine"
    target.mkdir()
    (target / "letter.txt").write_text("Dear city")

    with pytest.raises(Refusal, match="not empty"):
        await export_package(graph, load_domain(), target)
    with pytest.raises(Refusal, match="something else"):
        await export_package(graph, load_domain(), target, replace=True)

    assert [each.name for each in target.iterdir()] == ["letter.txt"]


def test_an_export_that_fails_half_way_leaves_the_package_that_was_there(tmp_path: Path) -> None:
    header = ("code", "name")
    write_package(tmp_path / "out", {"countries": (header, [{"code": "SE", "name": "Sweden"}])}, {})
    before = contents(tmp_path)

    # No file in UTF-8 can hold a lone surrogate.
    broken = [{"code": "SE", "name": "Sweden"}, {"code": "DK", "name": "\ud800"}]
    with pytest.raises(UnicodeEncodeError):
        write_package(tmp_path / "out", {"countries": (header, broken)}, {})

    assert contents(tmp_path) == before


async def test_an_empty_graph_has_nothing_to_export(graph: Graph, tmp_path: Path) -> None:
    await migrate(graph, load_domain())

    with pytest.raises(Refusal, match="no records"):
        await export_package(graph, load_domain(), tmp_path / "out")

    assert not (tmp_path / "out").exists()


async def test_a_carriage_return_in_a_cell_survives(graph: Graph, tmp_path: Path) -> None:
    await loaded(graph, two_cities(innovations=[an_innovation(summary="one\rtwo\r\nthree\nfour")]), tmp_path)

    await export_package(graph, load_domain(), tmp_path / "out")

    with (tmp_path / "out" / "innovations.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["summary"] == "one\rtwo\r\nthree\nfour"


async def test_a_transfer_is_tied_in_the_direction_in_which_it_happened(graph: Graph, tmp_path: Path) -> None:
    package = two_cities(innovations=[an_innovation()], transfers=[a_transfer(source_city_ids="malmo", target_city_id="lund")])

    await loaded(graph, package, tmp_path)

    text_of = "MATCH (a:`City`)-[g:`GAVE`]->(t:`Transfer`)-[:`REACHED`]->(b:`City`) RETURN a.slug, g.position, t.id, b.slug"
    assert await graph.read(Statement(text_of)) == ["malmo", 0, "Transfer:malmo--lund", "lund"]


async def test_a_source_of_an_extension_names_what_it_supports(graph: Graph, tmp_path: Path) -> None:
    elements = {"transfer_id": "malmo--lund", "kept_elements": "a;b", "dropped_elements": ";", "source_urls": URL}
    package = two_cities(
        innovations=[an_innovation()], transfers=[a_transfer(source_url="https://example.org/z")], transfer_elements=[elements]
    )

    await loaded(graph, package, tmp_path)

    text_of = "MATCH (t:`Transfer`)-[r:`SUPPORTED_BY`]->(s:`Source`) RETURN s.url, r.locator ORDER BY r.position"
    assert await graph.read_all(Statement(text_of)) == [["https://example.org/z", None], [URL, "keptElements, droppedElements"]]
    found = await graph.read(Statement("MATCH (t:`Transfer`) RETURN t.keptElements, t.changedElements, t.droppedElements"))
    assert found == [["a", "b"], None, []]


async def loaded(graph: Graph, package: Package, folder: Path) -> Path:
    """The package in the graph."""
    await migrate(graph, package.domain)
    await load_package(graph, package.domain, package.written(folder / "in"))
    return folder / "in"


async def changed(graph: Graph, text_of: str) -> None:
    """Someone else has written."""

    async def work(transaction: Transaction) -> None:
        await transaction.run(Statement(text_of))

    await graph.write(work)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
