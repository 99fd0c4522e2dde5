"""The whole round: the machine, the settings, the store they choose, what is in it."""

import sys
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from server.cli.checks.contradictions import settings_agree
from server.cli.checks.folder import examine_folder
from server.cli.checks.graph import examine_opened
from server.cli.checks.machine import disk, free_bytes_at, python_version, year
from server.cli.checks.verdict import Check, Verdict, bad, doubtful, good
from server.data_folder import DataFolder
from server.embedded import java_version
from server.errors import Refusal
from server.settings import Settings
from server.stores import data_dir, open_graph, open_graph_of_another

WHEEL = "arcadedb-embedded"


async def examine(
    settings: Settings, environment: Mapping[str, str], free_bytes: Callable[[Path], int] = free_bytes_at
) -> AsyncIterator[Check]:
    """Every check that these settings call for, one after the other."""
    yield python_version(tuple(sys.version_info[:3]))
    yield year(datetime.now(UTC))
    for check in settings_agree(settings, environment):
        yield check
    store = _neo4j(settings) if settings.database_uri else _embedded(settings, free_bytes)
    async for check in store:
        yield check


async def _neo4j(settings: Settings) -> AsyncIterator[Check]:
    async for check in examine_opened(f"Neo4j answers at {settings.database_uri}", open_graph(settings)):
        yield check


async def _embedded(settings: Settings, free_bytes: Callable[[Path], int]) -> AsyncIterator[Check]:
    folder = DataFolder(data_dir(settings))
    checks = [await _runtime(), disk(folder.path, free_bytes), *examine_folder(folder)]
    for check in checks:
        yield check
    # A database that is started on a full disk, or in somebody else's folder, is worse off than before.
    if any(check.verdict is Verdict.FAILED for check in checks):
        return
    if not (folder.path / "databases" / "graph").exists():
        yield doubtful("store", "There is no embedded database yet.", "`replicity up` makes one and fills it.")
        return
    in_use = folder.owner() is not None
    words = "The embedded database answers the process that runs it, and this one" if in_use else "The embedded database starts"
    async for check in examine_opened(words, open_graph_of_another(settings) if in_use else open_graph(settings)):
        yield check


async def _runtime() -> Check:
    try:
        return good("store", f"The embedded database, {WHEEL} {version(WHEEL)}, has its Java: {await java_version()}.")
    except PackageNotFoundError:
        return bad("store", f"The package {WHEEL} is not installed.", "Install it, or name a Neo4j server with REPLICITY_DATABASE_URI.")
    except Refusal as refused:
        return bad("store", refused.message, refused.hint)
