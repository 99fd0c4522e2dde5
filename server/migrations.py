"""Bringing a graph to the shape this program needs: the declared schema, then every numbered migration, each once."""

import asyncio
import hashlib
import re
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import graph_schema
from graph_schema.domain import Domain
from server.cypher import Statement, Transaction
from server.declared_schema import FULL_TEXT, checksum_of, labels_of, relationship_types_of
from server.errors import GraphUnavailable, StartRefused
from server.graph import ConstraintBroken, Graph
from server.search_texts import bring_up_to_date

FOLDER = Path(graph_schema.__file__).parent / "migrations"
DECLARED = 0
"""The number under which the declared schema itself is recorded; unlike a migration it may change."""

_FILE = re.compile(r"(\d{4})_([a-z0-9_]+)\.cypher")
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_OF_SCHEMA = re.compile(r"\s*(CREATE|DROP)\s+(\w+\s+)?(INDEX|CONSTRAINT)\b", re.IGNORECASE)
_TRIES = 5
_INDEXES = Statement("SHOW INDEXES YIELD name, type, owningConstraint RETURN name, type, owningConstraint IS NOT NULL")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    checksum: str
    statements: tuple[Statement, ...]

    @property
    def of_schema(self) -> bool:
        """Whether it changes constraints and indexes, which no transaction can undo, rather than what is in the graph."""
        return any(_OF_SCHEMA.match(each.text) for each in self.statements)


@dataclass(frozen=True, slots=True)
class Applied:
    """What the graph knows of a migration."""

    name: str
    checksum: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    declared: bool
    applied: tuple[str, ...]

    def __str__(self) -> str:
        done = [*(["declared the schema"] if self.declared else []), *(f"applied {name}" for name in self.applied)]
        return "; ".join(done) or "nothing to do"


async def migrate(graph: Graph, domain: Domain, folder: Path = FOLDER, *, mend: bool = False) -> Report:
    """Bring the graph up to date. It can be killed anywhere and run again, and two may run at once.

    To `mend` is to make anew what of the declared schema somebody has dropped since.
    """
    migrations = read_migrations(folder)
    applied = await read_applied(graph)
    check(migrations, applied)
    declared = await _declare(graph, domain, applied.get(DECLARED), mend=mend)
    done = [each.name for each in migrations if each.number not in applied and await _apply(graph, each)]
    return Report(declared, tuple(done))


def read_migrations(folder: Path) -> tuple[Migration, ...]:
    """Every migration of a folder, in order; their numbers follow one another."""
    found = []
    for path in sorted(folder.glob("*.cypher")):
        named = _FILE.fullmatch(path.name)
        if not named:
            raise StartRefused(f"{path.name} is not the name of a migration.", hint="Name it like 0002_what_it_does.cypher.")
        # A checkout on another system may end lines differently; that is no edit.
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
        statements = (Statement(each.strip()) for each in _COMMENT.sub("", text).split(";") if each.strip())
        found.append(Migration(int(named[1]), path.stem, hashlib.sha256(text.encode()).hexdigest(), tuple(statements)))
    for expected, each in enumerate(found, start=1):
        if each.number != expected:
            raise StartRefused(f"Migration {each.name} has a wrong number.", hint=f"The next free number is {expected:04}.")
        if each.of_schema and not all(_OF_SCHEMA.match(statement.text) for statement in each.statements):
            raise StartRefused(f"Migration {each.name} changes the schema and the records at once.", hint="Make two of it.")
    return tuple(found)


async def read_applied(graph: Graph) -> dict[int, Applied]:
    """What the graph says was applied."""
    rows = await graph.read_all(Statement("MATCH (m:`Migration`) RETURN m.number, m.name, m.checksum"))
    return {number: Applied(name, checksum) for number, name, checksum in rows}


def check(migrations: Sequence[Migration], applied: dict[int, Applied]) -> None:
    """Refuse to touch a graph whose history is not the one of these files."""
    known = {each.number: each for each in migrations}
    for number, there in sorted(applied.items()):
        if number == DECLARED:
            continue
        here = known.get(number)
        if here is None:
            raise StartRefused(
                f"The graph has seen migration {there.name}, which this program does not have.",
                code="GRAPH_IS_NEWER",
                hint="A newer version of the program has used this graph; start that one, or a copy made before.",
            )
        if here.checksum != there.checksum:
            raise StartRefused(
                f"Migration {here.name} was edited after this graph had applied it.",
                code="MIGRATION_EDITED",
                hint="Put the file back as it was and write what is new into a migration of its own.",
            )


async def _declare(graph: Graph, domain: Domain, applied: Applied | None, *, mend: bool) -> bool:
    """Whether anything of the schema, or of the texts that go with it, is other than before."""
    labels, types = labels_of(domain), relationship_types_of(domain)
    checksum = checksum_of(labels, types)
    known = applied is not None and applied.checksum == checksum
    if known and not mend:
        return False
    before = await graph.read_all(_INDEXES)
    await _patiently(lambda: graph.declare(labels, types))
    for index in FULL_TEXT:
        await _patiently(partial(graph.create_full_text, index))
    rewritten = await bring_up_to_date(graph, domain)
    if known and not rewritten and sorted(before) == sorted(await graph.read_all(_INDEXES)):
        return False

    async def note(transaction: Transaction) -> None:
        values = {"number": DECLARED, "name": "the declared schema", "checksum": checksum, "at": _now()}
        text = "MERGE (m:`Migration` {number: $number}) SET m.name = $name, m.checksum = $checksum, m.at = $at"
        await transaction.run(Statement(text, values))

    await graph.write(note)
    return True


async def _apply(graph: Graph, migration: Migration) -> bool:
    """Whether it was this run that applied it, rather than another at the same moment."""
    if migration.of_schema:
        for statement in migration.statements:
            await _patiently(partial(graph.schema, statement))
    applier = uuid.uuid4().hex

    async def work(transaction: Transaction) -> bool:
        # The unique number makes a second process wait here until the first has committed; then it finds it applied.
        text = (
            "MERGE (m:`Migration` {number: $number}) "
            "ON CREATE SET m.name = $name, m.checksum = $checksum, m.at = $at, m.applier = $applier RETURN m.applier, m.checksum"
        )
        values = {"number": migration.number, "name": migration.name, "checksum": migration.checksum, "at": _now(), "applier": applier}
        [[by, checksum]] = await transaction.run(Statement(text, values))
        if by != applier:
            check([migration], {migration.number: Applied(migration.name, checksum)})
            return False
        for statement in () if migration.of_schema else migration.statements:
            await transaction.run(statement)
        return True

    return await graph.write(work)


async def _patiently(step: Callable[[], Awaitable[object]]) -> None:
    """Two processes that make the same constraint at once can stand in each other's way; it is there for both in the end."""
    for tried in range(_TRIES):
        try:
            await step()
            return
        except (GraphUnavailable, ConstraintBroken):
            if tried == _TRIES - 1:
                raise
            await asyncio.sleep(0.2 * (tried + 1))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
