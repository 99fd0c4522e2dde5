"""The front door over a small service, in process."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from server.app import House, create_app
from server.settings import Settings
from tests.transport.small_service import EXAMPLES, SDL, SmallService


@pytest.fixture
def service() -> SmallService:
    return SmallService()


@pytest.fixture
def client_with(service: SmallService) -> Callable[..., httpx.AsyncClient]:
    """Clients of an app with the settings given."""

    def make(**settings: object) -> httpx.AsyncClient:
        app = create_app(Settings(**settings), House(service, SDL, EXAMPLES))  # type: ignore[arg-type]
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://replicity.test")

    return make


@pytest.fixture
async def client(client_with: Callable[..., httpx.AsyncClient]) -> AsyncIterator[httpx.AsyncClient]:
    async with client_with() as client:
        yield client
