"""A data package's tables as a world of plain dictionaries."""

import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import Kind, NodeType, Property, Relationship
from tests.oracle.world import Link, Record, World

Cells = Mapping[str, str]
# Tables that tie two records: the column of the record that declares the relationship.
OWNER_COLUMNS = {"network_members": "city_id", "innovation_variants": "innovation_id", "lesson_applications": "lesson_id"}
# Tables that extend records of another: the column that names them.
EXTENSIONS = {"transfer_elements": ("Transfer", "transfer_id"), "innovation_elements": ("Innovation", "innovation_id")}


def read_world(folder: Path, domain: Domain) -> World:
    """Every record and every link that the tables of a package speak of."""
    tables = {path.stem: _rows(path) for path in sorted(folder.glob("*.csv"))}
    return _Reading(tables, domain).world()


def source_slug(url: str) -> str:
    """The slug of the source at an address."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


class _Reading:
    """One pass over the tables."""

    def __init__(self, tables: Mapping[str, list[Cells]], domain: Domain) -> None:
        self.tables, self.domain = tables, domain
        self.records: dict[str, Record] = {}
        self.links: list[Link] = []
        self.support: dict[str, dict[str, list[str]]] = defaultdict(dict)
        """Of each record its sources in the order in which they are named, each with what it supports, row by row."""

    def world(self) -> World:
        for node in sorted(self.domain, key=lambda node: node.label != "Source"):
            for cells in self.tables.get(node.table or "", []):
                self._read_record(node, cells)
        for table, (label, column) in EXTENSIONS.items():
            for cells in self.tables.get(table, []):
                self._extend(self.domain[label], table, cells, cells[column])
        for record_id, sources in self.support.items():
            self._support(record_id, sources)
        return World(self.records.values(), self.links)

    def _read_record(self, node: NodeType, cells: Cells) -> None:
        slug = source_slug(cells["url"]) if node.label == "Source" else cells[node.table_key].lower()
        record: Record = {"id": f"{node.label}:{slug}", "label": node.label, "slug": slug}
        own = (each for each in node.properties if each.table is None and each.column and each.name not in ("id", "slug"))
        record |= {each.field: _value(each, cells) for each in own}
        record["status"] = record.get("status") or "PUBLISHED"
        self.records[record["id"]] = record
        for url in _addresses(cells, node.source_column) if node.sourced else ():
            self.support[record["id"]].setdefault(url, []).append("")
        self._dispute(record, cells)
        for relationship in node.relationships:
            if relationship.stored and relationship.column:
                self._read_links(node, relationship, cells, record)

    def _read_links(self, node: NodeType, relationship: Relationship, cells: Cells, record: Record) -> None:
        column = relationship.column or ""
        if relationship.table is None:
            for position, key in enumerate(_listed(cells.get(column, "")) if relationship.many else filter(None, [cells.get(column, "")])):
                self._link(record, relationship, key, {"position": position} if relationship.positioned else {})
            return
        owner = OWNER_COLUMNS[relationship.table]
        for row in self.tables.get(relationship.table, []):
            if row[owner] == cells[node.table_key]:
                self._link(record, relationship, row[column], {each.field: _value(each, row) for each in relationship.edge})

    def _link(self, record: Record, relationship: Relationship, key: str, says: Mapping[str, Any]) -> None:
        other = f"{relationship.target}:{key.lower()}"
        start, end = (other, record["id"]) if relationship.incoming else (record["id"], other)
        self.links.append(Link(relationship.type, start, end, says))

    def _extend(self, node: NodeType, table: str, cells: Cells, slug: str) -> None:
        record = self.records[f"{node.label}:{slug}"]
        filled = {each.field: _value(each, cells) for each in node.properties if each.table == table}
        record |= filled
        for url in _addresses(cells, "source_urls"):
            self.support[record["id"]].setdefault(url, []).append(", ".join(name for name in filled if filled[name] is not None))

    def _support(self, record_id: str, sources: Mapping[str, list[str]]) -> None:
        for position, (url, supported) in enumerate(sources.items()):
            told = "; ".join(each or "record" for each in supported) if any(supported) else None
            says = {"position": position, "locator": told}
            self.links.append(Link("SUPPORTED_BY", record_id, self._source(url), says))

    def _dispute(self, record: Record, cells: Cells) -> None:
        for position, url in enumerate(_listed(cells.get("disputed_by_urls", ""))):
            self.links.append(Link("DISPUTED_BY", record["id"], self._source(url), {"position": position}))

    def _source(self, url: str) -> str:
        """The id of the source at an address; one that no table tells of has nothing but its address."""
        slug = source_slug(url)
        unknown = {each.field: None for each in self.domain["Source"].properties}
        source = unknown | {"id": f"Source:{slug}", "label": "Source", "slug": slug, "url": url, "status": "PUBLISHED"}
        return str(self.records.setdefault(f"Source:{slug}", source)["id"])


def _rows(path: Path) -> list[Cells]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _addresses(cells: Cells, column: str) -> Iterable[str]:
    return _listed(cells[column]) if column.endswith("s") else filter(None, [cells[column]])


def _listed(cell: str) -> Iterator[str]:
    # A backslash keeps a semicolon inside an item; a semicolon alone is the list that a source reports empty.
    return (re.sub(r"\\([;\\])", r"\1", item) for item in re.findall(r"(?:\\[;\\]|[^;])+", cell))


def _value(of: Property, cells: Cells) -> Any:
    if of.kind is Kind.POINT:
        return {name: float(cells[name]) for name in ("latitude", "longitude")} if cells["latitude"] else None
    cell = cells.get(of.column or of.name, "")
    if not cell:
        return None
    match of.kind:
        case Kind.INT:
            return int(cell)
        case Kind.FLOAT:
            return float(cell)
        case Kind.BOOLEAN:
            return cell.lower() == "true"
        case Kind.TEXT_LIST:
            return [cell] if of.column == "source_url" else list(_listed(cell))
    return cell
