"""A request body, read within its size limit, within its time limit."""

import asyncio
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.errors import BadRequest, OverLimit
from server.settings import Limits

# A client that sends too much reads our refusal only after it has sent everything, so a moderate excess is read and dropped.
DRAINED_TIMES_THE_LIMIT = 8


async def read_body(http: Request, limits: Limits) -> bytes:
    """The whole body; refused when it is too long or too slow."""
    _refuse_announced(http, limits.body_bytes)
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _collect(http, limits.body_bytes)
    except ClientDisconnect as gone:
        raise BadRequest("The client left before the body was complete.") from gone
    except TimeoutError as late:
        raise OverLimit("body_seconds", limits.body_seconds, "not ended by then", code="REQUEST_TIMEOUT") from late


def refuse_long_query_string(http: Request, limits: Limits) -> None:
    """Refuse a query string that is longer than a body may be."""
    found = len(http.scope["query_string"])
    if found > limits.body_bytes:
        raise OverLimit("body_bytes", limits.body_bytes, found, code="TOO_LARGE")


class BeforeTheBody(Response):
    """An answer that does not wait for the body; what still comes of a moderate excess is dropped while the client reads."""

    def __init__(self, content: bytes, status: int, headers: dict[str, str], media_type: str, limits: Limits) -> None:
        super().__init__(content, status, headers, media_type)
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then drain."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        http = Request(scope, receive)
        patient = "expect" in http.headers
        if not patient and announced_bytes(http) <= self._limits.body_bytes * DRAINED_TIMES_THE_LIMIT:
            with suppress(ClientDisconnect, TimeoutError):
                async with asyncio.timeout(self._limits.body_seconds):
                    async for _ in http.stream():
                        pass
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def announced_bytes(http: Request) -> int:
    """How long the body is to be; 0 where nothing is said of it."""
    announced = http.headers.get("content-length", "")
    return int(announced) if announced.isascii() and announced.isdigit() and len(announced) < 20 else 0


def _refuse_announced(http: Request, allowed: int) -> None:
    """Refuse before reading what is announced as too long."""
    length = announced_bytes(http)
    if length > allowed:
        raise OverLimit("body_bytes", allowed, length, code="TOO_LARGE")


async def _collect(http: Request, allowed: int) -> bytes:
    found = 0
    chunks: list[bytes] = []
    async for chunk in http.stream():
        found += len(chunk)
        if found <= allowed:
            chunks.append(chunk)
        elif found > allowed * DRAINED_TIMES_THE_LIMIT:
            break
    if found > allowed:
        raise OverLimit("body_bytes", allowed, found, code="TOO_LARGE")
    return b"".join(chunks)
