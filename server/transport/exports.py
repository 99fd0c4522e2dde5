# house: the border between the words of HTTP and those of exports, which are many on both sides
"""The paths under /export/: tables, networks and the whole package, streamed."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any

import orjson
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import Route

from server.errors import BadRequest, ExportsBusy, NotFound, Refusal
from server.exports.asked import FILTER, Parameter, offer, refuse_unknown
from server.exports.exporter import Asked, Exporter
from server.exports.formats import MEDIA_TYPES
from server.exports.metadata import DEFINITIONS, LICENCE
from server.exports.packed import MEDIA_TYPE, pack
from server.operations.answer import refused
from server.transport.access_log import note
from server.transport.addresses import address_of
from server.transport.body import refuse_long_query_string
from server.transport.parameters import fields_of, json_of
from server.transport.streaming import Streamed, bytes_of, only_head
from server.viewer import ANONYMOUS

PACKAGE = "package.zip"
SIDECAR = "-metadata.json"
CSVM = "application/csvm+json"
JSON = "application/json"
HOW_TO_ASK = (
    'Write each parameter once and percent-encoded, a filter as JSON: `?where={"year": {"gte": 2015}}` '
    "is sent as `?where=%7B%22year%22:%7B%22gte%22:2015%7D%7D`."
)

Handler = Callable[[HttpRequest], Awaitable[Response]]


def export_routes(exporter: Exporter) -> list[Route]:
    """The routes of all exports."""
    places = asyncio.Semaphore(exporter.settings.exports_at_once)
    return [
        Route(f"/export/{PACKAGE}", _said(_package(exporter, places))),
        Route(f"/export/{PACKAGE}{SIDECAR}", _said(_metadata_inside)),
        Route("/export/{name}.{kind}" + SIDECAR, _said(_sidecar(exporter))),
        Route("/export/{name}.{kind}", _said(_table(exporter, places))),
    ]


def _said(handler: Handler) -> Handler:
    """The handler; its refusals are answers."""

    async def answered(http: HttpRequest) -> Response:
        try:
            return await handler(http)
        except Refusal as refusal:
            answer = refused(refusal)
            note(http.scope, code=answer.code)
            headers = {"cache-control": "no-store"}
            if answer.retry_after is not None:
                headers["retry-after"] = str(answer.retry_after)
            return Response(answer.encode(), answer.status, headers, f"{JSON}; charset=utf-8")

    return answered


def _table(exporter: Exporter, places: asyncio.Semaphore) -> Handler:
    async def table(http: HttpRequest) -> Response:
        asked = _asked(http, exporter)
        name, media_type = f"{asked.name}.{asked.kind}", MEDIA_TYPES[asked.kind]
        if http.method == "HEAD":
            return only_head(_headers(http, exporter, name, await exporter.revision(asked)), media_type)
        async with AsyncExitStack() as stack:
            await _enter(stack, places)
            opened = await exporter.open(asked)
            stack.push_async_callback(opened.pieces.aclose)
            headers = _headers(http, exporter, name, opened.metadata["revision"])
            return Streamed(bytes_of(opened.pieces), stack.pop_all(), headers, media_type)

    return table


def _package(exporter: Exporter, places: asyncio.Semaphore) -> Handler:
    async def package(http: HttpRequest) -> Response:
        _given(http, exporter, {})
        if http.method == "HEAD":
            return only_head(_headers(http, exporter, PACKAGE, await exporter.revision()), MEDIA_TYPE)
        async with AsyncExitStack() as stack:
            await _enter(stack, places)
            packed = await pack(exporter, _address(http, exporter), ANONYMOUS)
            stack.push_async_callback(packed.stack.aclose)
            headers = _headers(http, exporter, PACKAGE, packed.revision)
            headers["content-length"] = str(packed.path.stat().st_size)
            return Streamed(bytes_of(packed.pieces()), stack.pop_all(), headers, MEDIA_TYPE)

    return package


async def _metadata_inside(_http: HttpRequest) -> Response:
    raise NotFound("The package has no metadata beside it.", hint="package.zip carries its metadata inside, as datapackage.json.")


def _sidecar(exporter: Exporter) -> Handler:
    async def metadata(http: HttpRequest) -> Response:
        asked = _asked(http, exporter)
        found = await exporter.sidecar(asked, asked.query)
        body = orjson.dumps(found, option=orjson.OPT_INDENT_2)
        return Response(body, headers={"cache-control": "no-cache"}, media_type=CSVM if asked.kind == "csv" else JSON)

    return metadata


async def _enter(stack: AsyncExitStack, places: asyncio.Semaphore) -> None:
    """Take one of the places for exports until the stack unwinds."""
    if places.locked():
        raise ExportsBusy("As many exports are being made as this service makes at a time.", retry_after=10)
    await places.acquire()
    stack.callback(places.release)


def _asked(http: HttpRequest, exporter: Exporter) -> Asked:
    name, kind = http.path_params["name"], http.path_params["kind"]
    return Asked(name, kind, _given(http, exporter, offer(name, kind).parameters), _address(http, exporter), ANONYMOUS)


def _given(http: HttpRequest, exporter: Exporter, known: Mapping[str, Parameter]) -> Mapping[str, Any]:
    """The parameters, filters as JSON values; raises refusals that say how parameters of exports are written."""
    limits = exporter.settings.limits
    refuse_long_query_string(http, limits)
    try:
        given = fields_of(http.scope["query_string"])
        refuse_unknown(known, given)
        return {each: json_of(text.encode(), f"`{each}`", limits) if known[each].kind == FILTER else text for each, text in given.items()}
    except BadRequest as refusal:
        raise BadRequest(refusal.message, hint=HOW_TO_ASK if known else "This export takes no parameter.") from refusal


def _address(http: HttpRequest, exporter: Exporter) -> str:
    """The address of the export itself, also where its metadata is asked for."""
    query = http.scope["query_string"].decode("ascii", "replace")
    path = http.url.path.removesuffix(SIDECAR)
    return address_of(http, exporter.settings.public_url, path) + (f"?{query}" if query else "")


def _headers(http: HttpRequest, exporter: Exporter, name: str, revision: int) -> dict[str, str]:
    address = _address(http, exporter)
    path, mark, query = address.partition("?")
    kind = CSVM if path.endswith(".csv") else JSON
    links = [f'<{LICENCE}>; rel="license"', f'<{exporter.settings.contact}>; rel="help"']
    # A package describes itself.
    if name != PACKAGE:
        links.insert(0, f'<{path}{SIDECAR}{mark}{query}>; rel="describedby"; type="{kind}"')
    return {
        "link": ", ".join(links),
        "cache-control": "no-cache",
        "content-disposition": f'attachment; filename="{name}"',
        "x-replicity-revision": str(revision),
        "x-replicity-definitions": DEFINITIONS,
    }
