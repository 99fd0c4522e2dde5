"""What the graph promises, kept alike by every store."""

import asyncio
import math
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.cypher import Statement, Transaction
from server.dialects import FullTextIndex, LabelSchema, PropertyType, quoted
from server.errors import GraphTooSlow
from server.graph import ConstraintBroken, Graph, StatementFailed
from tests.bolt_tap import bolt_traffic
from tests.stores import PATIENT, Store
from tests.wire import Wire, wire_to

pytestmark = pytest.mark.neo4j_2026

TOWN = LabelSchema(
    label="Town",
    properties=(
        ("slug", PropertyType.STRING),
        ("people", PropertyType.INTEGER),
        ("area", PropertyType.FLOAT),
        ("capital", PropertyType.BOOLEAN),
        ("aliases", PropertyType.STRINGS),
    ),
    unique=("slug",),
    indexed=("people",),
    also_labels=("Thing",),
)
THING = LabelSchema("Thing", (("id", PropertyType.STRING),), unique=("id",))


def count(label: str) -> Statement:
    return Statement(f"RETURN COUNT {{ (n:{label}) }}, null")


async def create_town(tx: Transaction, slug: str, **properties: Any) -> None:
    await tx.run(Statement("CREATE (n:Town:Thing {slug: $slug, id: 'Town:' + $slug}) SET n += $more", {"slug": slug, "more": properties}))


@pytest.fixture
async def wire(store: Store) -> AsyncIterator[Wire]:
    port = store.database.bolt_port if store.database else int(store.address.uri.rpartition(":")[2])
    async with wire_to(port) as wire:
        yield wire


@pytest.fixture
async def wired(store: Store, wire: Wire) -> AsyncIterator[Graph]:
    """The store's graph at the far end of a wire."""
    async with store.graph(through=wire.port) as graph:
        yield graph


async def test_a_read_is_one_statement_one_round_trip_and_one_record(graph: Graph) -> None:
    await graph.read(count("Town"))

    with bolt_traffic() as traffic:
        await graph.read(Statement("RETURN [1, [2, 3]], 'x'"))

    assert (traffic.statements, traffic.round_trips, traffic.records) == (1, 1, 1)


async def test_a_read_asks_for_read_access_and_names_its_limit(store: Store, graph: Graph) -> None:
    with bolt_traffic() as traffic:
        await graph.read(Statement("RETURN 1"))

    assert "'mode': 'r'" in traffic.sent[0]
    assert f"'tx_timeout': {1000 * PATIENT:.0f}" in traffic.sent[0]
    assert f"'db': '{graph.address.database}'" in traffic.sent[0]


async def test_an_observer_hears_of_every_statement_sent(graph: Graph) -> None:
    heard: list[Statement] = []
    graph.observers.append(heard.append)
    statement = Statement("RETURN $x", {"x": 1})

    await graph.read(statement)

    assert heard == [statement]


async def test_a_read_that_finds_not_one_record_is_a_fault(graph: Graph) -> None:
    with pytest.raises(StatementFailed, match="2 came"):
        await graph.read(Statement("UNWIND [1, 2] AS x RETURN x"))


async def test_all_records_come_in_their_order(graph: Graph) -> None:
    records = await graph.read_all(Statement("UNWIND range(1, 2500) AS x RETURN x, x * 2"))

    assert records == [[x, 2 * x] for x in range(1, 2501)]


async def test_a_stream_brings_every_record(graph: Graph) -> None:
    records = [record async for record in graph.stream(Statement("UNWIND range(1, 2500) AS x RETURN x"))]

    assert records == [[x] for x in range(1, 2501)]


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        2**63 - 1,
        -(2**63),
        1.0,
        -0.0,
        0.1,
        1e300,
        math.inf,
        "",
        "Malmö, Łódź, 東京, \U0001f600, a\x00b, e\u0301",
        "'; MATCH (n) DETACH DELETE n //",
        '`\\"$x',
        [],
        ["a", "b"],
        [1, 2],
        [1.0, 2.5],
        [[1, None], ["x", [True]]],
        "x" * 100_000,
    ],
    ids=lambda value: repr(value)[:30].encode("ascii", "backslashreplace").decode(),
)
async def test_a_value_comes_back_as_it_went(graph: Graph, value: Any) -> None:
    (back, _) = await graph.read(Statement("RETURN $value, null", {"value": value}))

    assert repr(back) == repr(value)


@pytest.mark.parametrize(
    "properties",
    [
        {"people": 2**53 + 1},
        {"area": 3.0},
        {"area": 0.1},
        {"capital": False},
        {"aliases": ["Malmø", ""]},
        {"aliases": []},
        {"aliases": None},
    ],
    ids=repr,
)
async def test_a_property_is_kept_as_it_was_given(graph: Graph, properties: dict[str, Any]) -> None:
    await graph.declare([TOWN, THING])
    await graph.write(lambda tx: create_town(tx, "malmo", **properties))

    (name,) = properties
    (back, _) = await graph.read(Statement(f"MATCH (n:Town {{slug: 'malmo'}}) RETURN n.{name}, null"))

    assert repr(back) == repr(properties[name])


async def test_a_value_that_cannot_be_sent_leaves_the_connection_usable(graph: Graph) -> None:
    for value in (2**63, "\ud800", object()):
        with pytest.raises((OverflowError, ValueError, TypeError)):
            await graph.read(Statement("RETURN $value", {"value": value}))

    assert await graph.read(Statement("RETURN 1")) == [1]


async def test_nulls_come_last_upwards_and_text_is_ordered_by_character_code(graph: Graph) -> None:
    records = await graph.read_all(Statement("UNWIND ['b', null, 'ä', 'B', 'a'] AS x RETURN x ORDER BY x"))

    assert records == [["B"], ["a"], ["b"], ["ä"], [None]]


async def test_what_is_not_there_is_not_an_error(graph: Graph) -> None:
    statement = Statement("RETURN COLLECT { MATCH (n:Nowhere)-[:NEVER]->(m) RETURN [n.slug, m.slug] }, COUNT { (:Nowhere) }")

    assert await graph.read(statement) == [[], 0]


async def test_a_write_is_kept_whole(graph: Graph) -> None:
    async def work(tx: Transaction) -> str:
        await create_town(tx, "a")
        await create_town(tx, "b")
        (found,) = await tx.run(count("Town"))
        return f"saw {found[0]}"

    said = await graph.write(work)

    assert said == "saw 2"
    assert await graph.read(count("Town")) == [2, None]


async def test_a_write_whose_work_raises_is_undone_whole(graph: Graph) -> None:
    async def work(tx: Transaction) -> None:
        await create_town(tx, "a")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        await graph.write(work)

    assert await graph.read(count("Town")) == [0, None]


async def test_a_write_with_a_failing_statement_is_undone_whole(graph: Graph) -> None:
    async def work(tx: Transaction) -> None:
        await create_town(tx, "a")
        await tx.run(Statement("RETURN 1 / 0"))

    with pytest.raises(StatementFailed, match="ArithmeticError"):
        await graph.write(work)

    assert await graph.read(count("Town")) == [0, None]


async def test_a_write_that_is_cancelled_is_undone_whole(graph: Graph) -> None:
    begun = asyncio.Event()

    async def work(tx: Transaction) -> None:
        await create_town(tx, "a")
        begun.set()
        await asyncio.Event().wait()

    writing = asyncio.create_task(graph.write(work))
    await begun.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing

    assert await graph.read(count("Town")) == [0, None]
    await graph.write(lambda tx: create_town(tx, "b"))
    assert await graph.read(count("Town")) == [1, None]


async def test_nobody_sees_a_write_before_it_is_kept(graph: Graph) -> None:
    async def work(tx: Transaction) -> list[Any]:
        await create_town(tx, "a")
        return await graph.read(count("Town"))

    assert await graph.write(work) == [0, None]


async def test_concurrent_increments_are_all_counted(graph: Graph) -> None:
    await graph.write(lambda tx: create_town(tx, "a", people=0))

    async def grow(tx: Transaction) -> None:
        await tx.run(Statement("MATCH (n:Town {slug: 'a'}) SET n.people = n.people + 1"))

    await asyncio.gather(*(graph.write(grow) for _ in range(60)))

    assert await graph.read(Statement("MATCH (n:Town) RETURN n.people, null")) == [60, None]


async def test_two_processes_that_write_the_same_node_both_succeed(store: Store, graph: Graph) -> None:
    await graph.write(lambda tx: create_town(tx, "a", people=0))

    async def grow(tx: Transaction) -> None:
        await tx.run(Statement("MATCH (n:Town {slug: 'a'}) SET n.people = n.people + 1"))

    async with store.another(graph) as other:
        await asyncio.gather(*(each.write(grow) for _ in range(20) for each in (graph, other)))

    assert await graph.read(Statement("MATCH (n:Town) RETURN n.people, null")) == [40, None]


async def test_concurrent_merges_of_one_key_make_one_node(store: Store, graph: Graph) -> None:
    await graph.declare([TOWN, THING])

    async def merge(tx: Transaction) -> None:
        await tx.run(Statement("MERGE (n:Town {slug: $slug}) ON CREATE SET n.people = 1", {"slug": "a"}))

    async with store.another(graph) as other:
        await asyncio.gather(*(each.write(merge) for _ in range(10) for each in (graph, other)))

    assert await graph.read(count("Town")) == [1, None]


async def test_what_must_be_unique_is_refused_twice_on_each_label(graph: Graph) -> None:
    await graph.declare([TOWN, THING])
    await graph.write(lambda tx: create_town(tx, "a"))

    with pytest.raises(ConstraintBroken):
        await graph.write(lambda tx: create_town(tx, "a", id="Town:other"))
    with pytest.raises(ConstraintBroken):
        await graph.write(lambda tx: create_town(tx, "b", id="Town:a"))

    assert await graph.read(count("Town")) == [1, None]


async def test_declaring_again_changes_nothing(graph: Graph) -> None:
    await graph.declare([TOWN, THING], ["NEAR"])
    indexes = Statement("SHOW INDEXES YIELD name RETURN name ORDER BY name")
    first = await graph.schema(indexes)

    await graph.declare([TOWN, THING], ["NEAR"])

    assert await graph.schema(indexes) == first
    assert len(first) >= 3


def test_a_name_with_a_back_tick_is_never_written() -> None:
    with pytest.raises(ValueError, match="cannot be a name"):
        quoted("Town` {x: 1}) DETACH DELETE n //")


async def test_full_text_finds_words_with_one_typo(graph: Graph) -> None:
    index = FullTextIndex("towns", "Thing", ("text",))
    await graph.create_full_text(index)
    await graph.create_full_text(index)
    await graph.write(lambda tx: create_town(tx, "a", text="the carbon neutral quarter"))
    await graph.write(lambda tx: create_town(tx, "b", text="a quiet quarter"))

    found = Statement("CALL db.index.fulltext.queryNodes('towns', $words) YIELD node RETURN node.slug", {"words": "the AND carbn~"})

    assert await graph.read_all(found) == [["a"]]


async def test_a_wrong_statement_is_a_fault_with_the_code_of_the_database(graph: Graph) -> None:
    with pytest.raises(StatementFailed) as caught:
        await graph.read(Statement("RETUN 1"))

    assert caught.value.code == "Neo.ClientError.Statement.SyntaxError"


async def test_a_statement_that_takes_too_long_is_given_up_in_time(store: Store) -> None:
    loop = asyncio.get_running_loop()
    endless = Statement("UNWIND range(1, 30000) AS a UNWIND range(1, 30000) AS b WITH a, b WHERE a * b % 7 = 9 RETURN count(*)")

    async with store.clean_graph(seconds=0.5) as graph:
        began = loop.time()
        with pytest.raises(GraphTooSlow):
            await graph.read(endless)
        taken = loop.time() - began

        assert 0.4 < taken < 1.5
        assert graph.alive()
        assert await graph.read(Statement("RETURN 1")) == [1]


async def test_a_write_that_takes_too_long_is_undone(graph: Graph) -> None:
    async def work(tx: Transaction) -> None:
        await create_town(tx, "a")
        await asyncio.Event().wait()

    with pytest.raises(GraphTooSlow):
        await graph.write(work, within=0.3)

    assert await graph.read(count("Town")) == [0, None]


async def test_a_write_without_limit_may_take_longer_than_a_read(store: Store) -> None:
    async with store.clean_graph(seconds=0.2) as graph:

        async def work(tx: Transaction) -> None:
            await create_town(tx, "a")
            await asyncio.sleep(0.4)

        await graph.write(work, within=math.inf)

        assert await graph.read(count("Town")) == [1, None]


async def test_a_lost_connection_goes_unnoticed_by_a_read(wired: Graph, wire: Wire) -> None:
    await wired.read(Statement("RETURN 1"))
    wire.cut()

    assert await wired.read(Statement("RETURN 2")) == [2]


async def test_a_write_whose_connection_is_lost_runs_again(wired: Graph, wire: Wire) -> None:
    tries = 0

    async def work(tx: Transaction) -> int:
        nonlocal tries
        tries += 1
        (record,) = await tx.run(Statement("RETURN 1"))
        if tries == 1:
            wire.cut()
        (record,) = await tx.run(Statement("RETURN 2"))
        return int(record[0])

    assert await wired.write(work) == 2
    assert tries == 2


async def test_much_at_once_is_all_answered(graph: Graph) -> None:
    answers = await asyncio.gather(*(graph.read(Statement("RETURN $x", {"x": x})) for x in range(300)))

    assert answers == [[x] for x in range(300)]


async def test_after_a_load_the_planner_is_told(graph: Graph) -> None:
    await graph.settle()

    assert await graph.read(Statement("RETURN 1")) == [1]
