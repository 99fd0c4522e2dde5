"""The public audits of the GraphQL over HTTP specification."""

import asyncio
import json

import pytest

from server.app import house_of
from server.graph import Graph
from server.settings import Settings
from tests.suites import node
from tests.transport.front_door import listening

AUDITS = 61


@pytest.mark.parametrize("store", ["embedded"], indirect=True, scope="session")
async def test_every_public_audit_of_graphql_over_http_passes(mission: Graph) -> None:
    node.require_package("graphql-http")

    async with listening(house_of(mission, Settings())) as url:
        done = await asyncio.to_thread(node.run_script, "audits.mjs", SERVICE=f"{url}/graphql")

    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS
