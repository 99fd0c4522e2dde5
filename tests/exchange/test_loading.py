"""Loads: all or nothing, nothing twice, and nobody's edits lost."""

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from graph_schema.domain import load_domain
from server.cypher import Statement, Transaction
from server.dialects.embedded import EMBEDDED
from server.embedded import running
from server.errors import GraphUnavailable, PackageRefused, Refusal
from server.exchange.load import LoadReport, bundled_package, load_package
from server.graph import Graph, connect
from server.migrations import migrate
from tests.exchange.packages import URL, Package, a_city, a_transfer, an_innovation, lund, two_cities
from tests.soaking import SOAKING
from tests.stores import Store


@dataclass
class Desk:
    """A graph that packages are brought to, and what is asked of it."""

    graph: Graph
    folder: Path
    load: Callable[..., Any] = field(init=False)

    def __post_init__(self) -> None:
        self.load = partial(self._load)

    async def _load(self, package: Package, **options: Any) -> LoadReport:
        return await load_package(self.graph, load_domain(), package.written(self.folder), **options)

    async def change(self, text: str, **values: Any) -> None:
        """Someone edits a record and raises the revision, as every change does."""

        async def work(transaction: Transaction) -> None:
            await transaction.run(Statement(text, values))
            await transaction.run(Statement("MATCH (g:`Graph`) SET g.revision = g.revision + 1"))

        await self.graph.write(work)

    async def one(self, text: str) -> Any:
        """The one value that a statement returns."""
        return (await self.graph.read(Statement(text)))[0]

    async def population(self, city: str = "lund") -> Any:
        return (await self.graph.read(Statement("MATCH (c:`City` {slug: $slug}) RETURN c.population", {"slug": city})))[0]


@pytest.fixture
async def desk(graph: Graph, tmp_path: Path) -> Desk:
    await migrate(graph, load_domain())
    return Desk(graph, tmp_path / "package")


async def test_a_load_is_one_event_that_touched_every_record(desk: Desk) -> None:
    report = await desk.load(two_cities())

    found = await desk.graph.read(
        Statement(
            "MATCH (g:`Graph`) MATCH (e:`Event`)-[t:`TOUCHED`]->(n:`Record`) RETURN g.revision, e.seq, e.kind, count(n), count(t.after)"
        )
    )
    assert found == [1, 1, "loaded", 4, 4]
    assert report.created == {"Country": 1, "City": 2, "Source": 1}
    assert report.revision == 1


async def test_a_loaded_record_knows_when_and_at_which_revision(desk: Desk) -> None:
    await desk.load(two_cities())

    found = await desk.graph.read(
        Statement(
            "MATCH (c:`City` {slug: 'malmo'}) RETURN c.id, c.status, c.revision, c.createdAt = c.updatedAt, c.nameFolded, c.updatedAt"
        )
    )
    assert found[:5] == ["City:malmo", "PUBLISHED", 1, True, "malmo"]
    assert len(found[5]) == len("2026-11-23T15:00:00.000000Z")


async def test_the_same_load_again_writes_nothing_and_makes_no_event(desk: Desk) -> None:
    await desk.load(two_cities())
    written: list[str] = []
    desk.graph.observers.append(lambda statement: written.append(statement.text))

    report = await desk.load(two_cities())

    assert report.changed_nothing
    assert report.revision == 1
    assert [text for text in written if "CREATE" in text or " SET " in text or "DELETE" in text] == []


async def test_a_wrong_row_keeps_every_row_out(desk: Desk) -> None:
    with pytest.raises(PackageRefused) as refused:
        await desk.load(two_cities(innovations=[an_innovation(first_year="soon")]))

    assert refused.value.details["findings"][0]["file"] == "innovations.csv"
    assert await desk.one("MATCH (n:`Record`) RETURN count(n)") == 0
    assert await desk.one("MATCH (g:`Graph`) RETURN g.revision") == 0


async def test_a_cell_that_package_and_graph_both_refuse_is_told_once(desk: Desk) -> None:
    with pytest.raises(PackageRefused) as refused:
        await desk.load(two_cities(cities=[a_city(country_code="ZZ"), lund()]), dry_run=True)

    assert [each["reason"] for each in refused.value.details["findings"]] == ["“ZZ” is not in countries"]
    assert refused.value.details["total"] == 1


async def test_a_dry_run_says_what_would_be_and_writes_nothing(desk: Desk) -> None:
    report = await desk.load(two_cities(), dry_run=True)

    assert report.created == {"Country": 1, "City": 2, "Source": 1}
    assert await desk.one("MATCH (n:`Record`) RETURN count(n)") == 0


async def test_a_graph_that_was_never_prepared_refuses_a_load(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="never prepared"):
        await load_package(graph, load_domain(), two_cities().written(tmp_path))


async def test_what_changed_only_in_the_package_is_written(desk: Desk) -> None:
    await desk.load(two_cities())

    report = await desk.load(Package({**two_cities().tables, "cities": [a_city(), lund(population="90000")]}))

    assert report.changed == {"City": 1}
    assert await desk.population() == 90_000
    touched = Statement("MATCH (:`Event` {seq: 2})-[t:`TOUCHED`]->(n) RETURN n.slug, t.before, t.after")
    assert await desk.graph.read(touched) == ["lund", '{"population":null}', '{"population":90000}']


def grown(population: str) -> Package:
    return Package({**two_cities().tables, "cities": [a_city(population="1"), lund(population=population)]})


async def test_what_changed_only_in_the_graph_is_kept(desk: Desk) -> None:
    await desk.load(grown("90000"))
    await desk.change("MATCH (c:`City` {slug: 'lund'}) SET c.population = 95000")

    report = await desk.load(grown("90000"))

    assert report.changed_nothing
    assert report.conflicts == ()
    assert await desk.population() == 95_000


@pytest.mark.parametrize(("prefer", "stands"), [(None, 95_000), ("graph", 95_000), ("package", 91_000)])
async def test_what_changed_on_both_sides_is_reported_and_settled_as_asked(desk: Desk, prefer: Any, stands: int) -> None:
    await desk.load(grown("90000"))
    await desk.change("MATCH (c:`City` {slug: 'lund'}) SET c.population = 95000")

    report = await desk.load(grown("91000"), prefer=prefer)

    told = [(each.slug, each.part, each.package, each.graph) for each in report.conflicts]
    assert told == ([] if prefer == "package" else [("lund", "population", 91_000, 95_000)])
    assert await desk.population() == stands
    # What was settled does not come up again; what was only reported does.
    assert len((await desk.load(grown("91000"))).conflicts) == (1 if prefer is None else 0)


async def test_both_sides_with_the_same_change_are_no_conflict(desk: Desk) -> None:
    await desk.load(grown("90000"))
    await desk.change("MATCH (c:`City` {slug: 'lund'}) SET c.population = 91000")

    report = await desk.load(grown("91000"))

    assert report.changed_nothing
    assert report.conflicts == ()


async def test_a_missing_optional_column_leaves_values_as_they_are_and_is_said(desk: Desk) -> None:
    await desk.load(grown("90000"))

    report = await desk.load(two_cities())

    assert await desk.population() == 90_000
    assert report.notes == ("cities has no column population: what the graph holds of it stays as it is.",)


async def test_an_emptied_cell_empties_the_property(desk: Desk) -> None:
    await desk.load(grown("90000"))

    await desk.load(grown(""))

    assert await desk.population() is None


async def test_a_changed_list_keeps_the_new_order(desk: Desk) -> None:
    def package(givers: str) -> Package:
        return two_cities(innovations=[an_innovation()], transfers=[a_transfer(source_city_ids=givers)])

    await desk.load(package("malmo;lund"))
    await desk.load(package("lund;malmo"))

    rows = await desk.graph.read_all(Statement("MATCH (c:`City`)-[r:`GAVE`]->(:`Transfer`) RETURN c.slug, r.position ORDER BY r.position"))
    assert rows == [["lund", 0], ["malmo", 1]]


async def test_a_row_that_is_gone_is_left_and_listed(desk: Desk) -> None:
    await desk.load(two_cities())

    report = await desk.load(Package({**two_cities().tables, "cities": [a_city()]}))

    assert [(each.table, each.slug) for each in report.missing] == [("cities", "lund")]
    assert await desk.one("MATCH (c:`City` {slug: 'lund'}) RETURN c.status") == "PUBLISHED"


async def test_a_row_that_is_gone_is_withdrawn_when_asked_and_published_when_it_is_back(desk: Desk) -> None:
    await desk.load(two_cities())

    gone = await desk.load(Package({**two_cities().tables, "cities": [a_city()]}), withdraw_missing=True)
    status_gone = await desk.one("MATCH (c:`City` {slug: 'lund'}) RETURN c.status")
    await desk.load(two_cities())

    assert [each.slug for each in gone.withdrawn] == ["lund"]
    assert status_gone == "WITHDRAWN"
    assert await desk.one("MATCH (c:`City` {slug: 'lund'}) RETURN c.status") == "PUBLISHED"


async def test_a_record_that_published_ones_need_is_not_withdrawn(desk: Desk) -> None:
    await desk.load(two_cities(innovations=[an_innovation()], transfers=[a_transfer()]))
    # Someone's own transfer, which no package knows.
    await desk.change(
        "MATCH (c:`City` {slug: 'lund'}) MATCH (m:`City` {slug: 'malmo'}) "
        "CREATE (t:`Transfer`:`Record` {id: 'Transfer:own', slug: 'own', status: 'PUBLISHED', kind: 'TRANSFER'}) "
        "CREATE (m)-[:`GAVE` {position: 0}]->(t) CREATE (t)-[:`REACHED`]->(c)"
    )
    smaller = {"countries": two_cities().tables["countries"], "cities": [a_city()], "innovations": [an_innovation()]}

    report = await desk.load(Package(smaller), withdraw_missing=True)

    assert [each.slug for each in report.needed] == ["lund"]
    assert await desk.one("MATCH (c:`City` {slug: 'lund'}) RETURN c.status") == "PUBLISHED"


async def test_rows_of_another_package_are_not_missed(desk: Desk) -> None:
    await desk.load(two_cities())
    own = two_cities(cities=[a_city(id="ystad", name="Ystad")])
    folder = own.written(desk.folder)
    described = (folder / "datapackage.json").read_text(encoding="utf-8").replace('"a-test"', '"another"')
    (folder / "datapackage.json").write_text(described, encoding="utf-8")

    report = await load_package(desk.graph, load_domain(), folder)

    assert report.missing == ()
    assert report.created == {"City": 1}


async def test_two_loads_at_once_are_both_kept(store: Store, desk: Desk, tmp_path: Path) -> None:
    first = two_cities().written(tmp_path / "first")
    second = Package({**two_cities().tables, "innovations": [an_innovation()]}).written(tmp_path / "second")

    async with store.another(desk.graph) as other:
        await asyncio.gather(load_package(desk.graph, load_domain(), first), load_package(other, load_domain(), second))

    found = Statement(
        "MATCH (g:`Graph`) MATCH (e:`Event`) WITH g, count(e) AS events MATCH (n:`Record`) RETURN g.revision = events, count(n)"
    )
    assert await desk.graph.read(found) == [True, 5]


def member(**more: str) -> dict[str, list[dict[str, str]]]:
    network = {"id": "n", "name": "N", "kind": "CITY_NETWORK", "scope": "WORLD", "source_url": URL}
    return {"networks": [network], "network_members": [{"network_id": "n", "city_id": "lund", "source_url": URL} | more]}


async def test_a_changed_tie_is_written_and_one_that_is_gone_undone_when_asked(desk: Desk) -> None:
    text = "MATCH (:`City` {slug: 'lund'})-[r:`MEMBER_OF`]->(:`Network`) RETURN r.`from`, r.sources"
    await desk.load(two_cities(**member(**{"from": "2020"})))
    await desk.load(two_cities(**member(**{"from": "2021-05"})))
    changed = await desk.graph.read(Statement(text))
    others = {"city_id": "malmo"}

    report = await desk.load(two_cities(**member(**others, **{"from": ""})), withdraw_missing=True)

    assert changed == ["2021-05", [URL]]
    assert [each.part for each in report.withdrawn] == ["networks/n"]
    assert await desk.graph.read_all(Statement(text)) == []


async def test_a_package_may_refer_to_records_that_only_the_graph_has(desk: Desk) -> None:
    await desk.load(two_cities(innovations=[an_innovation()]))

    report = await desk.load(Package({"transfers": [a_transfer()]}))

    assert report.created == {"Transfer": 1}


async def test_a_reference_that_neither_package_nor_graph_knows_is_refused(desk: Desk) -> None:
    with pytest.raises(PackageRefused) as refused:
        await desk.load(Package({"transfers": [a_transfer()]}))

    columns = {each["column"] for each in refused.value.details["findings"]}
    assert columns == {"source_city_ids", "target_city_id", "innovation_id"}


async def test_a_label_date_that_disagrees_with_the_contract_is_refused(desk: Desk) -> None:
    contract = {"id": "lund--ccc", "city_id": "lund", "label_date": "2024-03-21", "source_urls": URL}
    package = two_cities(contracts=[contract])
    package.tables["cities"] = [a_city(label_date=""), lund(label_date="2024-03-22")]

    with pytest.raises(PackageRefused) as refused:
        await desk.load(package)

    [finding] = refused.value.details["findings"]
    assert (finding["file"], finding["line"], finding["column"]) == ("cities.csv", 3, "label_date")


async def test_a_published_row_that_needs_a_draft_is_refused(desk: Desk) -> None:
    package = two_cities(innovations=[an_innovation()], transfers=[a_transfer()])
    package.tables["cities"] = [a_city(status=""), lund(status="DRAFT")]

    with pytest.raises(PackageRefused) as refused:
        await desk.load(package)

    assert [(each["file"], each["column"]) for each in refused.value.details["findings"]] == [("transfers.csv", "status")]


async def test_progress_is_told_up_to_the_end(desk: Desk) -> None:
    told: list[tuple[str, int, int]] = []

    await desk.load(two_cities(), progress=lambda step, done, total: told.append((step, done, total)))

    assert told[0][0] == "read"
    assert told[-1][0] == "write"
    assert told[-1][1] == told[-1][2]


class Stop(Exception):
    """The loading process dies here."""


# Early, in the middle, and just before the commit.
MOMENTS = [each / 19 for each in range(20)] if SOAKING else [0.0, 0.5, 1.0]


@pytest.mark.graph
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_database_killed_while_it_is_loaded_holds_nothing_of_the_load(tmp_path: Path, moment: float) -> None:
    async with running(tmp_path / "data", 10.0) as (database, address):

        def kill(step: str, done: int, total: int) -> None:
            if step == "write" and done >= moment * total:
                assert database.pid
                os.kill(database.pid, signal.SIGKILL)
                raise Stop

        async with connect(address, EMBEDDED, 10.0) as graph:
            graph.sql = database.sql
            await migrate(graph, load_domain())
            # Which of the two arrives depends on whether the driver can still say goodbye.
            with pytest.raises((Stop, GraphUnavailable)):
                await load_package(graph, load_domain(), bundled_package(), progress=kill)

    async with running(tmp_path / "data", 10.0) as (_, address), connect(address, EMBEDDED, 10.0) as graph:
        assert await graph.read(Statement("MATCH (n:`Record`) RETURN count(n)")) == [0]
        assert await graph.read(Statement("MATCH (e:`Event`) RETURN count(e)")) == [0]
        assert await graph.read(Statement("MATCH (g:`Graph`) RETURN g.revision")) == [0]
