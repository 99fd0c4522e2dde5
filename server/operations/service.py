"""What a carrier of requests may expect of the service behind it."""

from typing import Protocol

from server.operations.answer import Answer
from server.operations.overview import Overview
from server.operations.request import Request


class Service(Protocol):
    """Answers requests. `query` returns refusals as answers or raises them; both are said the same way."""

    async def query(self, request: Request) -> Answer:
        """The answer to one request."""
        ...

    async def ready(self) -> bool:
        """Whether the graph answers now."""
        ...

    async def overview(self) -> Overview:
        """What the graph holds at its present revision."""
        ...
