"""The front door over the Mission's data."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from server.app import create_app, house_of
from server.graph import Graph
from server.settings import Settings


@pytest.fixture
def door_to(mission: Graph) -> Callable[..., httpx.AsyncClient]:
    """Clients of a service with the settings given."""

    def make(**given: object) -> httpx.AsyncClient:
        settings = Settings(**given)  # type: ignore[arg-type]
        app = create_app(settings, house_of(mission, settings))
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://replicity.test", timeout=120)

    return make


@pytest.fixture
async def door(door_to: Callable[..., httpx.AsyncClient]) -> AsyncIterator[httpx.AsyncClient]:
    async with door_to() as client:
        yield client
