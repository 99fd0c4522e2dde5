"""A property that only some may see does not exist for anyone else: a hole that others had."""

from typing import Any, cast

from graph_schema.declare import integer, node, text, title
from graph_schema.domain import load_domain
from graph_schema.kernel import NodeType
from server.api.schema import build_schema
from server.cypher import Statement
from server.graph import Graph
from server.migrations import migrate
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings
from server.viewer import Viewer


@node(plural="diaries", table="diaries")
class Diary:
    """A noun with properties that only reviewers may see."""

    title = title("Title.", required=True)
    verdict = text("For reviewers.", seen_by=frozenset({"REVIEWER"}))
    year = integer("For reviewers.", seen_by=frozenset({"REVIEWER"}))


async def test_a_hidden_property_leaks_neither_through_values_nor_filters_nor_orders_nor_counts(graph: Graph) -> None:
    domain = load_domain().plus(cast("NodeType", Diary))
    await migrate(graph, domain)
    for slug, verdict in (("a", "zebra"), ("b", "apple")):
        await _diary(graph, slug, verdict)
    service = QueryService(graph, domain, build_schema(domain), Settings())
    document = """{
      all: diaries(orderBy: [{verdict: ASC}]) { edges { cursor node { slug verdict } } }
      guessed: diaries(where: {verdict: {startsWith: "z"}}) { totalCount nodes { slug } }
      not: diaries(where: {not: {verdict: {isNull: true}}}) { totalCount }
    }"""

    stranger = (await service.query(Request(document))).data
    reviewer = (await service.query(Request(document, viewer=Viewer(frozenset({"REVIEWER"}))))).data

    assert [each["node"] for each in stranger["all"]["edges"]] == [{"slug": "a", "verdict": None}, {"slug": "b", "verdict": None}]
    assert (stranger["guessed"]["totalCount"], stranger["not"]["totalCount"]) == (0, 0)
    assert [each["node"]["verdict"] for each in reviewer["all"]["edges"]] == ["apple", "zebra"]
    assert (reviewer["guessed"]["totalCount"], reviewer["not"]["totalCount"]) == (1, 2)


async def test_a_hidden_property_is_missing_in_facets_and_numbers(graph: Graph) -> None:
    domain = load_domain().plus(cast("NodeType", Diary))
    await migrate(graph, domain)
    for slug in ("a", "b"):
        await _diary(graph, slug, "x")
    service = QueryService(graph, domain, build_schema(domain), Settings())
    document = """{ diaries {
      facets(by: [YEAR]) { values { key count } missing more }
      aggregate(groupBy: YEAR) { year { max sum median count missing } groups { key count } }
    } }"""

    stranger = (await service.query(Request(document))).data["diaries"]
    reviewer = (await service.query(Request(document, viewer=Viewer(frozenset({"REVIEWER"}))))).data["diaries"]

    assert stranger["facets"] == [{"values": [], "missing": 2, "more": 0}]
    assert stranger["aggregate"]["year"] == {"max": None, "sum": None, "median": None, "count": 0, "missing": 2}
    assert stranger["aggregate"]["groups"] == [{"key": None, "count": 2}]
    assert reviewer["facets"] == [{"values": [{"key": "2020", "count": 2}], "missing": 0, "more": 0}]
    assert reviewer["aggregate"]["year"] == {"max": 2020.0, "sum": 4040.0, "median": 2020.0, "count": 2, "missing": 0}


async def _diary(graph: Graph, slug: str, verdict: str) -> None:
    common = {"id": f"Diary:{slug}", "slug": slug, "status": "PUBLISHED", "revision": 1, "title": slug, "titleFolded": slug, "year": 2020}

    async def work(tx: Any) -> None:
        await tx.run(Statement("CREATE (n:Diary:Record) SET n = $all", {"all": {**common, "verdict": verdict, "verdictFolded": verdict}}))

    await graph.write(work)
