"""What every test may ask for: a running `store`, and a clean `graph` in it."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from graph_schema.domain import load_domain
from server.cli.running import spare_the_collector
from server.exchange.load import bundled_package, load_package
from server.graph import Graph
from server.migrations import migrate
from tests.stores import EVERY_STORE, NEWEST_TOO, Store, opened

MISSION = "the Mission's data"
_OF_STORE = re.compile(rf"\[({'|'.join(NEWEST_TOO)})[-\]]")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = any("store" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "store" in metafunc.fixturenames and not chosen:
        names = NEWEST_TOO if metafunc.definition.get_closest_marker("neo4j_2026") else EVERY_STORE
        metafunc.parametrize("store", names, indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "store" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.graph)
    # Neo4j Community has one database: tests that read the Mission's data come together, so that it is loaded once.
    items.sort(key=lambda item: "mission" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    # All tests and what they import live until the end, and an answer is thousands of lists.
    spare_the_collector()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """How tests are shared out where they run in several processes."""
    return Together(config, log)


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """The tests of a store stay in one process, so that each store is started and filled once, and so do those of a file."""

    def _split_scope(self, nodeid: str) -> str:
        of_store, file = _OF_STORE.search(nodeid), nodeid.partition("::")[0]
        # The largest groups come first; the longest test would be alone at the end.
        return of_store[1] if of_store else "embedded" if file.endswith("test_schemathesis.py") else file


@pytest.fixture(scope="session")
async def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Store]:
    """A running store; a test that asks for it runs once on each."""
    async with opened(request.param, tmp_path_factory.mktemp("stores")) as store:
        yield store


@pytest.fixture
async def graph(store: Store) -> AsyncIterator[Graph]:
    """An empty graph, without constraints and indexes."""
    async with store.clean_graph() as graph:
        yield graph


@pytest.fixture
async def mission(store: Store) -> AsyncIterator[Graph]:
    """The Mission's data, loaded once a store and session; only for tests that read."""
    if store.holds != MISSION and store.database is None:
        async with store.clean_graph():
            pass
    async with store.graph() as graph:
        if store.holds != MISSION:
            await migrate(graph, load_domain())
            await load_package(graph, load_domain(), bundled_package())
            store.holds = MISSION
        yield graph
