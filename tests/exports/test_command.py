"""The command writes the same file as the path, whole, with its metadata beside it."""

import json
import sys
from pathlib import Path

import httpx
from typer.testing import CliRunner

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.cli.export import export
from server.cli.steps import Step
from server.cli.tables import Order, write_whole
from server.errors import BadInput
from server.exports.exporter import Exporter
from server.graph import Graph
from server.operations.filters import FilterReader
from server.settings import Settings

WHERE = {"year": {"gte": 2018}}


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_the_command_writes_what_the_path_answers(mission: Graph, door: httpx.AsyncClient, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    exporter = Exporter(mission, load_domain(), FilterReader(build_schema(load_domain()), Settings().limits), Settings())
    target = tmp_path / "some.csv"

    await write_whole(exporter, Order("transfers", "csv", {"where": WHERE}, target), Step("", lambda _, read, of: told.append((read, of))))

    served = await door.get("/export/transfers.csv", params={"where": json.dumps(WHERE)})
    described = json.loads((tmp_path / "some.csv-metadata.json").read_text(encoding="utf-8"))
    assert target.read_bytes() == served.content
    assert described["dc:source"] == """replicity export transfers --format csv --where '{"year": {"gte": 2018}}'"""
    assert told[-1][0] == told[-1][1] == served.text.count("\r\n") - 1
    assert names_in(tmp_path) == {"some.csv", "some.csv-metadata.json"}


def test_a_filter_that_is_not_json_is_refused_before_anything_is_opened() -> None:
    result = CliRunner().invoke(export, ["transfers", "--where", "{year"])

    assert isinstance(result.exception, BadInput)
    assert "--where is not JSON" in result.exception.message


def test_arrow_is_loaded_by_nobody_but_the_format_that_needs_it() -> None:
    source = (Path(sys.modules[Exporter.__module__].__file__ or "").parent).glob("*.py")

    assert [path.name for path in source if "import pyarrow" in path.read_text(encoding="utf-8")] == ["parquet.py"]
