"""Choosing the store: Neo4j where the settings name one, else the embedded database."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from server.data_folder import DataFolder
from server.dialects.embedded import EMBEDDED
from server.dialects.neo4j import NEO4J
from server.embedded import address_in, running
from server.errors import StartRefused
from server.graph import Address, Graph, connect
from server.settings import Settings


@asynccontextmanager
async def open_graph(settings: Settings) -> AsyncIterator[Graph]:
    """The graph that the settings choose, until the end of the block."""
    seconds = settings.limits.execution_seconds
    if settings.database_uri:
        async with connect(neo4j_address(settings), NEO4J, seconds) as graph:
            yield graph
    else:
        async with running(data_dir(settings), seconds) as (database, address), connect(address, EMBEDDED, seconds) as graph:
            graph.sql = database.sql
            yield graph


@asynccontextmanager
async def open_graph_of_another(settings: Settings) -> AsyncIterator[Graph]:
    """The graph of an embedded database that another process runs in our data folder; only for a look."""
    address = address_in(DataFolder(data_dir(settings)))
    async with connect(address, EMBEDDED, settings.limits.execution_seconds) as graph:
        yield graph


def data_dir(settings: Settings) -> Path:
    """Where the embedded database lives: as set, else beside a checkout, else where the system keeps a user's data."""
    if settings.data_dir:
        return settings.data_dir
    project = Path(__file__).parents[1]
    if (project / "pyproject.toml").exists():
        return project / ".replicity"
    home = Path.home()
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "replicity"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "replicity"


def neo4j_address(settings: Settings) -> Address:
    """Where the Neo4j of the settings is."""

    def password() -> str:
        file = settings.database_password_file
        if file is None:
            return settings.database_password.get_secret_value() if settings.database_password else ""
        try:
            return file.read_text().strip()
        except OSError as error:
            raise StartRefused(
                f"The password file {file} cannot be read: {error.strerror}.",
                code="STORE_PASSWORD",
                hint="Check REPLICITY_DATABASE_PASSWORD_FILE.",
            ) from error

    return Address(settings.database_uri or "", settings.database_user, password, settings.database_name)
