"""An answer in pieces, at the pace of whoever reads it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing

import structlog
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from server.errors import Refusal

SECONDS_TO_TAKE_A_PIECE = 60.0

log = structlog.get_logger("replicity")


class BrokenOff(Exception):
    """An answer that had begun and cannot be ended; its connection is closed without an end, so that nobody takes it for whole."""


class Streamed(StreamingResponse):
    """Sends the pieces; lets go of what they come from when the client is gone, or takes none for a minute."""

    def __init__(self, pieces: AsyncIterator[bytes], held: AsyncExitStack, headers: dict[str, str], media_type: str) -> None:
        super().__init__(pieces, headers=headers, media_type=media_type)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, and lets go of everything whether or not the first piece was ever taken."""
        async with self._held:
            await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Sends the head and the pieces."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        pieces = self.body_iterator
        assert isinstance(pieces, AsyncGenerator)
        async with aclosing(pieces):
            try:
                async for piece in pieces:
                    async with asyncio.timeout(SECONDS_TO_TAKE_A_PIECE):
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
            except Refusal as refusal:
                log.warning("an export was broken off", code=refusal.code, reason=refusal.message)
                raise BrokenOff(refusal.message) from refusal
            except TimeoutError as slow:
                raise BrokenOff("the client took nothing for too long") from slow
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _OnlyHead(StreamingResponse):
    async def stream_response(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        # What comes in pieces is neither measured nor tagged on its way out, and an empty piece is one.
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def only_head(headers: dict[str, str], media_type: str) -> StreamingResponse:
    """The answer to HEAD where GET is answered in pieces: the same head, without what only the last piece would tell."""
    return _OnlyHead((), headers=headers, media_type=media_type)


async def bytes_of(pieces: AsyncGenerator[tuple[bytes, int], None]) -> AsyncIterator[bytes]:
    """The bytes alone."""
    async with aclosing(pieces):
        async for piece, _ in pieces:
            yield piece
