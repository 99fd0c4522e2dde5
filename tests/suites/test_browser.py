"""The pages work in a real browser, which finds nothing to complain about."""

import asyncio
import json
import os
import shutil
from typing import Any

import pytest

from tests.suites import node
from tests.transport.front_door import listening
from tests.transport.small_service import EXAMPLES, SmallService


def chromium() -> str:
    """Debian's Chromium; without it the test is skipped, and fails in CI."""
    found = shutil.which("chromium")
    if found:
        return found
    if os.environ.get("CI"):
        pytest.fail("Chromium is missing.")
    pytest.skip("Chromium is missing (Debian's package `chromium`).")


async def visited() -> Any:
    browser = chromium()
    node.require_package("playwright-core")
    async with listening(SmallService()) as url:
        done = await asyncio.to_thread(node.run_script, "browser.mjs", SERVICE=url, CHROMIUM=browser)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


async def test_the_pages_work_in_a_browser_under_their_strict_policy() -> None:
    seen = await visited()

    assert seen["graphiql"] == {"tabs": len(EXAMPLES), "answer": {"data": {"city": "Valencia"}}}
    assert seen["form"] == {"answer": {"data": {"__typename": "Query"}}}
    assert seen["front"] == {"title": "What cities learn from each other"}
    assert seen["complaints"] == []
    assert seen["foreign"] == []
