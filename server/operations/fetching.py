"""One round trip for one request, or for many that ask the same."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from server.cypher import Statement
from server.graph import Graph
from server.operations.preparation import Question
from server.reading.compiler import Compiled


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
        self._flights: dict[Any, asyncio.Task[list[Any]]] = {}

    async def fetch(self, question: Question, scope: str) -> tuple[list[Any], Mapping[str, int]]:
        """The record, and the numbers of records of each type at its revision. Viewers of one scope see the same."""
        reading, known = question.prepared.reading, self._totals.get(scope)
        if reading.totals and (known is None or not known.counts.keys() >= set(reading.totals)):
            return await self._with_totals(question, scope)
        record = await self._trip(reading.without_totals, question)
        if known is None or not reading.totals or known.revision == revision_of(record):
            return record, known.counts if known else {}
        # The graph has moved on since they were counted.
        return await self._with_totals(question, scope)

    async def follow(self, compiled: Compiled, question: Question) -> list[Any]:
        """The record of a further statement."""
        return await self._trip(compiled, question)

    async def _with_totals(self, question: Question, scope: str) -> tuple[list[Any], Mapping[str, int]]:
        reading = question.prepared.reading
        record = await self._trip(reading.with_totals, question)
        counts = dict(zip(reading.totals, record[-2], strict=False))
        known, revision = self._totals.get(scope), revision_of(record)
        kept = {**known.counts, **counts} if known and known.revision == revision else counts
        self._totals[scope] = _Totals(revision, kept)
        return record, kept

    async def _trip(self, compiled: Compiled, question: Question) -> list[Any]:
        variables = question.variables
        statement = await asyncio.to_thread(compiled.bind, variables) if question.heavy else compiled.bind(variables)
        flight = self._flight(statement)
        # A client that goes away must not take the others' answer with it.
        (record,) = await asyncio.shield(flight)
        return record  # type: ignore[no-any-return]

    def _flight(self, statement: Statement) -> "asyncio.Task[list[Any]]":
        key = (statement.text, orjson.dumps(list(statement.parameters.values())))
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = asyncio.create_task(self._graph.read(statement))
            flight.add_done_callback(lambda done: self._landed(key, done))
        return flight

    def _landed(self, key: Any, flight: "asyncio.Task[list[Any]]") -> None:
        self._flights.pop(key, None)
        if not flight.cancelled():
            # Seen here, so that a failure nobody waits for any more is no surprise to the event loop.
            flight.exception()


def revision_of(record: list[Any]) -> int:
    """The graph's revision, the last value of every record; 0 before the first change."""
    last = record[-1]
    return last[0] if last and last[0] is not None else 0
