"""One fault is told once: what only follows from it is not told at every place that names what it spoils."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph_schema.domain import load_domain
from server.errors import PackageRefused
from server.exchange.agreement import check_against_graph
from server.exchange.findings import SHOWN, Finding, Findings
from server.exchange.merging import merge
from server.exchange.package import read_package
from server.exchange.shape import shape_of
from server.exchange.stored import Stored
from tests.exchange.packages import Package, a_city, a_pilot, a_transfer, an_innovation, lund, two_cities
from tests.exchange.test_accidents import Accident, only, rewritten

CONTRACT = {"id": "lund--ccc", "city_id": "lund", "label_date": "2024-03-21", "source_urls": "https://example.org/a"}


def much_named(**tables: list[dict[str, str]]) -> Package:
    """Cities that other tables name, and a contract whose date stands in two tables."""
    cities = [a_city(label_date=""), lund(label_date="2024-03-21")]
    others = {"innovations": [an_innovation()], "pilots": [a_pilot()], "transfers": [a_transfer()]}
    return two_cities(**{"cities": cities, "contracts": [CONTRACT]} | others | tables)


def examined(folder: Path) -> Findings:
    """What is wrong with a package, beside a graph that is empty."""
    shape, findings, stored = shape_of(load_domain()), Findings(), Stored(0, {})
    content = read_package(folder, shape, findings)
    check_against_graph(shape, content, merge(shape, content, stored, None), stored, findings)
    return findings


def all_findings(folder: Path) -> list[Finding]:
    """Each of them."""
    return examined(folder).shown


def described_with(change: Callable[[dict[str, Any]], object]) -> Accident:
    """The description of the tables, by name, with something changed."""

    def happen(folder: Path) -> None:
        path = folder / "datapackage.json"
        described = json.loads(path.read_text(encoding="utf-8"))
        change({each["name"]: each for each in described["resources"]})
        path.write_text(json.dumps(described), encoding="utf-8")

    return happen


ACCIDENTS = {
    "a file that is gone": lambda folder: (folder / "cities.csv").unlink(),
    "a file in Latin-1": rewritten("cities.csv", lambda content: content.decode().encode("latin-1")),
    "an empty file": rewritten("cities.csv", lambda content: b""),
    "a quote that never ends": rewritten("cities.csv", lambda content: content.replace(b"lund,Lund", b'lund,"Lund')),
    "a header with an unknown column": rewritten("cities.csv", lambda content: content.replace(b"label_date", b"labelled", 1)),
    "a header without a column that must be": rewritten("countries.csv", lambda content: content.replace(b"code,", b"id,", 1)),
    "a row with a cell too many": rewritten("cities.csv", lambda content: content.rstrip(b"\n") + b",surplus\n"),
    "a row with a cell too few": rewritten("contracts.csv", lambda content: content.replace(b",https://example.org/a", b"")),
    "a key that is none": rewritten("cities.csv", lambda content: content.replace(b"\nlund,", b"\n,")),
    "a path out of the package": described_with(lambda tables: tables["cities"].update(path="/etc/passwd")),
    "a table without columns": described_with(lambda tables: tables["cities"].pop("schema")),
    "a name that no table has": described_with(lambda tables: tables["cities"].update(name="towns")),
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda table: table.update(path="/etc/passwd"), "the file “/etc/passwd” is outside the package"),
        (lambda table: table.pop("path"), "the description of the table has no `path`"),
        (lambda table: table.update(schema=7), "the description of the table has another form than one"),
        (lambda table: table["schema"]["fields"][0].update(type="colour"), "the column “id” has the type “colour”"),
        (lambda table: table["schema"]["fields"][0].update(constraints={"pattern": "("}), "“(” is not a pattern"),
    ],
)
def test_a_description_that_cannot_be_understood_is_told_in_words(change: Callable[[Any], object], reason: str, tmp_path: Path) -> None:
    folder = much_named().written(tmp_path)

    described_with(lambda tables: change(tables["cities"]))(folder)

    assert only(all_findings(folder)).reason == reason


@pytest.mark.parametrize("accident", ACCIDENTS.values(), ids=ACCIDENTS.keys())
def test_what_spoils_a_table_is_told_and_not_every_reference_to_it(accident: Accident, tmp_path: Path) -> None:
    folder = much_named().written(tmp_path)
    assert all_findings(folder) == []

    accident(folder)

    only(all_findings(folder))


def test_a_city_without_a_source_is_told_and_not_every_reference_to_it(tmp_path: Path) -> None:
    cities = [a_city(label_date=""), lund(label_date="2024-03-21", source_url="")]

    found = only(all_findings(much_named(cities=cities).written(tmp_path)))

    assert (found.file, found.column) == ("cities.csv", "source_url")


@pytest.mark.parametrize(
    "accident",
    [
        pytest.param(lambda folder: (folder / "transfers.csv").unlink(), id="a file that is gone"),
        pytest.param(rewritten("transfers.csv", lambda content: content.replace(b"outcome", b"result", 1)), id="a header"),
        pytest.param(rewritten("transfers.csv", lambda content: content.replace(b"malmo,", b"malm\xf6,")), id="Latin-1"),
        pytest.param(rewritten("transfers.csv", lambda content: content.replace(b"\nmalmo", b'\n"malmo')), id="a quote that never ends"),
        pytest.param(described_with(lambda tables: tables["transfers"].pop("schema")), id="a description"),
    ],
)
def test_what_is_wrong_with_a_whole_table_is_told_before_what_is_wrong_with_rows(accident: Accident, tmp_path: Path) -> None:
    wrong = [a_city(id=f"c{number}", population="many") for number in range(SHOWN + 1)]
    folder = much_named(cities=[a_city(), lund(label_date="2024-03-21"), *wrong]).written(tmp_path)

    accident(folder)

    with pytest.raises(PackageRefused) as refused:
        examined(folder).refuse_if_any()
    files = [each["file"] for each in refused.value.details["findings"]]
    assert files[0] in ("transfers.csv", "datapackage.json")
    assert files[1:] == ["cities.csv"] * (SHOWN - 1)


def test_a_reference_that_no_fault_explains_is_told_beside_the_fault(tmp_path: Path) -> None:
    folder = two_cities(pilots=[a_pilot(city_ids="ystad")]).written(tmp_path)
    rewritten("cities.csv", lambda content: content.rstrip(b"\n") + b",surplus\n")(folder)

    assert {(each.file, each.column) for each in all_findings(folder)} == {("cities.csv", None), ("pilots.csv", "city_ids")}
