"""An answer on its way out: tagged, compressed, not sent at all when the client has it."""

import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from hashlib import blake2b

import brotli  # type: ignore[import-untyped]
import zstandard
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.transport import negotiation
from server.transport.off_loop import off_the_loop

LEAST_BYTES = 1_024
COMPRESSIBLE = ("text/", "application/json", "application/graphql-response+json", "image/svg+xml")
LEFT_OUT_OF_304 = ("content-length", "content-type", "content-encoding")
GZIP_WINDOW = 16 + zlib.MAX_WBITS


def _gzip(body: bytes) -> bytes:
    squeezer = zlib.compressobj(5, zlib.DEFLATED, GZIP_WINDOW)
    return squeezer.compress(body) + squeezer.flush()


# In order of preference; levels that cost about a millisecond for 100 KB.
ENCODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "zstd": lambda body: zstandard.ZstdCompressor(level=3).compress(body),
    "br": lambda body: bytes(brotli.compress(body, quality=4)),
    "gzip": _gzip,
}


def _compressed(encoding: str, body: bytes) -> bytes:
    return ENCODERS[encoding](body)


# What is kept for ever is the same for everybody, as the scripts of GraphiQL: 1.4 MB, in three encodings at most.
_compressed_once = lru_cache(maxsize=24)(_compressed)


def delivered(app: ASGIApp) -> ASGIApp:
    """The app with its whole answers tagged and compressed; answers sent in pieces pass as they are."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        held: list[Message] = []

        async def holding(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
            elif held and not message.get("more_body"):
                start, body = held.pop(), message.get("body", b"")
                body = await _finish(scope, start, body)
                await send(start)
                await send({"type": "http.response.body", "body": body})
            else:
                for start in held:
                    await send(start)
                held.clear()
                await send(message)

        await app(scope, receive, holding if scope["type"] == "http" else send)

    return wrapped


async def _finish(scope: Scope, start: Message, body: bytes) -> bytes:
    """Complete the head of the answer; the body to send."""
    asked, headers = Headers(scope=scope), MutableHeaders(scope=start)
    encoding = _encoding(asked, headers, len(body))
    if _is_tagged(scope, start, headers):
        headers.setdefault("etag", await off_the_loop(partial(_tag, headers.get("content-type", "")), body))
        if encoding:
            # A strong tag names exact bytes, so each encoding has its own.
            headers["etag"] = f'{headers["etag"][:-1]}-{encoding}"'
        if _has(asked, headers["etag"]):
            start["status"] = 304
            for name in LEFT_OUT_OF_304:
                del headers[name]
            return b""
    if encoding:
        compress = _compressed_once if "immutable" in headers.get("cache-control", "") else _compressed
        body = await off_the_loop(partial(compress, encoding), body)
        headers["content-encoding"] = encoding
    headers["content-length"] = str(len(body))
    return b"" if scope["method"] == "HEAD" else body


def _encoding(asked: Headers, headers: MutableHeaders, length: int) -> str | None:
    if "content-encoding" in headers or not headers.get("content-type", "").startswith(COMPRESSIBLE):
        return None
    headers.add_vary_header("Accept-Encoding")
    return negotiation.encoding(asked.get("accept-encoding", ""), tuple(ENCODERS)) if length >= LEAST_BYTES else None


def _is_tagged(scope: Scope, start: Message, headers: MutableHeaders) -> bool:
    return scope["method"] in ("GET", "HEAD") and start["status"] == 200 and headers.get("cache-control") != "no-store"


def _has(asked: Headers, tag: str) -> bool:
    known = [entry.strip().removeprefix("W/") for entry in asked.get("if-none-match", "").split(",")]
    return tag in known or "*" in known


def _tag(media_type: str, body: bytes) -> str:
    """Of one answer in two media types each has its own."""
    return f'"{blake2b(body, digest_size=16, key=media_type.encode()[:64]).hexdigest()}"'
