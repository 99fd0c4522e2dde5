"""Exports of every transfer at scale 100×, as a researcher fetches them: rows a second, and what it costs the service in memory."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import httpx

from benchmarks.databases import opened
from benchmarks.figures import Figure
from benchmarks.peers import ours
from benchmarks.processes import Server
from benchmarks.turns import in_turns

ROWS = 100_000
TURNS = 3
KINDS = ("csv", "parquet", "graphml")
LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Fetched:
    """One export that was fetched whole."""

    seconds: float
    grown: float
    """By how many megabytes the service was larger meanwhile than before, at most."""
    megabytes: float


async def measure() -> Sequence[Figure]:
    """Each format over HTTP, uncompressed, one after the other; the first two rounds warm up."""
    async with opened("neo4j", "100x") as database, ours(database) as server:
        found = await in_turns({kind: partial(_fetched, server, kind) for kind in KINDS}, TURNS, warm=2)
    figures = []
    for kind, fetched in found.items():
        of = f"export of {ROWS:,} transfers as {kind}"
        speeds = tuple(ROWS / each.seconds for each in fetched)
        figures += [
            Figure(of, " rows/s", speeds, "at least", 20_000, f"{fetched[0].megabytes:.0f} MB"),
            Figure(f"{of}, memory", " MB", tuple(each.grown for each in fetched), "at most", 100),
        ]
    return figures


async def _fetched(server: Server, kind: str) -> Fetched:
    before, began, size = server.memory(), time.perf_counter(), 0
    watching = asyncio.create_task(_most(server))
    address = server.url.replace("/graphql", f"/export/transfers.{kind}")
    async with httpx.AsyncClient(timeout=120, trust_env=False) as client, client.stream("GET", address) as answer:
        assert answer.status_code == httpx.codes.OK, answer.status_code
        async for piece in answer.aiter_raw():
            size += len(piece)
    seconds = time.perf_counter() - began
    watching.cancel()
    return Fetched(seconds, max(await watching - before, 0.0), size / 1e6)


async def _most(server: Server) -> float:
    """The most memory the server has had until this is cancelled."""
    most = server.memory()
    with suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            most = max(most, server.memory())
    return most
