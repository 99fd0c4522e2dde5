"""Migrations: in order, once, and never behind anybody's back."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from graph_schema.domain import load_domain
from server.cypher import Statement, Transaction
from server.declared_schema import checksum_of, labels_of, relationship_types_of
from server.dialects.embedded import EMBEDDED
from server.embedded import running
from server.errors import StartRefused
from server.graph import ConstraintBroken, Graph, StatementFailed, connect
from server.migrations import FOLDER, migrate, read_applied, read_migrations
from tests.stores import Store

DOMAIN = load_domain()


def written(folder: Path, **migrations: str) -> Path:
    """A folder of migrations: `_0001_first="…"`."""
    folder.mkdir(exist_ok=True)
    for name, text in migrations.items():
        (folder / f"{name.lstrip('_')}.cypher").write_text(text, encoding="utf-8")
    return folder


MARK = "MERGE (m:`Mark` {{name: '{0}'}}) SET m.times = coalesce(m.times, 0) + 1;"


async def marks(graph: Graph) -> dict[str, int]:
    """How often each of the test's migrations left its mark."""
    return dict(await graph.read_all(Statement("MATCH (m:`Mark`) RETURN m.name, m.times")))


async def test_migrations_are_applied_in_order_and_once(graph: Graph, tmp_path: Path) -> None:
    folder = written(tmp_path / "m", _0001_first=MARK.format("a"), _0002_second="MATCH (m:`Mark` {name: 'a'}) SET m.times = 7;")

    first, second = await migrate(graph, DOMAIN, folder), await migrate(graph, DOMAIN, folder)

    assert first.applied == ("0001_first", "0002_second")
    assert (second.declared, second.applied) == (False, ())
    assert await marks(graph) == {"a": 7}


async def test_mending_what_is_whole_is_nothing_to_do(graph: Graph) -> None:
    await migrate(graph, DOMAIN)

    whole = await migrate(graph, DOMAIN, mend=True)
    await graph.write(lambda tx: tx.run(Statement("CREATE (:City:Record {id: 'City:lund', slug: 'lund', name: 'Lund'})")))
    without_texts = await migrate(graph, DOMAIN, mend=True)

    assert str(whole) == "nothing to do"
    assert str(without_texts) == "declared the schema"


async def test_with_nothing_to_do_one_question_is_asked(graph: Graph) -> None:
    await migrate(graph, DOMAIN)
    asked: list[str] = []
    graph.observers.append(lambda statement: asked.append(statement.text))

    report = await migrate(graph, DOMAIN)

    assert str(report) == "nothing to do"
    assert len(asked) == 1


async def test_what_was_applied_is_recorded_with_its_checksum(graph: Graph) -> None:
    await migrate(graph, DOMAIN)

    rows = await graph.read_all(Statement("MATCH (m:`Migration`) RETURN m.number, m.name, m.checksum ORDER BY m.number"))

    declared = checksum_of(labels_of(DOMAIN), relationship_types_of(DOMAIN))
    assert rows == [[0, "the declared schema", declared], *([each.number, each.name, each.checksum] for each in read_migrations(FOLDER))]


async def test_a_migration_edited_after_it_was_applied_is_refused(graph: Graph, tmp_path: Path) -> None:
    folder = written(tmp_path / "m", _0001_first=MARK.format("a"))
    await migrate(graph, DOMAIN, folder)
    written(folder, _0001_first=MARK.format("b"), _0002_second=MARK.format("c"))

    with pytest.raises(StartRefused, match="0001_first was edited"):
        await migrate(graph, DOMAIN, folder)

    assert await marks(graph) == {"a": 1}


async def test_other_line_ends_are_no_edit(graph: Graph, tmp_path: Path) -> None:
    folder = written(tmp_path / "m", _0001_first=f"// one\n{MARK.format('a')}\n")
    await migrate(graph, DOMAIN, folder)
    path = folder / "0001_first.cypher"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert (await migrate(graph, DOMAIN, folder)).applied == ()


async def test_a_graph_that_a_newer_program_has_used_is_refused(graph: Graph, tmp_path: Path) -> None:
    folder = written(tmp_path / "m", _0001_first=MARK.format("a"), _0002_second=MARK.format("b"))
    await migrate(graph, DOMAIN, folder)
    (folder / "0002_second.cypher").unlink()

    with pytest.raises(StartRefused, match="0002_second, which this program does not have"):
        await migrate(graph, DOMAIN, folder)


async def test_a_migration_that_fails_half_way_leaves_nothing_and_can_be_run_again(graph: Graph, tmp_path: Path) -> None:
    folder = written(tmp_path / "m", _0001_first=MARK.format("a"), _0002_second=f"{MARK.format('b')} THIS IS NO CYPHER;")
    with pytest.raises(StatementFailed):
        await migrate(graph, DOMAIN, folder)
    after_failure = await marks(graph)
    written(folder, _0002_second=MARK.format("b"))

    report = await migrate(graph, DOMAIN, folder)

    assert after_failure == {"a": 1}
    assert report.applied == ("0002_second",)
    assert await marks(graph) == {"a": 1, "b": 1}


async def test_two_that_start_at_once_apply_each_migration_once(store: Store, graph: Graph, tmp_path: Path) -> None:
    folder = written(tmp_path / "m", **{f"_{n:04}_step": MARK.format(f"m{n}") for n in range(1, 6)})

    async with store.another(graph) as other:
        reports = await asyncio.gather(*(migrate(each, DOMAIN, folder) for each in (graph, other)))

    assert await marks(graph) == {f"m{n}": 1 for n in range(1, 6)}
    assert sorted(name for report in reports for name in report.applied) == [f"{n:04}_step" for n in range(1, 6)]


# The second of its statements takes a second or two.
LONG = f"{MARK.format('m2')} UNWIND range(1, 2000000) AS i WITH sum(i % 7) AS s MERGE (m:`Mark` {{name: 'long'}}) SET m.times = 1;"


@asynccontextmanager
async def after_the_kill(store: Store, graph: Graph, folder: Path) -> AsyncIterator[Graph]:
    """The graph that a killed process has left behind."""
    if store.database is None:
        yield graph
        return
    async with running(folder, 60.0) as (database, address), connect(address, EMBEDDED, 60.0) as left:
        left.sql = database.sql
        yield left


@pytest.mark.parametrize(
    ("killed_at", "left"),
    [
        pytest.param("Pilot", [], id="while the schema is declared"),
        pytest.param("UNWIND", ["0001_first"], id="within a migration"),
    ],
)
async def test_a_run_killed_in_the_middle_is_taken_up_by_the_next(
    store: Store, graph: Graph, tmp_path: Path, killed_at: str, left: list[str]
) -> None:
    folder = written(tmp_path / "m", _0001_first=MARK.format("m1"), _0002_second=LONG, _0003_third=MARK.format("m3"))
    place = ("bolt", graph.address.uri) if store.database is None else ("folder", str(tmp_path / "data"))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.migrating", str(folder), *place),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "MIGRATING_PASSWORD": graph.address.password()},
    )
    assert process.stdout
    async for line in process.stdout:
        if killed_at in line.decode():
            process.kill()
            break
    await process.wait()

    async with after_the_kill(store, graph, tmp_path / "data") as graph_after:
        before = sorted(each.name for each in (await read_applied(graph_after)).values() if each.name.startswith("000"))
        report = await migrate(graph_after, DOMAIN, folder)
        again = await migrate(graph_after, DOMAIN, folder)
        found = await marks(graph_after)

    assert process.returncode == -9
    assert before == left
    assert found == {"m1": 1, "m2": 1, "long": 1, "m3": 1}
    assert list(report.applied) == ["0001_first", "0002_second", "0003_third"][len(left) :]
    assert str(again) == "nothing to do"


@pytest.mark.parametrize("store", ["neo4j"], indirect=True, scope="session")
async def test_what_another_has_made_already_counts_as_made(graph: Graph) -> None:
    made = Statement("CREATE INDEX `Mark_name` FOR (n:`Mark`) ON (n.`name`)")
    await graph.schema(made)

    await graph.schema(made)


async def test_an_index_migration_is_applied_outside_a_transaction(graph: Graph, tmp_path: Path) -> None:
    folder = written(tmp_path / "m", _0001_index="CREATE INDEX `Mark_name` IF NOT EXISTS FOR (n:`Mark`) ON (n.`name`);")

    assert (await migrate(graph, DOMAIN, folder)).applied == ("0001_index",)
    assert (await migrate(graph, DOMAIN, folder)).applied == ()


async def created(graph: Graph, labels: str, id: str, slug: str) -> None:
    """A node, made by someone."""
    statement = Statement(f"CREATE (n:{labels}) SET n.id = $id, n.slug = $slug", {"id": id, "slug": slug})

    async def work(transaction: Transaction) -> None:
        await transaction.run(statement)

    await graph.write(work)


@pytest.mark.parametrize(("labels", "id", "slug"), [("`City`:`Record`", "City:b", "a"), ("`Pilot`:`Record`", "City:a", "p")])
async def test_the_declared_schema_keeps_slugs_and_ids_apart(graph: Graph, labels: str, id: str, slug: str) -> None:
    await migrate(graph, DOMAIN)
    await created(graph, "`City`:`Record`", "City:a", "a")

    with pytest.raises(ConstraintBroken):
        await created(graph, labels, id, slug)


async def test_a_new_node_type_is_declared_when_the_domain_grows(graph: Graph) -> None:
    smaller = type(DOMAIN)({label: each for label, each in DOMAIN.nodes.items() if label != "Need"}, DOMAIN.declared)
    await migrate(graph, smaller)

    report = await migrate(graph, DOMAIN)

    assert report.declared


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("_0002_gap", "RETURN 1;", "wrong number"),
        ("first", "RETURN 1;", "not the name of a migration"),
        ("_0001_both", "CREATE INDEX a IF NOT EXISTS FOR (n:A) ON (n.b); MERGE (n:A);", "at once"),
    ],
)
def test_a_file_that_cannot_be_a_migration_is_refused(name: str, text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match=words):
        read_migrations(written(tmp_path / "m", **{name: text}))
