"""A wire between a client and a server that a test can cut, slow down or tamper with."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress


class Wire:
    """Listens on a port of its own and passes bytes on."""

    def __init__(self, port: int) -> None:
        self.port = 0
        self.delay = 0.0
        """Seconds that each piece of an answer is held back."""
        self.answer: Callable[[bytes], bytes] = bytes
        """What becomes of a piece of an answer."""
        self._to = port
        self._ends: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Cut every connection that is open now."""
        for end in list(self._ends):
            end.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._to)
        self._ends |= {writer, server_writer}
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pass(reader, server_writer, tampered=False))
                both.create_task(self._pass(server_reader, writer, tampered=True))
        finally:
            self._ends -= {writer, server_writer}
            writer.close()
            server_writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, tampered: bool) -> None:
        with suppress(OSError):
            while piece := await reader.read(65_536):
                if tampered:
                    await asyncio.sleep(self.delay)
                    piece = self.answer(piece)
                writer.write(piece)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def wire_to(port: int) -> AsyncIterator[Wire]:
    """A wire to a port of this machine."""
    wire = Wire(port)
    server = await asyncio.start_server(wire._connected, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        wire.cut()
        await server.wait_closed()
