"""Every golden document becomes the Cypher beside it, and that Cypher is sound."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph_schema.domain import load_domain
from server.cypher import Statement
from server.graph import Graph
from tests.goldens import EXAMPLES, Compiler, documents, written
from tests.stores import Store
from tests.suites import node

COMPILER = Compiler()
MAP_OF_WHAT_IS_AT_HAND = re.compile(r"\bn\d+\{[^}]*\bcache\[")
EVERY_DOCUMENT = [*documents(), *sorted(EXAMPLES.glob("*.graphql"))]
EVERY_TEXT = [path.read_text() for path in EVERY_DOCUMENT]


def named(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("document", documents(), ids=named)
def test_a_document_becomes_the_cypher_beside_it(document: Path) -> None:
    assert written(COMPILER.statement(document.read_text())) == document.with_suffix(".cypher").read_text()


@pytest.mark.neo4j_2026
@pytest.mark.parametrize("document", EVERY_TEXT, ids=map(named, EVERY_DOCUMENT))
async def test_a_golden_statement_returns_one_record_whose_last_value_is_the_revision(mission: Graph, document: str) -> None:
    records = await mission.read_all(COMPILER.statement(document))

    ((data,),) = records
    assert isinstance(data[-1][0], int)


@pytest.mark.neo4j_2026
@pytest.mark.parametrize("document", EVERY_TEXT, ids=map(named, EVERY_DOCUMENT))
async def test_neo4j_plans_a_golden_without_scanning_everything_or_multiplying(mission: Graph, store: Store, document: str) -> None:
    if store.name == "embedded":
        pytest.skip("only Neo4j explains its plans")
    statement = COMPILER.statement(document)

    summary = await explained(store, "EXPLAIN " + statement.text, dict(statement.parameters))

    operators = list(flat(summary.plan))
    assert not {name for name, _ in operators if name.startswith(("AllNodesScan", "CartesianProduct"))}
    # A map with what is at hand already in it would read its properties one by one.
    assert [said for _, said in operators if MAP_OF_WHAT_IS_AT_HAND.search(said)] == []
    assert [each for each in warnings_of(summary) if not names_what_is_declared(each)] == []


@pytest.mark.suite
def test_the_public_linter_has_nothing_to_say_of_any_golden() -> None:
    said = linted([COMPILER.statement(text) for text in EVERY_TEXT])

    assert dict(zip(map(named, EVERY_DOCUMENT), said, strict=True)) == {named(each): [] for each in EVERY_DOCUMENT}


def linted(statements: list[Statement]) -> list[Any]:
    node.require_package("@neo4j-cypher/language-support")
    domain = load_domain()
    types = {hop.type for each in domain for relationship in each.relationships for path in relationship.paths for hop in path}
    known = {"labels": [*domain.nodes, "Record", "Graph"], "relationshipTypes": sorted({one for each in types for one in each.split("|")})}
    asked = [json.dumps({**known, "text": each.text, "parameters": dict(each.parameters)}) for each in statements]
    done = node.run_script("lint_cypher.mjs", "\n".join(asked) + "\n")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def warnings_of(summary: neo4j.ResultSummary) -> list[str]:
    return [each.status_description for each in summary.gql_status_objects if each.is_notification]


def names_what_is_declared(warning: str) -> bool:
    """Neo4j calls unknown what is in no record yet; what the domain declares is known all the same."""
    found = re.search(r"property key does not exist. The property `(\w+)`", warning)
    return found is not None and found[1] in declared_names()


def declared_names() -> set[str]:
    edges = [each for node in load_domain() for relationship in node.relationships for each in relationship.edge]
    properties = [each for node in load_domain() for each in node.properties]
    return {name for each in edges + properties for name in (each.field, *each.stored)} | {"position"}


async def explained(store: Store, text: str, parameters: dict[str, Any]) -> neo4j.ResultSummary:
    host, port = store.address.resolve() if store.address.resolve else ("127.0.0.1", 0)
    uri = f"bolt://{host}:{port}" if port else store.address.uri
    async with (
        neo4j.AsyncGraphDatabase.driver(uri, auth=(store.address.user, store.address.password())) as driver,
        driver.session() as session,
    ):
        return await (await session.run(text, parameters)).consume()


def flat(plan: Any) -> Iterator[tuple[str, str]]:
    """Every operator of a plan with what it says of itself."""
    yield plan["operatorType"], plan["args"].get("Details", "")
    for child in plan.get("children", []):
        yield from flat(child)
