"""The pages for people: the front page, GraphiQL, a plain form, the schema."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.errors import Refusal
from server.operations.overview import Overview
from server.operations.service import Service
from server.transport import security
from server.transport.door import Door
from server.transport.examples import Example
from server.transport.form import query_form
from server.transport.rendering import Render

Handler = Callable[[HttpRequest], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages are made from."""

    door: Door
    render: Render
    examples: tuple[Example, ...]
    sdl: str | None


def site_routes(site: Site) -> list[Route]:
    """The routes of the pages."""
    return [
        Route("/", _front_page(site)),
        Route("/graphiql", _graphiql(site)),
        Route("/query", query_form(site.door, site.examples, site.render)),
        Route("/schema.graphql", _schema(site.sdl)),
    ]


def _front_page(site: Site) -> Handler:
    async def front_page(_http: HttpRequest) -> Response:
        overview = await _overview(site.door.service)
        return site.render("front.html", overview=overview, examples=site.examples, has_schema=site.sdl is not None)

    return front_page


async def _overview(service: Service) -> Overview | None:
    """How much is in the graph; None while it does not answer, for the page is of use without."""
    try:
        return await service.overview()
    except Refusal:
        return None


def _graphiql(site: Site) -> Handler:
    tabs = [{"query": example.document} for example in site.examples]

    async def graphiql(_http: HttpRequest) -> Response:
        return site.render("graphiql.html", security.GRAPHIQL, tabs=tabs)

    return graphiql


def _schema(sdl: str | None) -> Handler:
    async def schema(_http: HttpRequest) -> Response:
        if sdl is None:
            raise HTTPException(404, "Reading the schema is turned off here.")
        return PlainTextResponse(sdl, headers={"cache-control": "no-cache"})

    return schema
