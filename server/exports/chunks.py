"""Records read in pieces, each piece by one statement, all of one revision of the graph."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from server.cypher import Statement
from server.errors import GraphMoved
from server.graph import Graph
from server.reading.compiler import Compiled, compile_plan
from server.reading.expressions import Sight
from server.reading.plan import All, Bound, Column, Compare, Condition, Page, Plan, Row, Stored
from server.reading.values import Value
from server.reading.writer import quoted

ROWS_AT_ONCE = 2_500
PIECES_AT_ONCE = 2
"""How many pieces are read at a time, beside the one that is worked on."""
SECONDS = 60.0

# Sorts before every slug; slugs are never empty.
_BEFORE_ALL = ""
# Sorts after every slug: letters, digits and hyphens.
_AFTER_ALL = "~"

_BORDER = "MATCH (n:{label}) WHERE n.`slug` > $after WITH n.`slug` AS slug ORDER BY slug SKIP $skip LIMIT 1 RETURN slug"


_Piece = tuple[int, list[Any]]
"""The revision of the graph, and rows of it."""


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
    """All of them, ordered by slug; while one piece is worked on, the next ones are being read.

    Raises GraphMoved where the graph changes before the last is read, or is not of the revision given.
    There is always one chunk at least, so that the revision is known even where nothing fits.
    """
    known, read = revision, 0
    async with aclosing(_pieces(graph, sight, wanted, rows_at_once)) as pieces:
        async for found, rows in pieces:
            if known is not None and found != known:
                raise GraphMoved
            known, read = found, read + len(rows)
            yield Chunk(found, rows, read)


async def _pieces(graph: Graph, sight: Sight, wanted: Wanted, rows_at_once: int) -> AsyncGenerator[_Piece, None]:
    """The pieces one after the other, each with its revision.

    The first has all that fit, or as many as are read at once. If there may be more, the borders of the others are asked for
    ahead, so that none has to wait until the one before it says where it ends.
    """
    compiled = _compiled(graph, sight, wanted, rows_at_once)

    async def piece(after: str, upto: str) -> _Piece:
        ((data,),) = await graph.read_all(compiled.bind({"after": after, "upto": upto}), within=SECONDS)
        rows, _, head = data
        return (head[0] if head and head[0] is not None else 0), rows

    def border(after: str) -> asyncio.Task[str | None]:
        return asyncio.create_task(_border(graph, wanted.label, after, rows_at_once))

    revision, rows = await piece(_BEFORE_ALL, _AFTER_ALL)
    ready: _Piece | None = (revision, rows)
    reading = deque[asyncio.Task[_Piece]]()
    after = rows[-1][0] if rows else _AFTER_ALL
    ends = border(after) if len(rows) == rows_at_once else None
    try:
        while ready:
            while ends and len(reading) < PIECES_AT_ONCE:
                upto = await ends
                reading.append(asyncio.create_task(piece(after, upto or _AFTER_ALL)))
                after, ends = upto or _AFTER_ALL, border(upto) if upto else None
            yield ready
            ready = await reading.popleft() if reading else None
    finally:
        tasks = [*reading, *([ends] if ends else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _compiled(graph: Graph, sight: Sight, wanted: Wanted, rows_at_once: int) -> Compiled:
    # The slug comes first, for that of the last row is where the next piece begins.
    row = Row(((wanted.label, (Stored("slug", required=True), *wanted.columns, Stored("status"))),))
    condition = All((wanted.condition, Compare(Stored("slug", required=True), "lte", Value(path=("upto",)))))
    page = Page(wanted.label, condition, (), row, Value(constant=rows_at_once), Bound((), Value(path=("after",))))
    return compile_plan(Plan((page,), (), sight.visible), totals=False, reads_together_from=graph.dialect.reads_together_from)


async def _border(graph: Graph, label: str, after: str, rows: int) -> str | None:
    """The slug of the record so many records on, whether it fits or not; None where there are fewer."""
    found = await graph.read_all(Statement(_BORDER.format(label=quoted(label)), {"after": after, "skip": rows - 1}), within=SECONDS)
    return found[0][0] if found else None


async def total(graph: Graph, sight: Sight, label: str, condition: Condition) -> int:
    """How many records fit."""
    plan = Plan((Page(label, condition, (), None, counted=True),), (), sight.visible)
    compiled = compile_plan(plan, totals=False, reads_together_from=graph.dialect.reads_together_from)
    ((data,),) = await graph.read_all(compiled.bind({}), within=SECONDS)
    return int(data[0])
