"""The pages work in a real browser, which finds nothing to complain about."""

import asyncio
import json
import os
import shutil

import pytest

from server.app import house_of
from server.graph import Graph
from server.settings import Settings
from tests.suites import node
from tests.transport.front_door import listening


def chromium() -> str:
    """Debian's Chromium; without it the test is skipped, and fails in CI."""
    found = shutil.which("chromium")
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("Chromium is missing.")
    pytest.skip("Chromium is missing (Debian's package `chromium`).")


@pytest.mark.parametrize("store", ["embedded"], indirect=True, scope="session")
async def test_the_pages_work_in_a_browser_under_their_strict_policy(mission: Graph) -> None:
    browser = chromium()
    node.require_package("playwright-core")
    house = house_of(mission, Settings())

    async with listening(house) as url:
        done = await asyncio.to_thread(node.run_script, "browser.mjs", SERVICE=url, CHROMIUM=browser)

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["graphiql"]["tabs"] == len(house.examples)
    assert seen["graphiql"]["answer"].keys() == {"data"}
    assert seen["form"] == {"answer": {"data": {"__typename": "Query"}}}
    assert seen["front"] == {"title": "What cities learn from each other"}
    assert seen["complaints"] == []
    assert seen["foreign"] == []
