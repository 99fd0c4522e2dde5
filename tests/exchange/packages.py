"""Small data packages for tests, and how two packages compare."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph_schema.domain import Domain, load_domain
from server.exchange.cells import split_list
from server.exchange.content import Content
from server.exchange.describing import package_of
from server.exchange.findings import Finding, Findings
from server.exchange.package import read_package
from server.exchange.shape import shape_of

URL = "https://example.org/a"
Rows = Sequence[Mapping[str, str]]


def a_country(**more: str) -> dict[str, str]:
    return {"code": "SE", "name": "Sweden", "source_url": URL} | more


def a_city(**more: str) -> dict[str, str]:
    return {"id": "malmo", "name": "Malmö", "country_code": "SE", "mission_status": "MISSION_EU", "source_url": URL} | more


def an_innovation(**more: str) -> dict[str, str]:
    return {"id": "bike-kitchen", "title": "Bike kitchen", "summary": "A shared workshop.", "source_url": URL} | more


def a_pilot(**more: str) -> dict[str, str]:
    return {"id": "lund-kitchen", "title": "Bike kitchen in Lund", "city_ids": "lund", "source_url": URL} | more


def a_transfer(**more: str) -> dict[str, str]:
    told = {"kind": "REPLICATION", "degree": "UNKNOWN", "channel": "UNKNOWN", "outcome": "IMPLEMENTED", "claim_level": "SELF_REPORTED"}
    ends = {"source_city_ids": "malmo", "target_city_id": "lund", "innovation_id": "bike-kitchen"}
    return {"id": "malmo--lund", **told, **ends, "source_url": URL} | more


def lund(**more: str) -> dict[str, str]:
    return a_city(id="lund", name="Lund", **more)


@dataclass
class Package:
    """Tables as lists of rows, written as a folder with a description of its own."""

    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    domain: Domain = field(default_factory=load_domain)

    def written(self, folder: Path) -> Path:
        """The folder, with one file a table."""
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.csv"):
            old.unlink()
        headers = {name: tuple(dict.fromkeys(column for row in rows for column in row)) for name, rows in self.tables.items()}
        told = {"name": "a-test", "revision": 0, "created": "2026-01-01T00:00:00Z"}
        (folder / "datapackage.json").write_text(json.dumps(package_of(shape_of(self.domain), headers, told)), encoding="utf-8")
        for name, rows in self.tables.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, headers[name], restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        return folder


def two_cities(**tables: list[dict[str, str]]) -> Package:
    """Malmö and Lund in Sweden, with whatever else is given."""
    return Package({"countries": [a_country()], "cities": [a_city(), lund()]} | tables)


def read(folder: Path) -> tuple[Content, list[Finding]]:
    """What a folder says and what is wrong with it, without a graph."""
    findings = Findings()
    content = read_package(folder, shape_of(load_domain()), findings)
    return content, findings.shown


def typed_tables(folder: Path, described_by: Path | None = None) -> dict[str, dict[tuple[Any, ...], dict[str, Any]]]:
    """Every table of a package by key, its filled cells typed as its datapackage.json, or another's, says."""
    found = {}
    for resource in json.loads(((described_by or folder) / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        schema = resource["schema"]
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        typed = ({each["name"]: _typed(each, row[each["name"]]) for each in schema["fields"]} for row in rows)
        found[resource["name"]] = {tuple(row[name] for name in schema["primaryKey"]): row for row in typed}
        assert len(found[resource["name"]]) == len(rows), f"a key of {resource['name']} stands there twice"
    return found


def _typed(described: Mapping[str, Any], cell: str) -> Any:
    if cell == "":
        return None
    if described["type"] in ("number", "integer"):
        return float(cell)
    if described["type"] == "boolean":
        return cell in ("true", "True", "TRUE", "1")
    return split_list(cell) if "listOf" in described else cell
