"""The texts by which records are searched follow the records, and nobody sees them."""

from pathlib import Path
from typing import cast

import pytest

from graph_schema.declare import node, text, title
from graph_schema.domain import load_domain
from graph_schema.kernel import NodeType, Searched
from graph_schema.searching import NAMES, TEXT, search_texts
from server.cypher import Statement, Transaction
from server.exchange.export import export_package
from server.exchange.load import load_package
from server.graph import Graph
from server.migrations import migrate
from tests.examples import a_record
from tests.exchange.packages import an_innovation, two_cities
from tests.search.asking import scored, searched


@node(plural="diaries", table="diaries")
class Diary:
    """A noun of which only reviewers may see a part."""

    title = title("Title.", required=True)
    verdict = text("For reviewers.", seen_by=frozenset({"REVIEWER"}), searched=Searched.BODY)


DOMAIN = load_domain()


async def loaded(graph: Graph, folder: Path, **changed: str) -> None:
    """Two cities and an innovation, as a package says it."""
    package = two_cities(innovations=[an_innovation(**changed)])
    await migrate(graph, package.domain)
    await load_package(graph, package.domain, package.written(folder))


async def written(graph: Graph, text_of: str) -> None:
    """Someone writes past the program."""

    async def work(transaction: Transaction) -> None:
        await transaction.run(Statement(text_of))

    await graph.write(work)


async def test_what_a_load_creates_and_changes_is_found_by_its_new_words_alone(graph: Graph, tmp_path: Path) -> None:
    await loaded(graph, tmp_path / "one", summary="Panels on schools")
    before = (await searched(graph, "schools")).total, (await searched(graph, "kindergarten")).total

    await loaded(graph, tmp_path / "two", summary="Panels on every kindergarten")

    assert before == (1, 0)
    assert ((await searched(graph, "schools")).total, (await searched(graph, "kindergarten")).total) == (0, 1)


async def test_a_write_that_is_undone_leaves_no_trace_in_the_index(graph: Graph) -> None:
    await migrate(graph, DOMAIN)
    await a_record(graph, "City", "malmo", name="Malmö")

    async def fails(transaction: Transaction) -> None:
        texts = search_texts(DOMAIN["City"], {"name": "Lund"})
        await transaction.run(Statement("MATCH (n:`City`) SET n += $texts", {"texts": texts}))
        raise KeyError

    with pytest.raises(KeyError):
        await graph.write(fails)

    assert ((await searched(graph, "lund")).total, (await searched(graph, "malmo")).total) == (0, 1)


async def test_a_graph_filled_before_there_was_a_search_is_brought_up_to_date(graph: Graph) -> None:
    await migrate(graph, DOMAIN)
    await a_record(graph, "City", "malmo", name="Malmö", localName="Malmø")
    await a_record(graph, "City", "lund", name="Lund")
    await written(graph, f"MATCH (n:`Record`) REMOVE n.{NAMES}, n.{TEXT}")
    await written(graph, "MATCH (m:`Migration` {number: 0}) SET m.checksum = 'older'")
    before = (await searched(graph, "malmo")).total

    await migrate(graph, DOMAIN)

    assert before == 0
    assert scored(await searched(graph, "malmo")) == [("City:malmo", 100)]


async def test_what_the_declaration_searches_anew_is_searched_in_records_that_are_there(graph: Graph) -> None:
    await migrate(graph, DOMAIN)
    await a_record(graph, "City", "malmo", name="Malmö")
    await written(graph, f"MATCH (n:`City`) SET n.{TEXT} = ' of an older form ', n.{NAMES} = null")

    unchanged = await migrate(graph, DOMAIN)
    mended = await migrate(graph, DOMAIN, mend=True)

    assert (unchanged.declared, mended.declared) == (False, True)
    assert await graph.read(Statement(f"MATCH (n:`City`) RETURN n.{NAMES}, n.{TEXT}")) == [" malmo ", " malmo "]


def test_what_only_some_may_see_is_not_searched() -> None:
    diary = DOMAIN.plus(cast("NodeType", Diary))["Diary"]

    texts = search_texts(diary, {"title": "Monday", "verdict": "zebra"})

    assert texts == {NAMES: " monday ", TEXT: " monday "}


async def test_no_export_holds_the_texts(graph: Graph, tmp_path: Path) -> None:
    await loaded(graph, tmp_path / "in", summary="Panels on schools")

    await export_package(graph, DOMAIN, tmp_path / "out")

    exported = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").iterdir())
    assert "Panels on schools" in exported
    assert "panels on schools" not in exported
    assert "searched" not in exported


def test_every_text_that_people_read_is_searched_or_left_out_on_purpose() -> None:
    left_out = {"url", "populationSource", "unitAsReported", "licence", "kind"}

    silent = {
        each.field
        for noun in DOMAIN
        for each in noun.properties
        if each.shadow and each.column is not None and not each.searched and each.field not in left_out
    }

    assert silent == set()
