"""A package that a spreadsheet may open loses its apostrophes when it is loaded, and nothing else."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph_schema.domain import load_domain
from server.exchange.export import export_package
from server.exchange.load import load_package
from server.exchange.shape import shape_of
from server.graph import Graph
from server.migrations import migrate
from tests.exchange.packages import URL, Package, a_city, a_country, an_innovation, typed_tables
from tests.exchange.test_round_trip import is_valid
from tests.stores import Store

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
DOMAIN = load_domain()


def awkward() -> Package:
    """Texts that begin like formulas, texts that have apostrophes already, and numbers below zero."""
    texts = ["=1+1", "+CityxChange", "-", "@home", "\tindented", "\rreturned\n", "'=quoted", "''+twice", "'plain", "'", "1-1", "é=2"]
    innovations = [an_innovation(id=f"i{place}", title=text, summary=text) for place, text in enumerate(texts)]
    longest = an_innovation(id="-longest", title="+" + "x" * 299, aliases="=a;'@b;plain;-\\;c;''", origin_city_id="malmo")
    indicator = {"id": "i", "name": "@indicator", "unit": "-%", "direction": "UP_GOOD", "source_url": URL}
    figure = {"id": "o", "city_id": "malmo", "innovation_id": "-longest", "indicator_id": "i", "value": "-3.5", "source_url": URL}
    figure |= {"unit_as_reported": "-%", "value_canonical": "-0.25", "kind": "OBSERVED", "note": "-3.5"}
    elements = {"innovation_id": "-longest", "essential_elements": "-", "adaptable_elements": ";", "source_urls": URL}
    return Package(
        {
            "countries": [a_country()],
            "cities": [a_city(latitude="-36.8", longitude="-9.25", local_name="-Malmö")],
            "innovations": [*innovations, longest],
            "indicators": [indicator],
            "observations": [figure],
            "innovation_elements": [{**elements, "source_locators": "=p. 4"}],
        }
    )


async def loaded(graph: Graph, folder: Path) -> Any:
    await migrate(graph, DOMAIN)
    return await load_package(graph, DOMAIN, folder)


def cells(folder: Path) -> Iterator[tuple[bool, str]]:
    """Every cell of a package, and whether it is of a column of numbers."""
    tables = shape_of(DOMAIN).tables
    for path in folder.glob("*.csv"):
        numeric = {column.name for column in tables[path.stem].columns if column.numeric}
        with path.open(encoding="utf-8", newline="") as file:
            yield from ((name in numeric, cell) for row in csv.DictReader(file) for name, cell in row.items())


async def test_no_text_of_a_package_for_spreadsheets_begins_like_a_formula(graph: Graph, tmp_path: Path) -> None:
    await loaded(graph, awkward().written(tmp_path / "in"))

    await export_package(graph, DOMAIN, tmp_path / "safe", spreadsheet_safe=True)

    found = list(cells(tmp_path / "safe"))
    assert [cell for numeric, cell in found if not numeric and cell.startswith(FORMULAS)] == []
    assert {cell for numeric, cell in found if numeric and cell.startswith("-")} == {"-36.8", "-9.25", "-3.5", "-0.25"}
    assert {"'+CityxChange", "''=quoted", "'''+twice", "'plain", "'", "'=a;''@b;plain;'-\\;c;''", "'-longest", "'=p. 4"} <= {
        c for _, c in found
    }
    assert json.loads((tmp_path / "safe" / "datapackage.json").read_text(encoding="utf-8"))["apostrophes"] is True
    assert is_valid(tmp_path / "safe")


async def test_a_package_for_spreadsheets_changes_nothing_in_the_graph_it_is_of(graph: Graph, tmp_path: Path) -> None:
    await loaded(graph, awkward().written(tmp_path / "in"))

    await export_package(graph, DOMAIN, tmp_path / "safe", spreadsheet_safe=True)

    report = await loaded(graph, tmp_path / "safe")
    assert report.changed_nothing
    assert not report.missing


async def test_a_package_for_spreadsheets_makes_the_graph_it_is_of(store: Store, tmp_path: Path) -> None:
    async with store.clean_graph() as graph:
        await loaded(graph, awkward().written(tmp_path / "in"))
        await export_package(graph, DOMAIN, tmp_path / "safe", spreadsheet_safe=True)

    async with store.clean_graph() as another:
        await loaded(another, tmp_path / "safe")
        await export_package(another, DOMAIN, tmp_path / "out")

    assert typed_tables(tmp_path / "out") == typed_tables(tmp_path / "in")
    assert typed_tables(tmp_path / "out") != typed_tables(tmp_path / "safe")
    assert "apostrophes" not in json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("said", [False, None, "yes"])
async def test_apostrophes_stay_where_the_package_does_not_say_that_they_were_put_there(graph: Graph, said: Any, tmp_path: Path) -> None:
    folder = Package({"countries": [a_country()], "cities": [a_city(name="'=Malmö")]}).written(tmp_path / "in")
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8")) | {"apostrophes": said}
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")

    await loaded(graph, folder)
    await export_package(graph, DOMAIN, tmp_path / "out")

    assert typed_tables(tmp_path / "out")["cities"]["malmo",]["name"] == "'=Malmö"
