"""The path /graphql: a request of GraphQL over HTTP in, its answer out.

Cross-site requests: a page elsewhere can make a browser send, without asking first, a GET, or a POST of text/plain, a form or
nothing said. Such POSTs are refused (415), and a GET only ever reads, so nothing can be changed from there; what a GET answers
stays unreadable to that page unless `cors_origins` names it. So no extra header is asked of GET, which keeps it cacheable.
"""

import re
from collections.abc import Awaitable, Callable

from starlette.requests import Request as HttpRequest
from starlette.responses import RedirectResponse, Response

from server.errors import BadRequest, OverLimit, Refusal
from server.operations.answer import Answer, refused
from server.operations.request import Request
from server.settings import Limits
from server.transport import negotiation
from server.transport.access_log import note
from server.transport.body import BeforeTheBody, announced_bytes
from server.transport.door import Door
from server.transport.incoming import parameters_of, request_of

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# By whether it was a POST, and which limit it passed.
STATUS_BY_LIMIT = {(True, "body_bytes"): 413, (True, "body_seconds"): 408, (False, "body_bytes"): 414}
# A client of the older media type takes anything but 200 for an answer that is not GraphQL's, so it reads these in `errors`.
SAID_IN_THE_BODY = (400, 500, 503, 504)
OPERATION_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
NAMED_OPERATION = re.compile(r"\b(?:query|mutation|subscription)\s+([A-Za-z_][A-Za-z0-9_]{0,99})")


def graphql_endpoint(door: Door) -> Callable[[HttpRequest], Awaitable[Response]]:
    """The handler of /graphql."""

    async def endpoint(http: HttpRequest) -> Response:
        if http.method == "OPTIONS":
            return Response(status_code=204, headers={"allow": ", ".join(METHODS)})
        if _is_a_visit(http):
            return RedirectResponse("graphiql", status_code=303)
        return await _answer_over_http(http, door)

    return endpoint


async def _answer_over_http(http: HttpRequest, door: Door) -> Response:
    try:
        media_type = _media_type(http)
        parameters = await parameters_of(http, door.limits)
    except (BadRequest, OverLimit) as refusal:
        return _refusal_response(http, refusal, door.limits)
    try:
        request = request_of(http, parameters, door.documents)
    except BadRequest as refusal:
        return _refusal_response(http, refusal, door.limits)
    except Refusal as refusal:
        return _response(http, refused(refusal), media_type, door.limits)
    note(http.scope, operation=_operation_name(request))
    return _response(http, await door.ask(request), media_type, door.limits)


def _is_a_visit(http: HttpRequest) -> bool:
    """Whether somebody typed the address into a browser."""
    return http.method == "GET" and not http.scope["query_string"] and "text/html" in http.headers.get("accept", "")


def _media_type(http: HttpRequest) -> str:
    chosen = negotiation.media_type(http.headers.get("accept"))
    if chosen is None:
        raise BadRequest(
            "None of the media types in `Accept` can be had.",
            status=406,
            hint=f"Accept {negotiation.GRAPHQL_JSON} or {negotiation.JSON}, in UTF-8.",
        )
    return chosen


def _operation_name(request: Request) -> str | None:
    """The operation's name for the log; only what looks like one, so that nobody writes lines of their own there."""
    if request.operation_name:
        return request.operation_name if OPERATION_NAME.fullmatch(request.operation_name) else None
    found = NAMED_OPERATION.search(request.document, 0, 2_000)
    return found[1] if found else None


def _refusal_response(http: HttpRequest, refusal: Refusal, limits: Limits) -> Response:
    """Said of what never was a GraphQL request: its own status for every media type."""
    limited = STATUS_BY_LIMIT.get((http.method == "POST", refusal.details.get("limit", "")))
    answer = refused(refusal)
    note(http.scope, code=answer.code)
    said = answer.encode(), limited or answer.status, {"cache-control": "no-store"}, _content_type(negotiation.JSON)
    unread = limited and announced_bytes(http) > limits.body_bytes
    response = BeforeTheBody(*said, limits) if unread else Response(*said)
    if limited:
        response.headers["connection"] = "close"
    return response


def _response(http: HttpRequest, answer: Answer, media_type: str, limits: Limits) -> Response:
    body = answer.encode()
    if len(body) > limits.answer_bytes:
        answer = refused(OverLimit("answer_bytes", limits.answer_bytes, len(body), code="TOO_LARGE"))
        body = answer.encode()
    note(http.scope, code=answer.code)
    status = 200 if media_type == negotiation.JSON and answer.status in SAID_IN_THE_BODY else answer.status
    cacheable = http.method != "POST" and status == 200 and not answer.errors
    headers = {"vary": "Accept", "cache-control": "no-cache" if cacheable else "no-store"}
    if answer.retry_after is not None:
        headers["retry-after"] = str(answer.retry_after)
    if status == 405:
        headers["allow"] = "POST"
    return Response(body, status, headers, _content_type(media_type))


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8"
