"""One round trip for one request, or for many that ask the same."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from server.cypher import Statement
from server.graph import Graph
from server.operations.preparation import Question
from server.reading.compiler import NEVER_SEEN, Compiled

Fetched = tuple[list[Any], Mapping[str, int]]
"""A record, and the numbers of records of each type at its revision."""


@dataclass(frozen=True, slots=True)
class _Totals:
    """How many records of each type there are, at a revision."""

    revision: int
    counts: Mapping[str, int]


class Fetching:
    """Fetches records. Numbers of records of whole types are kept for as long as the graph's revision stands."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._totals: dict[str, _Totals] = {}
        self._flights: dict[Any, asyncio.Task[list[Any] | None]] = {}

    async def fetch(self, question: Question, scope: str) -> Fetched:
        """The record, and the numbers of records of each type at its revision. Viewers of one scope see the same."""
        fetched = await self.fetch_unless(NEVER_SEEN, question, scope)
        assert fetched
        return fetched

    async def fetch_unless(self, seen: int, question: Question, scope: str) -> Fetched | None:
        """The same, or None where the graph is at the revision seen."""
        reading, known = question.prepared.reading, self._totals.get(scope)
        if reading.totals and (known is None or not known.counts.keys() >= set(reading.totals)):
            return await self._with_totals(seen, question, scope)
        record = await self._trip(reading.without_totals, question, seen)
        if record is None:
            return None
        if known is None or not reading.totals or known.revision == revision_of(record):
            return record, known.counts if known else {}
        # The graph has moved on since they were counted.
        return await self._with_totals(NEVER_SEEN, question, scope)

    async def follow(self, compiled: Compiled, question: Question) -> list[Any]:
        """The record of a further statement."""
        record = await self._trip(compiled, question, NEVER_SEEN)
        assert record
        return record

    async def _with_totals(self, seen: int, question: Question, scope: str) -> Fetched | None:
        reading = question.prepared.reading
        record = await self._trip(reading.with_totals, question, seen)
        if record is None:
            return None
        counts = dict(zip(reading.totals, record[-2], strict=False))
        known, revision = self._totals.get(scope), revision_of(record)
        kept = {**known.counts, **counts} if known and known.revision == revision else counts
        self._totals[scope] = _Totals(revision, kept)
        return record, kept

    async def _trip(self, compiled: Compiled, question: Question, seen: int) -> list[Any] | None:
        variables = question.variables
        statement = await asyncio.to_thread(compiled.bind, variables, seen) if question.heavy else compiled.bind(variables, seen)
        flight = self._flight(statement)
        # A client that goes away must not take the others' answer with it.
        found = await asyncio.shield(flight)
        return found[0] if found else None

    def _flight(self, statement: Statement) -> "asyncio.Task[list[Any] | None]":
        key = (statement.text, orjson.dumps(list(statement.parameters.values())))
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = asyncio.create_task(self._graph.find(statement))
            flight.add_done_callback(lambda done: self._landed(key, done))
        return flight

    def _landed(self, key: Any, flight: "asyncio.Task[list[Any] | None]") -> None:
        self._flights.pop(key, None)
        if not flight.cancelled():
            # Seen here, so that a failure nobody waits for any more is no surprise to the event loop.
            flight.exception()


def revision_of(record: list[Any]) -> int:
    """The graph's revision, the last value of every record; 0 before the first change."""
    last = record[-1]
    return last[0] if last and last[0] is not None else 0
