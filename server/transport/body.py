"""A request body, read within its size limit, within its time limit."""

import asyncio

from starlette.requests import ClientDisconnect, Request

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


def _refuse_announced(http: Request, allowed: int) -> None:
    """Refuse before reading where the client waits for our word, or announces more than we would drain."""
    announced = http.headers.get("content-length", "")
    length = int(announced) if announced.isascii() and announced.isdigit() and len(announced) < 20 else 0
    patient = "expect" in http.headers
    if length > allowed and (patient or length > allowed * DRAINED_TIMES_THE_LIMIT):
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
