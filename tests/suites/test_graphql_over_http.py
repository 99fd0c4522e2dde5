"""The public audits of the GraphQL over HTTP specification."""

import asyncio
import json

from tests.suites import node
from tests.transport.front_door import listening
from tests.transport.small_service import SmallService

AUDITS = 61


async def test_every_public_audit_of_graphql_over_http_passes() -> None:
    node.require_package("graphql-http")

    async with listening(SmallService()) as url:
        done = await asyncio.to_thread(node.run_script, "audits.mjs", SERVICE=f"{url}/graphql")

    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS
