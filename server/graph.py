"""The one door to the graph: statements go in, values and our own errors come out."""

import asyncio
import math
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, LiteralString, TypeVar

from server.cypher import Statement, Transaction
from server.dialects import Dialect, FullTextIndex, LabelSchema
from server.dialects.bolt import neo4j
from server.dialects.driver import Address, Password, look, open_driver
from server.dialects.failures import DRIVER_ERRORS, ConstraintBroken, Failure, StatementFailed, at_start, failure, too_slow, while_serving
from server.errors import GraphUnavailable, Refusal
from server.heartbeat import Heartbeat

__all__ = ["Address", "ConstraintBroken", "Graph", "StatementFailed", "connect"]

T = TypeVar("T")

RETRY_SECONDS = 5.0
LOST_RETRIES = 3
SCHEMA_SECONDS = 300.0
HEARTBEAT = neo4j.Query("RETURN 1 AS heartbeat")
_METADATA = {"app": "replicity"}


@asynccontextmanager
async def connect(address: Address, dialect: Dialect, seconds: float) -> AsyncIterator["Graph"]:
    """The graph at an address, looked at first; `seconds` is the execution limit."""
    password = Password(address)
    async with (
        open_driver(password) as driver,
        open_driver(password, connections=1, user_agent="replicity heartbeat") as pulse,
    ):
        graph = Graph(driver, password, dialect, seconds)
        graph.server = await look(driver, address, dialect)
        beating = asyncio.create_task(graph.heartbeat.run(lambda: _beat(pulse, password)))
        try:
            yield graph
        finally:
            graph.heartbeat.stop()
            await beating


async def _beat(pulse: neo4j.AsyncDriver, password: Password) -> bool:
    # It has a connection of its own: waiting in line behind slow questions, it would call a busy database dead.
    try:
        async with pulse.session(database=password.address.database, default_access_mode=neo4j.READ_ACCESS) as session:
            await (await session.run(HEARTBEAT)).consume()
    except DRIVER_ERRORS as error:
        if failure(error) is Failure.PASSWORD:
            password.renew()
        return False
    return True


class Graph:
    """The graph, wherever it is kept."""

    def __init__(self, driver: neo4j.AsyncDriver, password: Password, dialect: Dialect, seconds: float) -> None:
        self.dialect = dialect
        self.server = ""
        """What the server calls itself."""
        self.seconds = seconds
        self.observers: list[Callable[[Statement], None]] = []
        """Each is told of every statement that is sent, retries included."""
        self.sql: Callable[[str], Awaitable[None]] | None = None
        """Runs a script in the store's own SQL, where the dialect speaks SQL."""
        self.heartbeat = Heartbeat()
        self.address = password.address
        self._driver = driver
        self._password = password
        common = {"database": self.address.database, "disable_auto_commit_retries": True}
        self._reading: dict[str, Any] = {**common, "default_access_mode": neo4j.READ_ACCESS}
        self._writing: dict[str, Any] = {**common, "default_access_mode": neo4j.WRITE_ACCESS}
        self._turn = asyncio.Lock() if dialect.one_writer else nullcontext()

    def alive(self) -> bool:
        """Whether the database answers; never more than two seconds old, and free of charge."""
        return self.heartbeat.alive

    async def read(self, statement: Statement) -> list[Any]:
        """The values of the one record that the statement returns, in one round trip."""
        record = await self.find(statement)
        if record is None:
            raise StatementFailed(None, "one record was expected, none came")
        return record

    async def find(self, statement: Statement) -> list[Any] | None:
        """The same, or None where it returns no record."""
        records = await self.read_all(statement)
        if len(records) > 1:
            raise StatementFailed(None, f"one record was expected, {len(records)} came")
        return records[0] if records else None

    async def read_all(self, statement: Statement, *, within: float | None = None) -> list[list[Any]]:
        """The values of every record, within the execution limit or the seconds given."""
        seconds = self.seconds if within is None else within
        try:
            async with asyncio.timeout(seconds) as limit:
                with self.heartbeat.watching(limit):
                    await self.heartbeat.answering()
                    query = neo4j.Query(_text(statement), metadata=_METADATA, timeout=seconds)
                    return await self._again(lambda: self._read_once(statement, query))
        except TimeoutError as late:
            raise self._late() from late

    async def stream(self, statement: Statement) -> AsyncIterator[list[Any]]:
        """The values of each record as it arrives, for what is too much to hold; no limit of time, no second try."""
        self._observe(statement)
        try:
            async with self._driver.session(**self._reading) as session:
                async for record in await session.run(_text(statement), dict(statement.parameters)):
                    yield list(record)
        except DRIVER_ERRORS as error:
            raise while_serving(error) from error

    async def write(self, work: Callable[[Transaction], Awaitable[T]], *, within: float | None = None) -> T:
        """What `work` returns, once everything it ran is kept; if it raises, nothing is.

        It may run several times, so it must change nothing outside its transaction.
        `within` is the limit in seconds (`math.inf` for none); without it the execution limit holds.
        """
        seconds = self.seconds if within is None else within
        try:
            async with asyncio.timeout(None if math.isinf(seconds) else seconds), self._turn:
                return await self._again(lambda: self._write_once(work, None if math.isinf(seconds) else seconds))
        except TimeoutError as late:
            raise self._late() from late

    async def schema(self, statement: Statement) -> list[list[Any]]:
        """Run one statement of Cypher that changes constraints or indexes, outside any transaction of ours.

        What is there already, by another process at the same moment or by a run that was killed, counts as made.
        """
        self._observe(statement)
        try:
            async with asyncio.timeout(SCHEMA_SECONDS), self._driver.session(**self._writing) as session:
                return await (await session.run(_text(statement), dict(statement.parameters))).values()
        except DRIVER_ERRORS as error:
            if failure(error) is Failure.ALREADY_THERE:
                return []
            place = {"uri": self.address.uri, "user": self.address.user, "database": self.address.database}
            raise at_start(error, **place) from error
        except TimeoutError as late:
            raise self._late() from late

    async def declare(self, labels: Sequence[LabelSchema], relationship_types: Sequence[str] = ()) -> None:
        """Make the constraints and indexes of these labels; what is there already stays."""
        await self._in_dialect(self.dialect.ddl(labels, relationship_types))

    async def create_full_text(self, index: FullTextIndex) -> None:
        """Make a full-text index; if it is there already, nothing happens."""
        await self._in_dialect(self.dialect.full_text(index))

    async def settle(self) -> None:
        """After much was written: let the database plan for what is there now."""
        for statement in self.dialect.after_load:
            await self.schema(statement)

    async def _in_dialect(self, statements: Iterable[Statement]) -> None:
        for statement in statements:
            if self.sql:
                await self.sql(statement.text)
            else:
                await self.schema(statement)

    async def _again(self, once: Callable[[], Awaitable[T]]) -> T:
        give_up = asyncio.get_running_loop().time() + RETRY_SECONDS
        tried: Counter[Failure] = Counter()
        while True:
            changes = self._password.changes
            try:
                return await once()
            except DRIVER_ERRORS as error:
                tried[failure(error)] += 1
                if asyncio.get_running_loop().time() > give_up or not self._may_pass(error, tried, changes):
                    raise while_serving(error) from error
                await _pause(tried.total())

    def _may_pass(self, error: Exception, tried: Counter[Failure], changes: int) -> bool:
        """Whether the same thing may succeed in a moment."""
        kind = failure(error)
        if kind is Failure.PASSWORD:
            self._password.renew()
            return self._password.changes != changes
        if kind is Failure.CONSTRAINT:
            return tried[kind] <= self.dialect.constraint_retries
        # Conflicts pass, and a fresh connection replaces a lost one; a database that is gone does not come back so soon.
        return isinstance(error, DRIVER_ERRORS) and error.is_retryable() and (kind is Failure.BUSY or tried[kind] <= LOST_RETRIES)

    async def _read_once(self, statement: Statement, query: neo4j.Query) -> list[list[Any]]:
        self._observe(statement)
        async with self._driver.session(**self._reading) as session:
            result = await session.run(query, dict(statement.parameters))
            return [list(record) async for record in result]

    async def _write_once(self, work: Callable[[Transaction], Awaitable[T]], seconds: float | None) -> T:
        async with self._driver.session(**self._writing) as session:
            transaction = await session.begin_transaction(metadata=_METADATA, timeout=seconds)
            async with transaction:
                result = await work(_OpenTransaction(transaction, self._observe))
                await transaction.commit()
            return result

    def _observe(self, statement: Statement) -> None:
        for observer in self.observers:
            observer(statement)

    def _late(self) -> Refusal:
        return too_slow() if self.alive() else GraphUnavailable()


@dataclass(frozen=True, slots=True)
class _OpenTransaction:
    """What `work` gets to see of a transaction."""

    transaction: neo4j.AsyncTransaction
    observe: Callable[[Statement], None]

    async def run(self, statement: Statement) -> list[list[Any]]:
        self.observe(statement)
        result = await self.transaction.run(_text(statement), dict(statement.parameters))
        return [list(record) async for record in result]


def _text(statement: Statement) -> LiteralString:
    # The driver asks for text that no input has entered; that is what a Statement promises.
    return statement.text


async def _pause(tried: int) -> None:
    # Two that stand in each other's way must not come back at the same moment.
    await asyncio.sleep(random.uniform(0.002, 0.020) * min(1 + tried, 8))  # noqa: S311
