"""Searching the Mission's data, the same on every store."""

import pytest

from graph_schema.searching import NAMES, TEXT
from server.cypher import Statement
from server.errors import OverLimit
from server.graph import Graph
from server.search.lexicon import Lexicon
from server.search.words import read_question
from tests.search.asking import MOST_WORDS, ids, scored, searched, suggested
from tests.search.queries import EXPECTED, HOSTILE
from tests.search.reference import score_of, typos


@pytest.mark.parametrize(("text", "first"), EXPECTED)
async def test_the_first_hit_is_the_one_meant(mission: Graph, text: str, first: str) -> None:
    found = await searched(mission, text, first=1)

    assert ids(found)[:1] == [first]


@pytest.mark.neo4j_2026
async def test_hits_scores_and_order_are_those_of_the_definition(mission: Graph) -> None:
    texts = await mission.read_all(
        Statement(f"MATCH (n:`Record`) WHERE n.{TEXT} IS NOT NULL RETURN n.id, n.slug, coalesce(n.{NAMES}, ''), n.{TEXT}")
    )
    known = {word for row in texts for word in row[3].split()}
    for text, _ in EXPECTED[::3]:
        question = read_question(text, MOST_WORDS)
        meant = typos(question, known)

        found = await searched(mission, text)

        answering = [(score, slug, id) for id, slug, names, body in texts if (score := score_of(question, meant, names, body))]
        best = [(id, score) for score, slug, id in sorted(answering, key=lambda hit: (-hit[0], hit[1], hit[2]))]
        assert not found.truncated, text
        assert (text, found.total) == (text, len(best))
        assert (text, scored(found)) == (text, best[:100])


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_text_is_an_error_or_another_question(mission: Graph, text: str) -> None:
    found = await searched(mission, text)

    everything = 5_000
    assert found.total is None or found.total < everything


async def test_a_text_of_10_kb_is_refused_or_finds_nothing(mission: Graph) -> None:
    with pytest.raises(OverLimit):
        await searched(mission, "malmö " * 1_700)

    assert (await searched(mission, "a" * 10_240)).total == 0


async def test_pages_follow_one_another_without_gap_or_repetition(mission: Graph) -> None:
    whole = await searched(mission, "energy", first=60)

    pages: list[str] = []
    after = None
    for _ in range(3):
        page = await searched(mission, "energy", first=19, after=after)
        pages += ids(page)
        after = page.hits[-1].position

    assert pages == ids(whole)[:57]


async def test_every_page_tells_the_same_total(mission: Graph) -> None:
    first = await searched(mission, "retrofit", first=5)
    second = await searched(mission, "retrofit", first=5, after=first.hits[-1].position)

    assert first.total == second.total
    assert (first.total or 0) > 10


async def test_what_too_many_records_hold_is_truncated_and_not_counted(mission: Graph) -> None:
    found = await searched(mission, "c")

    assert (found.total, found.truncated) == (None, True)


async def test_only_the_types_asked_for_are_found(mission: Graph) -> None:
    found = await searched(mission, "energy", types=["Concept", "Network"])

    assert {id.partition(":")[0] for id in ids(found)} == {"Concept", "Network"}


async def test_only_records_of_the_countries_asked_for_are_found(mission: Graph) -> None:
    found = await searched(mission, "heat", countries=["SE", "fi"], types=["Pilot", "Lesson", "Need"])

    text = (
        "UNWIND $ids AS id MATCH (n:`Record` {id: id})-[:LOCATED_IN|LEARNED_IN|EXPRESSES]-(:`City`)-[:IN_COUNTRY]->(c:`Country`) "
        "WHERE c.code IN ['SE', 'FI'] RETURN DISTINCT id"
    )
    there = await mission.read_all(Statement(text, {"ids": ids(found)}))
    assert ids(found)
    assert sorted(ids(found)) == sorted(id for (id,) in there)


async def test_a_country_is_found_in_itself(mission: Graph) -> None:
    assert "Country:se" in ids(await searched(mission, "sweden", countries=["SE"]))


async def test_a_pilot_without_fields_of_its_own_has_those_of_its_innovations(mission: Graph) -> None:
    found = await searched(mission, "energy", fields=["BUILDINGS"], types=["Pilot"])

    text = (
        "UNWIND $ids AS id MATCH (p:`Pilot` {id: id}) "
        "RETURN id, EXISTS { (p)-[:IN_FIELD]->(:`Concept` {notation: 'BUILDINGS'}) } AS own, "
        "EXISTS { (p)-[:IN_FIELD]->(:`Concept`) } AS some, "
        "EXISTS { (p)-[:TESTS]->(:`Innovation`)-[:IN_FIELD]->(:`Concept` {notation: 'BUILDINGS'}) } AS taken"
    )
    rows = await mission.read_all(Statement(text, {"ids": ids(found)}))
    assert ids(found)
    assert all(own or (taken and not some) for _, own, some, taken in rows)


async def test_nobody_finds_what_is_not_public(mission: Graph) -> None:
    assert (await searched(mission, "malmo", statuses=["DRAFT"])).total == 0


@pytest.mark.parametrize(
    ("typed", "first"),
    [("malm", "City:malmo"), ("Göteb", "City:gothenburg"), ("Łó", "City:lodz"), ("valensia", "City:valencia"), ("Αθή", "City:athens")],
)
async def test_what_is_being_typed_is_completed(mission: Graph, typed: str, first: str) -> None:
    found = await suggested(mission, typed, types=["City"], first=10)

    assert ids(found)[0] == first


async def test_suggestions_come_from_what_records_are_called(mission: Graph) -> None:
    found = await suggested(mission, "cyclists")

    assert all(score >= 40 for _, score in scored(found))


async def test_a_known_graph_is_searched_with_one_statement(mission: Graph) -> None:
    lexicon = Lexicon()
    await searched(mission, "valensia", lexicon=lexicon)
    sent: list[Statement] = []
    mission.observers.append(sent.append)

    await searched(mission, "valensia", lexicon=lexicon)

    mission.observers.remove(sent.append)
    assert len(sent) == 1
