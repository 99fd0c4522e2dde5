"""The public linter and Neo4j's own planner have nothing to say of the statements of searches."""

from typing import Any

import pytest

from server.cypher import Statement
from server.search.facets import COUNTRY, FIELD, TYPE
from server.search.lexicon import Lexicon
from server.search.statement import Wanted, search_statement, suggest_statement
from server.search.vocabulary import Vocabulary
from server.search.words import read_question
from tests.reading.test_goldens import explained, flat, linted, names_what_is_declared, warnings_of
from tests.search.asking import DOMAIN, MOST_WORDS
from tests.stores import Store

WANTED: tuple[dict[str, Any], ...] = (
    {},
    {"types": ["City"], "fields": ["BUILDINGS"], "countries": ["SE"]},
    {"facets": [TYPE, COUNTRY, FIELD]},
    {"facets": [FIELD], "countries": ["SE"]},
)
TEXTS = ("valensia", "", '"climate city" contract')


def statements() -> list[Statement]:
    """One of every shape."""
    known = Vocabulary().plus({"valencia"})
    found = [
        write(DOMAIN, read_question(text, MOST_WORDS), known, Wanted(**wanted))
        for write in (search_statement, suggest_statement)
        for text in TEXTS
        for wanted in WANTED
    ]
    return list({statement.text: statement for statement in found}.values())


@pytest.mark.suite
def test_the_public_linter_has_nothing_to_say_of_a_search() -> None:
    said = linted(statements())

    assert said == [[] for _ in statements()]


@pytest.mark.neo4j_2026
async def test_neo4j_plans_a_search_without_scanning_everything_or_multiplying(mission: Any, store: Store) -> None:
    if store.name == "embedded":
        pytest.skip("only Neo4j explains its plans")
    for statement in statements():
        summary = await explained(store, f"EXPLAIN {statement.text}", dict(statement.parameters))

        assert not {name for name, _ in flat(summary.plan) if name.startswith("AllNodesScan")}
        assert [each for each in warnings_of(summary) if not names_what_is_declared(each)] == []


async def test_a_lexicon_holds_the_words_of_a_graph_and_of_every_record_that_changes(mission: Any) -> None:
    lexicon = Lexicon()

    (revision, _), *_ = await mission.read_all(Statement("MATCH (g:`Graph`) RETURN g.revision, null"))
    read = await lexicon.reach(mission.stream, revision), await lexicon.reach(mission.stream, revision)

    assert read == (True, False)
    assert lexicon.revision == revision
    assert {"valencia", "goteborg", "θεσσαλονικη"} <= lexicon.vocabulary.words
