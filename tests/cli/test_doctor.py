"""The doctor names what is ill, says what to mend, and leaves everything as it was."""

import asyncio
import json
import os
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph_schema.domain import load_domain
from server.cli.checks.everything import examine
from server.cli.checks.graph import clock, examine_graph
from server.cli.checks.verdict import Check, Verdict
from server.cypher import Statement, Transaction
from server.data_folder import DataFolder
from server.graph import Graph
from server.migrations import migrate
from server.settings import Settings
from tests.examples import a_record
from tests.neo4j_server import LTS
from tests.stores import Store, own_neo4j

ROOT = Path(__file__).parents[2]
DOMAIN = load_domain()
PATIENCE = 120
on_neo4j = pytest.mark.parametrize("store", ["neo4j"], indirect=True, scope="session")
on_embedded = pytest.mark.parametrize("store", ["embedded"], indirect=True, scope="session")


async def found(settings: Settings, **more: Any) -> list[Check]:
    return [check async for check in examine(settings, {}, **more)]


def ill(checks: list[Check]) -> dict[str, Check]:
    return {check.subject: check for check in checks if check.verdict is Verdict.FAILED}


@pytest.fixture(scope="module")
async def prepared(store: Store) -> AsyncIterator[Graph]:
    """A graph with everything that it needs and one record; whoever breaks something in it mends it again."""
    async with store.clean_graph() as graph:
        await migrate(graph, DOMAIN)
        await a_record(graph, "City", "malmo")
        yield graph


async def run(graph: Graph, text: str) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(Statement(text))

    await graph.write(work)


async def checked(graph: Graph) -> dict[str, Check]:
    return {check.subject: check async for check in examine_graph(graph, DOMAIN)}


# A graph ------------------------------------------------------------------------------------------


async def test_a_graph_that_is_well_is_said_to_be_well(prepared: Graph) -> None:
    checks = await checked(prepared)

    assert {subject: check.verdict for subject, check in checks.items()} == dict.fromkeys(
        ("version", "reading", "writing", "schema rights", "clock", "migrations", "indexes", "data"), Verdict.OK
    )
    assert re.search(r"\d+ unique constraints, \d+ further indexes and 2 full-text indexes are there", checks["indexes"].message)
    assert checks["data"].message == "1 records at revision 0, most of them 1 City."


async def test_what_is_tried_leaves_nothing_behind(prepared: Graph) -> None:
    indexes = Statement("SHOW INDEXES YIELD labelsOrTypes, properties, state RETURN labelsOrTypes, properties, state")
    count = Statement("RETURN COUNT { (n) }, null")
    before = await prepared.read(count), await prepared.read_all(indexes)

    await checked(prepared)

    assert (await prepared.read(count), await prepared.read_all(indexes)) == before


async def test_a_missing_index_and_a_missing_constraint_are_named_and_migrate_mends_them(prepared: Graph) -> None:
    for name in ("City[slug]", "City[missionStatus]") if prepared.sql else ("City_slug_unique", "City_missionStatus"):
        if prepared.sql:
            await prepared.sql(f"DROP INDEX `{name}`")
        else:
            await prepared.schema(Statement(f"DROP {'CONSTRAINT' if 'unique' in name else 'INDEX'} `{name}`"))

    told = (await checked(prepared))["indexes"]
    report = await migrate(prepared, DOMAIN, mend=True)
    mended = (await checked(prepared))["indexes"]

    assert report.declared
    assert told.verdict is Verdict.FAILED
    assert told.message == "The index on City.missionStatus and the unique constraint on City.slug are missing."
    assert told.hint == "Run `replicity migrate`."
    assert mended.verdict is Verdict.OK


async def test_a_missing_full_text_index_is_named_and_migrate_mends_it(prepared: Graph) -> None:
    if prepared.sql:
        await prepared.sql("DROP INDEX `record_texts`")
    else:
        await prepared.schema(Statement("DROP INDEX `record_texts`"))

    told = (await checked(prepared))["indexes"]
    await migrate(prepared, DOMAIN, mend=True)
    mended = (await checked(prepared))["indexes"]

    assert told.verdict is Verdict.FAILED
    assert told.message == "The full-text index record_texts is missing."
    assert told.hint == "Run `replicity migrate`."
    assert mended.verdict is Verdict.OK


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("MATCH (m:Migration {number: 1}) DELETE m", "The graph has not seen 0001_the_graph_itself."),
        ("MATCH (m:Migration {number: 1}) SET m.checksum = 'x'", "Migration 0001_the_graph_itself was edited"),
        ("MATCH (m:Migration {number: 0}) SET m.checksum = 'x'", "The graph's schema is not the one that this program declares."),
        (
            "CREATE (:Migration {number: 9999, name: '9999_from_tomorrow', checksum: 'x'})",
            "The graph has seen migration 9999_from_tomorrow",
        ),
    ],
)
async def test_a_history_that_is_not_this_programs_is_said(prepared: Graph, harm: str, words: str) -> None:
    rows = await prepared.read_all(Statement("MATCH (m:Migration) RETURN properties(m)"))
    await run(prepared, harm)
    try:
        told = (await checked(prepared))["migrations"]
    finally:
        await run(prepared, "MATCH (m:Migration) DELETE m")
        for (properties,) in rows:
            await prepared.write(lambda tx, p=properties: tx.run(Statement("CREATE (m:Migration) SET m = $p", {"p": p})))  # type: ignore[misc]

    assert told.verdict is Verdict.FAILED
    assert words in told.message
    assert told.hint


async def test_a_graph_that_was_never_prepared_is_no_illness(graph: Graph) -> None:
    checks = await checked(graph)

    assert checks["migrations"].verdict is Verdict.WARNING
    assert "`replicity up`" in (checks["migrations"].hint or "")
    assert ill(list(checks.values())) == {}


@pytest.mark.parametrize(("seconds", "verdict"), [(0, Verdict.OK), (30, Verdict.WARNING), (-30, Verdict.WARNING), (3600, Verdict.FAILED)])
async def test_a_clock_that_differs_from_the_databases_is_noticed(store: Store, seconds: float, verdict: Verdict) -> None:
    async with store.graph() as graph:
        check = await clock(graph, lambda: datetime.now(UTC).timestamp() + seconds)

    assert check.verdict is verdict


# Stores that do not let us in ----------------------------------------------------------------------


def neo4j_settings(store: Store, **other: Any) -> Settings:
    given = {"database_uri": store.address.uri, "database_user": store.address.user, "database_password": store.address.password()}
    return Settings(**{**given, **other})


@on_neo4j
async def test_a_neo4j_that_is_well_has_nothing_to_mend(store: Store) -> None:
    checks = await found(neo4j_settings(store))

    assert ill(checks) == {} or set(ill(checks)) <= {"migrations", "indexes"}
    assert next(check.message for check in checks if check.subject == "version") == "Neo4j/5.26.30, 5.26.30 community."


@on_neo4j
async def test_a_wrong_password_is_said_and_not_shown(store: Store) -> None:
    checks = await found(neo4j_settings(store, database_user="nobody", database_password="a-wrong-password"))

    assert "refuses the password of user nobody" in ill(checks)["reachable"].message
    assert "REPLICITY_DATABASE_PASSWORD_FILE" in (ill(checks)["reachable"].hint or "")
    assert "a-wrong-password" not in str(checks)


@on_neo4j
async def test_a_missing_database_is_said_by_its_name(store: Store) -> None:
    checks = await found(neo4j_settings(store, database_name="mission"))

    assert "no database named mission" in ill(checks)["reachable"].message


async def test_a_wrong_address_is_said(tmp_path: Path) -> None:
    checks = await found(Settings(database_uri="bolt://127.0.0.1:9", database_password="x"))

    assert ill(checks)["reachable"].message == "Nothing that speaks Bolt answers at bolt://127.0.0.1:9."


async def test_a_password_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    checks = await found(Settings(database_uri="bolt://127.0.0.1:9", database_password_file=tmp_path / "none"))

    assert str(tmp_path / "none") in ill(checks)["reachable"].message


@pytest.mark.graph
async def test_a_database_that_is_read_only_may_be_read_but_not_written_to(tmp_path: Path) -> None:
    with own_neo4j(LTS, tmp_path / "neo4j") as server:
        # Read-only from the first start it would never come up.
        server.stop()
        with (server.home / "conf" / "neo4j.conf").open("a") as conf:
            conf.write("server.databases.read_only=neo4j\n")
        server.start()
        settings = Settings(database_uri=server.uri, database_user="neo4j", database_password=server.password)
        checks = {check.subject: check for check in await found(settings)}

    assert checks["reading"].verdict is Verdict.OK
    for subject in ("writing", "schema rights"):
        assert checks[subject].verdict is Verdict.FAILED
        assert "may not do what the service needs" in checks[subject].message
        assert "must not be read-only" in (checks[subject].hint or "")


# The embedded database ------------------------------------------------------------------------------


@on_embedded
async def test_a_database_in_use_is_said_with_its_owner_and_looked_into_all_the_same(store: Store) -> None:
    assert store.database
    checks = await found(Settings(data_dir=store.database.folder.path))

    told = {check.subject: check.message for check in checks}
    assert told["owner"].startswith(f"Process {os.getpid()} has had the data folder in use since 20")
    assert told["reachable"] == "The embedded database answers the process that runs it, and this one."
    assert "(ArcadeDB " in told["version"]
    assert store.database.pid


@on_embedded
async def test_a_lost_password_of_a_database_in_use_is_said(store: Store) -> None:
    assert store.database
    file = store.database.folder.password_file
    elsewhere = file.rename(file.with_name("elsewhere"))
    try:
        checks = await found(Settings(data_dir=store.database.folder.path))
    finally:
        elsewhere.rename(file)

    assert f"password in {file} cannot be read" in ill(checks)["reachable"].message


@pytest.mark.graph
async def test_a_database_that_nobody_runs_is_started_for_the_look_and_stopped(tmp_path: Path) -> None:
    code, _, _ = await replicity("migrate", "--data-dir", str(tmp_path / "data"))
    assert code == 0

    checks = await found(Settings(data_dir=tmp_path / "data"))

    assert ill(checks) == {}
    assert {"version", "writing", "indexes", "data"} <= {check.subject for check in checks}
    assert DataFolder(tmp_path / "data").owner() is None


async def test_where_nothing_is_yet_nothing_is_made(tmp_path: Path) -> None:
    checks = await found(Settings(data_dir=tmp_path / "data"))

    assert ill(checks) == {}
    assert checks[-1].message == "There is no embedded database yet."
    assert not (tmp_path / "data").exists()


async def test_on_a_full_disk_no_database_is_started(tmp_path: Path) -> None:
    (tmp_path / "databases" / "graph").mkdir(parents=True)

    checks = await found(Settings(data_dir=tmp_path), free_bytes=lambda _: 50_000_000)

    assert set(ill(checks)) == {"disk"}
    assert "50 MB are free" in ill(checks)["disk"].message
    assert checks[-1].subject == "owner"


# The command ----------------------------------------------------------------------------------------


async def replicity(*arguments: str, **environment: str) -> tuple[int, str, str]:
    """Exit code, words and complaints of the program, with no other setting than these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("REPLICITY_")}
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server", *arguments, cwd=ROOT, stdout=PIPE, stderr=PIPE, env={**clean, **environment}
    )
    said, complained = await asyncio.wait_for(program.communicate(), PATIENCE)
    return program.returncode or 0, said.decode(), complained.decode()


async def test_the_command_says_one_line_a_check_and_fails_where_something_is_to_mend() -> None:
    code, said, complained = await replicity(
        "doctor", REPLICITY_DATABASE_URI="bolt://somebody:hidden-word@127.0.0.1:9", REPLICITY_DATABASE_PASSWORD="secret-word"
    )

    assert code == 1
    assert [line for line in said.splitlines() if line[0] not in "✓!✗"] == []
    assert "✗ reachable: " in said
    assert "secret-word" not in said + complained
    assert "hidden-word" not in said + complained


async def test_for_machines_it_is_one_object(tmp_path: Path) -> None:
    code, said, _ = await replicity("doctor", "--json", "--data-dir", str(tmp_path / "data"))

    told = json.loads(said)
    assert (code, told["ok"]) == (0, True)
    assert {check["verdict"] for check in told["checks"]} == {"ok", "warning"}
    assert told["checks"][0].keys() == {"check", "verdict", "message", "hint"}


async def test_a_setting_that_cannot_be_is_a_finding_too() -> None:
    code, said, _ = await replicity("doctor", "--json", REPLICITY_PORT="eighty")

    assert code == 1
    assert "REPLICITY_PORT" in json.loads(said)["checks"][0]["message"]
