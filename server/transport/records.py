# house: the border between the words of HTTP and those of records, which are many on both sides
"""A page for every record: JSON-LD for programs, plain HTML for people; and the maps that lead to them."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import quote

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.errors import NotFound
from server.exports import sitemap
from server.exports.exporter import Exporter
from server.exports.linked import MEDIA_TYPE, Linked
from server.exports.metadata import NOT_RECOMPUTED
from server.operations.answer import Answer
from server.operations.request import Request
from server.transport.addresses import root_of
from server.transport.door import Door
from server.transport.negotiation import preferences
from server.transport.rendering import Render
from server.transport.streaming import Streamed

Handler = Callable[[HttpRequest], Awaitable[Response]]

HTML = "text/html"
JSON_TYPES = (MEDIA_TYPE, "application/json")
# From a record's page to the root, so that pages work under any prefix.
TO_ROOT = "../../"


def record_routes(exporter: Exporter, door: Door, render: Render) -> list[Route]:
    """The routes of records, of their maps and of robots.txt."""
    linked = Linked(exporter.domain)
    return [
        Route("/records/{type}/{slug}", _record(exporter, linked, door, render)),
        Route("/sitemap.xml", _index(exporter, linked)),
        Route("/sitemap/{type}/{part:int}.xml", _part(exporter, linked)),
        Route("/robots.txt", _robots(exporter)),
    ]


def _record(exporter: Exporter, linked: Linked, door: Door, render: Render) -> Handler:
    async def record(http: HttpRequest) -> Response:
        name, slug, as_html = http.path_params["type"], http.path_params["slug"], _wants_html(http)
        answer = await _asked(linked, door, name, slug)
        found = (answer.data or {}).get("node") if answer and answer.has_data else None
        if answer and not answer.has_data and answer.status >= 500:
            return _failed(render, answer, as_html)
        if not found or answer is None:
            return _missing(linked, render, name, slug) if as_html else _missing_json(name, slug)
        root = root_of(http, exporter.settings.public_url)
        revision = answer.extensions.get("revision", 0)
        contact = exporter.settings.contact
        page = _page(linked, render, name, found, revision, contact) if as_html else _json(linked.jsonld(name, found, root, revision))
        own = f"{root}/records/{name}/{quote(slug)}"
        other = MEDIA_TYPE if as_html else HTML
        terms = f'<{linked.licence(name)}>; rel="license", <{contact}>; rel="help"'
        page.headers["link"] = f'<{own}>; rel="canonical", <{own}>; rel="alternate"; type="{other}", {terms}'
        page.headers["x-replicity-revision"] = str(revision)
        page.headers["vary"] = "Accept"
        return page

    return record


async def _asked(linked: Linked, door: Door, name: str, slug: str) -> Answer | None:
    node = linked.types.get(name)
    if node is None:
        return None
    variables = {"id": f"{node.label}:{slug}"}
    return await door.ask(Request(linked.document(name), variables=variables, extensions={"revision": True}))


def _wants_html(http: HttpRequest) -> bool:
    """Whether a page for people is wanted at least as much as JSON-LD; without a word, it is."""
    wanted = {wish.name: wish.weight for wish in preferences(http.headers.get("accept", ""))}
    as_json = max((wanted[name] for name in JSON_TYPES if name in wanted), default=0.0)
    as_html = max(wanted.get(HTML, 0.0), wanted.get("text/*", 0.0))
    return as_html >= as_json if as_json or as_html else True


def _page(linked: Linked, render: Render, name: str, found: dict[str, Any], revision: int, contact: str) -> Response:
    return render(
        "record.html",
        root=TO_ROOT,
        kind=name,
        title=linked.title(name, found),
        told=linked.told(name, found),
        revision=revision,
        note=NOT_RECOMPUTED,
        licence=linked.licence(name),
        credits=linked.credits(name),
        contact=contact,
        address=f"{TO_ROOT}records/{name}/{quote(found['slug'])}",
    )


def _json(found: dict[str, Any]) -> Response:
    return Response(orjson.dumps(found), headers={"cache-control": "no-cache"}, media_type=MEDIA_TYPE)


def _failed(render: Render, answer: Answer, as_html: bool) -> Response:
    page = (
        render("failed.html", root=TO_ROOT, error=answer.errors[0]) if as_html else Response(answer.encode(), media_type="application/json")
    )
    page.headers["retry-after"] = str(answer.retry_after or 2)
    return _refused(page, answer.status)


def _missing(linked: Linked, render: Render, name: str, slug: str) -> Response:
    return _refused(render("missing.html", root=TO_ROOT, kind=name, slug=slug, types=list(linked.types), known=name in linked.types), 404)


def _missing_json(name: str, slug: str) -> Response:
    error = {"message": f"There is no record {name}/{slug}."[:500], "extensions": {"code": NotFound.code, "hint": NotFound.advice}}
    return _refused(Response(orjson.dumps({"errors": [error]}), media_type="application/json"), 404)


def _refused(page: Response, status: int) -> Response:
    page.status_code = status
    page.headers["vary"] = "Accept"
    page.headers["cache-control"] = "no-store"
    return page


def _index(exporter: Exporter, linked: Linked) -> Handler:
    async def index(http: HttpRequest) -> Response:
        text = await sitemap.index(exporter, linked, root_of(http, exporter.settings.public_url))
        return Response(text, headers={"cache-control": "no-cache"}, media_type=sitemap.MEDIA_TYPE)

    return index


def _part(exporter: Exporter, linked: Linked) -> Handler:
    async def part(http: HttpRequest) -> Response:
        name, number = http.path_params["type"], http.path_params["part"]
        if name not in linked.types or number < 1:
            raise HTTPException(404)
        pieces = sitemap.addresses(exporter, linked, (name, number), root_of(http, exporter.settings.public_url))
        return Streamed(pieces, AsyncExitStack(), {"cache-control": "no-cache"}, sitemap.MEDIA_TYPE)

    return part


def _robots(exporter: Exporter) -> Handler:
    async def robots(http: HttpRequest) -> Response:
        root = root_of(http, exporter.settings.public_url)
        lines = ("User-agent: *", "Disallow: /graphql", "Disallow: /query?", "Disallow: /export/", f"Sitemap: {root}/sitemap.xml")
        return PlainTextResponse("\n".join(lines) + "\n", headers={"cache-control": "no-cache"})

    return robots
