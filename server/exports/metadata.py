"""What goes with every export so that it can be cited, checked and complained about."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from graph_schema.measures import MEASURES
from server.exports.csv_text import csvw_column
from server.exports.tables import Table
from server.operations.about import EMISSIONS_TERMS, attributions, program_version

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC BY 4.0"
DEFINITIONS = MEASURES
"""The version of the measures' definitions that go with every export."""
NOT_RECOMPUTED = (
    "The graph keeps its present state only: an export is of the revision named here, and older revisions are not recomputed. "
    "Keep the file if you mean to cite it."
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an export comes from: the graph's revision, the query that made it, when, and who answers for it."""

    revision: int
    query: str
    created: str
    contact: str


def licence_of(*, emissions: bool) -> str:
    """The address of the terms: those of CDP and ICLEI for emissions."""
    return EMISSIONS_TERMS["url"] if emissions else LICENCE


def described(table: Table, origin: Provenance) -> dict[str, Any]:
    """The metadata of an export, whatever its format."""
    return {
        "title": table.title,
        "description": table.description,
        "revision": origin.revision,
        "definitionVersion": DEFINITIONS,
        "created": origin.created,
        "licence": {"name": LICENCE_NAME, "url": LICENCE},
        "attribution": attributions(emissions=False),
        "query": origin.query,
        "contact": origin.contact,
        "contactFor": "errors and takedown",
        "note": NOT_RECOMPUTED,
        "software": f"Replicity {program_version()}",
    }


def versions(revision: int, definitions: str) -> dict[str, str]:
    """The graph's revision and the measures' definitions in the words of schema.org, neither to be taken for the other."""
    return {
        "schema:version": f"graph revision {revision}",
        "schema:measurementTechnique": f"Replicity measures, definitions version {definitions}",
    }


def as_text(metadata: dict[str, Any]) -> str:
    """The metadata where a format has room for one text."""
    return orjson.dumps(metadata).decode()


def csvw(table: Table, metadata: dict[str, Any], address: str) -> dict[str, Any]:
    """The metadata beside a CSV file, as “CSV on the Web” (W3C) lays it down."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@type": "Table",
        "url": address,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "lineTerminators": ["\r\n"]},
        "dc:title": metadata["title"],
        "dc:description": metadata["description"],
        "dc:created": metadata["created"],
        "dc:license": {"@id": LICENCE},
        "dc:source": metadata["query"],
        "dc:rights": [each["text"] for each in metadata["attribution"]],
        **versions(metadata["revision"], metadata["definitionVersion"]),
        "schema:usageInfo": metadata["note"],
        "schema:contactPoint": {"schema:url": metadata["contact"], "schema:contactType": metadata["contactFor"]},
        "schema:creator": metadata["software"],
        "tableSchema": {"columns": [csvw_column(column) for column in table.columns], "primaryKey": list(table.key)},
    }


def sidecar(table: Table, metadata: dict[str, Any], kind: str, address: str) -> dict[str, Any]:
    """The metadata as a file beside the export."""
    if kind == "csv":
        return csvw(table, metadata, address)
    columns = [{"name": each.name, "holds": each.holds.value, "description": each.description} for each in table.columns]
    return {**metadata, "url": address, "columns": columns, "key": list(table.key)}


def now() -> str:
    """This moment, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
