"""The whole graph as a data package in one zip, as far as the viewer sees it."""

import asyncio
import json
import tempfile
import zipfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_schema.domain import Domain
from server.exchange.descriptor import DESCRIPTOR
from server.exchange.export import export_package
from server.exports.exporter import Exporter
from server.exports.metadata import DEFINITIONS, NOT_RECOMPUTED
from server.operations.about import attributions_of
from server.viewer import Viewer

MEDIA_TYPE = "application/zip"
BYTES_AT_ONCE = 262_144


@dataclass(frozen=True, slots=True)
class Packed:
    """A package that is made, in a folder that goes with the stack."""

    path: Path
    revision: int
    stack: AsyncExitStack

    async def pieces(self) -> AsyncGenerator[tuple[bytes, int], None]:
        """The bytes of the zip."""
        async with self.stack:
            with self.path.open("rb") as file:
                while piece := await asyncio.to_thread(file.read, BYTES_AT_ONCE):
                    yield piece, 0


async def pack(exporter: Exporter, query: str, viewer: Viewer) -> Packed:
    """Write the package, as a spreadsheet may open it, and zip it."""
    async with AsyncExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="replicity-export-")))
        folder, target = work / "package", work / "package.zip"
        report = await export_package(exporter.graph, exporter.domain, folder, viewer=viewer, spreadsheet_safe=True)
        citation = citation_of(exporter.domain, query, exporter.settings.contact)
        await asyncio.to_thread(_zip, folder, target, citation)
        return Packed(target, report.revision, stack.pop_all())


def citation_of(domain: Domain, query: str, contact: str) -> dict[str, Any]:
    """What a package says of where it comes from, beside its revision, date and licences."""
    return {
        "query": query,
        "definitionVersion": DEFINITIONS,
        "attribution": attributions_of(domain),
        "contact": contact,
        "contactFor": "errors and takedown",
        "note": NOT_RECOMPUTED,
    }


def cite(folder: Path, citation: dict[str, Any]) -> None:
    """Put the citation into the description of a package; the description is there at any moment, before or after."""
    described, new = folder / DESCRIPTOR, folder / f".{DESCRIPTOR}"
    text = json.dumps(json.loads(described.read_text(encoding="utf-8")) | citation, ensure_ascii=False, indent=2)
    new.write_text(f"{text}\n", encoding="utf-8")
    new.replace(described)


def _zip(folder: Path, target: Path, citation: dict[str, Any]) -> None:
    cite(folder, citation)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.iterdir()):
            packed.write(path, path.name)
