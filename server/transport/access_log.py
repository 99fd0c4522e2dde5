"""One log line a request, under an id the client gets back."""

import re
import time
import uuid
from typing import Any

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.operations.answer import masked

REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
QUIET_PATHS = ("/healthz", "/readyz")
FACTS = "replicity.facts"

log = structlog.get_logger("replicity")


def note(scope: Scope, **facts: Any) -> None:
    """Add facts to the log line of this request."""
    scope.setdefault(FACTS, {}).update(facts)


def logged(app: ASGIApp) -> ASGIApp:
    """The app with an id and a line for each request; what it lets through is caught, logged and masked."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get("x-request-id", ""))
        started, sent = time.perf_counter(), {"status": 0, "bytes": 0}

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent["status"] = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            else:
                sent["bytes"] += len(message.get("body", b""))
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await app(scope, receive, counting)
            except Exception as stranger:  # noqa: BLE001 - the outermost border: nothing leaves unanswered
                await _say_masked(stranger, counting, begun=bool(sent["status"]))
            finally:
                _write_line(scope, sent, time.perf_counter() - started)

    return wrapped


def _request_id(offered: str) -> str:
    return offered if REQUEST_ID.fullmatch(offered) else uuid.uuid4().hex


async def _say_masked(stranger: Exception, send: Send, begun: bool) -> None:
    answer = masked(stranger)
    if begun:
        return
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.encode()})


def _write_line(scope: Scope, sent: dict[str, int], seconds: float) -> None:
    # The raw path is percent-encoded, so no client can break the line.
    path = scope.get("raw_path", scope["path"].encode()).partition(b"?")[0].decode("ascii", "replace")[:200]
    facts = {name: value for name, value in scope.get(FACTS, {}).items() if value is not None}
    write = log.debug if scope["path"] in QUIET_PATHS else log.info
    write("request", method=scope["method"], path=path, **sent, ms=round(seconds * 1000, 1), **facts)
