"""The scripts, the style sheets our pages load, under addresses that change with their content."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

OURS = Path(__file__).parent / "pages"
OUR_FILES = ("page.css", "graphiql.css", "graphiql.js")
GRAPHIQL_PACKAGE = "graphene_django_graphiql_static"
GRAPHIQL_FILES = ("graphiql.min.css", "graphiql.min.js", "react.production.min.js", "react-dom.production.min.js")
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One served file."""

    body: bytes
    media_type: str
    version: str


Assets = Mapping[str, Asset]


def read_assets() -> Assets:
    """Our own files, with GraphiQL's from the installed package."""
    return {name: _asset(name, body) for name, body in _contents()}


def address(assets: Assets, name: str) -> str:
    """Where a page finds the file, relative to the root."""
    return f"assets/{name}?v={assets[name].version}"


def assets_endpoint(assets: Assets) -> Callable[[Request], Awaitable[Response]]:
    """The handler of /assets/{name}."""

    async def endpoint(http: Request) -> Response:
        asset = assets.get(http.path_params["name"])
        if asset is None:
            raise HTTPException(404)
        known = http.scope["query_string"] == f"v={asset.version}".encode()
        return Response(asset.body, headers={"cache-control": FOR_EVER if known else "no-cache"}, media_type=asset.media_type)

    return endpoint


def _contents() -> Iterator[tuple[str, bytes]]:
    for name in OUR_FILES:
        yield name, (OURS / name).read_bytes()
    graphiql = files(GRAPHIQL_PACKAGE) / "static" / GRAPHIQL_PACKAGE
    for name in GRAPHIQL_FILES:
        yield name, (graphiql / name).read_bytes()


def _asset(name: str, body: bytes) -> Asset:
    return Asset(body, MEDIA_TYPES[Path(name).suffix], sha256(body).hexdigest()[:12])
