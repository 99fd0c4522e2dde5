"""The house put together: routes behind what every request passes."""

from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graph_schema.domain import load_domain
from server import bundled
from server.api.schema import build_schema
from server.api.sdl import sdl
from server.errors import NotFound
from server.exports.exporter import Exporter
from server.graph import Graph
from server.operations.document import Reader, reader_of
from server.operations.filters import FilterReader
from server.operations.query import QueryService
from server.operations.service import Service
from server.policy import shown
from server.settings import Settings
from server.transport.access_log import logged, note
from server.transport.assets import assets_endpoint, read_assets
from server.transport.delivery import delivered
from server.transport.door import Door
from server.transport.examples import Example, read_examples
from server.transport.exports import export_routes
from server.transport.health import healthz, readyz_endpoint
from server.transport.http import METHODS, graphql_endpoint
from server.transport.persisted import read_documents, warn_of_refused
from server.transport.records import record_routes
from server.transport.rendering import Render, renderer
from server.transport.security import secured
from server.transport.site import Site, site_routes

CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}


@dataclass(frozen=True, slots=True)
class House:
    """What the front door opens to: the service behind it, the schema it shows, questions to start from."""

    service: Service
    sdl: str
    examples: tuple[Example, ...]
    exporter: Exporter | None = None
    """What makes exports and knows of every record; a house without a graph has none."""
    reader: Reader | None = None
    """What a document must pass to be answered, for a look at those that are kept."""


def house_of(graph: Graph, settings: Settings) -> House:
    """The service over an open graph."""
    domain = shown(load_domain(), settings)
    schema = build_schema(domain)
    exporter = Exporter(graph, domain, FilterReader(schema, settings.limits), settings)
    service = QueryService(graph, domain, schema, settings)
    return House(service, sdl(schema), read_examples(bundled.operations()), exporter, reader_of(schema, settings))


def contract() -> str:
    """The public contract, without a graph."""
    return sdl(build_schema(load_domain()))


def create_app(settings: Settings, house: House) -> Starlette:
    """The ASGI application. The house is open already; whoever opened it closes it."""
    documents = read_documents(settings.documents_dir, settings.documents_only)
    if house.reader:
        warn_of_refused(documents, house.reader.read)
    assets = read_assets()
    sdl = house.sdl if settings.introspection == "on" else None
    door = Door(house.service, documents, settings.limits)
    render = renderer(assets, asks_freely=not documents.only)
    site = Site(door, render, house.examples, sdl)
    routes = [
        Route("/graphql", graphql_endpoint(door), methods=METHODS),
        Route("/healthz", healthz),
        Route("/readyz", readyz_endpoint(house.service)),
        Route("/assets/{name}", assets_endpoint(assets)),
        *site_routes(site),
        *_routes_of_records(house.exporter, door, render),
    ]
    return Starlette(routes=routes, middleware=_middleware(settings.cors_origins), exception_handlers={HTTPException: _plain_no})


def _routes_of_records(exporter: Exporter | None, door: Door, render: Render) -> list[Route]:
    return [*export_routes(exporter), *record_routes(exporter, door, render)] if exporter else []


def _middleware(origins: tuple[str, ...]) -> list[Middleware]:
    """From the outside in."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=METHODS,
        allow_headers=("content-type", "authorization", "x-request-id"),
        expose_headers=("x-request-id", "retry-after", "etag", "link", "x-replicity-revision", "x-replicity-definitions"),
    )
    named = bool(origins) and "*" not in origins
    return [Middleware(logged), Middleware(secured, varies_by_origin=named), *([cors] if origins else []), Middleware(delivered)]


async def _plain_no(http: Request, refusal: Exception) -> Response:
    """A path or a method that is not there, said like every other no."""
    assert isinstance(refusal, HTTPException)
    code = CODES.get(refusal.status_code, "BAD_REQUEST")
    note(http.scope, code=code)
    hint = NotFound.advice if refusal.status_code == 404 else "Look at the `Allow` header of this answer; the page / says what is where."
    error = {"message": refusal.detail, "extensions": {"code": code, "hint": hint}}
    headers = {**(refusal.headers or {}), "cache-control": "no-store"}
    return JSONResponse({"errors": [error]}, refusal.status_code, headers)
