"""Records read in pieces, each piece by one statement, all of one revision of the graph."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from server.errors import GraphMoved
from server.graph import Graph
from server.reading.compiler import compile_plan
from server.reading.expressions import Sight
from server.reading.plan import Bound, Column, Condition, Page, Plan, Row, Stored
from server.reading.values import Value

ROWS_AT_ONCE = 2_500
SECONDS = 60.0

# Sorts before every slug; slugs are never empty.
_BEFORE_ALL = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Records of one type: which, and what of each."""

    label: str
    condition: Condition
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some records by slug, each as the values of its columns, and the revision they are of."""

    revision: int
    rows: Sequence[Any]
    read: int = 0
    """How many records were read so far, this piece included."""

    def of(self, rows: Sequence[Any]) -> "Chunk":
        """The rows that were made of it."""
        return replace(self, rows=rows)


async def chunks(
    graph: Graph, sight: Sight, wanted: Wanted, rows_at_once: int = ROWS_AT_ONCE, *, revision: int | None = None
) -> AsyncGenerator[Chunk, None]:
    """All of them, ordered by slug; while one piece is worked on, the next is being read.

    Raises GraphMoved where the graph changes before the last is read, or is not of the revision given.
    There is always one chunk at least, so that the revision is known even where nothing fits.
    """
    # The slug comes first, for it is where the next statement goes on.
    row = Row(((wanted.label, (Stored("slug", required=True), *wanted.columns, Stored("status"))),))
    page = Page(wanted.label, wanted.condition, (), row, Value(constant=rows_at_once), Bound((), Value(path=("after",))))
    compiled = compile_plan(Plan((page,), (), sight.visible), totals=False, reads_together_from=graph.dialect.reads_together_from)

    def piece_after(slug: str) -> asyncio.Task[list[list[Any]]]:
        return asyncio.create_task(graph.read_all(compiled.bind({"after": slug}), within=SECONDS))

    reading, known, read = piece_after(_BEFORE_ALL), revision, 0
    try:
        while True:
            ((rows, _, head),) = [data for (data,) in await reading]
            found, read = head[0] if head and head[0] is not None else 0, read + len(rows)
            if known is not None and found != known:
                raise GraphMoved
            known, more = found, len(rows) == rows_at_once
            if more:
                reading = piece_after(rows[-1][0])
            yield Chunk(found, rows, read)
            if not more:
                return
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def total(graph: Graph, sight: Sight, label: str, condition: Condition) -> int:
    """How many records fit."""
    plan = Plan((Page(label, condition, (), None, counted=True),), (), sight.visible)
    compiled = compile_plan(plan, totals=False, reads_together_from=graph.dialect.reads_together_from)
    ((data,),) = await graph.read_all(compiled.bind({}), within=SECONDS)
    return int(data[0])
