"""What is read for the measures of peers, replicable innovations and gaps, against the Mission's tables and beside drafts."""

import asyncio
import gc
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from server.cli.running import spare_the_collector
from server.cypher import Statement, Transaction
from server.graph import Graph
from server.measures.facts import InnovationFacts
from server.measures.fit import FitOptions
from server.measures.gaps import knowledge_gaps
from server.measures.knowledge import Knowledge
from server.measures.peers import Peers
from server.measures.replicable import Replicables
from server.migrations import migrate
from server.operations.knowledge import Knowing
from server.operations.knowledge import knowledge as knowledge_of
from server.operations.query import QueryService
from server.reading.expressions import Sight
from server.reading.plan import Compare, Condition, Stored
from server.reading.values import Value
from server.viewer import ANONYMOUS, Viewer
from tests.examples import a_record, tied
from tests.measures import mission as tables
from tests.measures import missions_facts
from tests.measures.test_gaps import missions_ground
from tests.measures.test_peers import missions_cities
from tests.operations.conftest import DOMAIN
from tests.operations.test_measures import every
from tests.stores import Store
from tests.transport.pulse import MOST_SECONDS, longest_step

TODAY = "2026-11-23"


@pytest.fixture
async def knowledge(mission: Graph) -> Knowledge:
    return await Knowing(mission, DOMAIN).at_least(ANONYMOUS)


class SeesDrafts(Sight):
    """The domain as one sees it who may see drafts."""

    @property
    def visible(self) -> Condition:
        return Compare(Stored("status", required=True), "in", Value(constant=["DRAFT", "PUBLISHED"]))


async def test_it_is_read_in_one_statement_once_for_each_revision_and_scope(mission: Graph) -> None:
    sent: list[Statement] = []
    mission.observers.append(sent.append)
    knowing = Knowing(mission, DOMAIN)

    found = await asyncio.gather(*(knowing.at_least(ANONYMOUS) for _ in range(3)))
    kept = len(sent)
    await knowing.at_least(ANONYMOUS, found[0].revision)
    await knowing.at_least(Viewer(frozenset({"REVIEWER"})))
    await knowing.at_least(ANONYMOUS, found[0].revision + 1)

    mission.observers.pop()
    assert found[0] is found[1] is found[2]
    assert (kept, len(sent)) == (1, 3)


async def test_cities_are_those_of_the_tables(knowledge: Knowledge) -> None:
    names = {row["code"]: row["name"] for row in tables.rows("countries")}

    assert knowledge.peers.cities == {city.slug: replace(city, country_name=names[city.country]) for city in missions_cities()}
    assert knowledge.populations == tables.populations()
    assert knowledge.network_names == {row["id"]: row["name"] for row in tables.rows("networks")}
    assert knowledge.field_names == {row["id"]: row["pref_label_en"] for row in tables.rows("concepts")}


async def test_countries_and_networks_have_the_cities_of_the_tables(knowledge: Knowledge) -> None:
    of_country = {
        row["code"]: {city.slug for city in tables.cities().values() if city.country == row["code"]} for row in tables.rows("countries")
    }
    members = {
        row["id"]: {each["city_id"] for each in tables.rows("network_members") if each["network_id"] == row["id"]}
        for row in tables.rows("networks")
    }

    assert knowledge.countries == of_country
    assert knowledge.networks == members


async def test_levels_of_evidence_are_those_that_the_field_answers(knowledge: Knowledge, service: QueryService) -> None:
    answered = await levels(service)

    assert {each.slug: each.evidence_level for each in knowledge.innovations} == answered
    assert len(set(answered.values())) >= 3


async def test_innovations_are_those_of_the_tables(knowledge: Knowledge, service: QueryService) -> None:
    expected = missions_facts.innovations(await levels(service))

    assert {each.slug: sorted_facts(each) for each in knowledge.innovations} == expected


async def test_what_cities_look_for_and_pilot_is_what_the_tables_say(knowledge: Knowledge) -> None:
    for city, expected in missions_facts.cities().items():
        found = knowledge.city_facts(city)

        assert replace(found, needs=by_slug(found.needs)) == expected


async def test_what_a_city_could_take_up_is_what_the_tables_lead_to(knowledge: Knowledge, service: QueryService) -> None:
    names = {row["code"]: row["name"] for row in tables.rows("countries")}
    peers = Peers((replace(city, country_name=names[city.country]) for city in missions_cities()), knowledge.network_names)
    plain = Replicables(missions_facts.innovations(await levels(service)).values(), peers, knowledge.field_names)
    cities = missions_facts.cities()

    for city in ("helsingborg", "lund", "valencia", "copenhagen", "reykjavik"):
        found = knowledge.replicables.of(knowledge.city_facts(city), None, FitOptions(TODAY), 400)

        assert len(found) > 300
        assert found == plain.of(cities[city], None, FitOptions(TODAY), 400)


async def test_gaps_are_those_of_the_tables(knowledge: Knowledge) -> None:
    plain = missions_ground()
    # An empty cell names no city.
    plain = replace(plain, pilots=tuple(replace(pilot, cities=tuple(filter(None, pilot.cities))) for pilot in plain.pilots))

    assert Counter(knowledge.ground.pilots) == Counter(plain.pilots)
    assert Counter(knowledge.ground.transfers) == Counter(plain.transfers)
    for scope in (None, *knowledge.countries.values(), *knowledge.networks.values()):
        assert knowledge_gaps(knowledge.ground, scope) == knowledge_gaps(plain, scope)


@pytest.fixture
def served_collector() -> Iterator[None]:
    """The garbage collector as it is set while serving; with Python's own thresholds it walks through all of the tests' modules as well."""
    usual = gc.get_threshold()
    spare_the_collector()
    yield
    gc.set_threshold(*usual)
    gc.unfreeze()


@pytest.mark.usefixtures("served_collector")
async def test_reading_it_never_keeps_the_event_loop_for_long(mission: Graph) -> None:
    with longest_step() as longest:
        await Knowing(mission, DOMAIN).at_least(ANONYMOUS)

    assert longest[0] < MOST_SECONDS


# Drafts -------------------------------------------------------------------------------------------


TIES = (
    ("City", "IN_COUNTRY", "Country"),
    ("City", "MEMBER_OF", "Network"),
    ("City", "EXPRESSES", "Need"),
    ("City", "GAVE", "Transfer"),
    ("Transfer", "REACHED", "City"),
    ("Transfer", "OF", "Innovation"),
    ("Innovation", "IN_FIELD", "Concept"),
    ("Innovation", "ORIGINATED_IN", "City"),
    ("Pilot", "LOCATED_IN", "City"),
    ("Pilot", "TESTS", "Innovation"),
    ("Lesson", "ABOUT", "Innovation"),
    ("Observation", "OF", "Innovation"),
    ("Observation", "OF", "Pilot"),
)
OWN: dict[str, dict[str, Any]] = {
    "Network": {"kind": "CITY_NETWORK", "scope": "WORLD"},
    "City": {"population": 1_000},
    "Innovation": {"summary": "An idea."},
    "Pilot": {"stage": "RUNNING"},
    "Lesson": {"kind": "FAILURE", "statement": "It failed."},
    "Observation": {"value": 1.0, "unitAsReported": "t", "year": 2020, "baselineYear": 2010},
    "Need": {},
    "Transfer": {},
}


@pytest.fixture(scope="module")
async def drafts(store: Store) -> AsyncIterator[Graph]:
    """A public record of each type and a draft of each, all tied to one another."""
    async with store.clean_graph() as graph:
        await migrate(graph, DOMAIN)
        for name, status in (("public", "PUBLISHED"), ("draft", "DRAFT")):
            await a_record(graph, "Country", f"{name}-country", status, code=name[:2].upper())
            await _a_concept(graph, f"{name}-concept", status)
            for label, own in OWN.items():
                measured = {"kind": "CLAIMED" if name == "public" else "OBSERVED"} if label == "Observation" else {}
                await a_record(graph, label, f"{name}-{label.lower()}", status, **own, **measured)
        for label, relationship, target in TIES:
            for one, other in product(("public", "draft"), repeat=2):
                await tied(graph, f"{label}:{one}-{label.lower()}", relationship, f"{target}:{other}-{target.lower()}")
        yield graph


async def _a_concept(graph: Graph, slug: str, status: str) -> None:
    text = "CREATE (:`Concept`:`Record` {id: $id, slug: $slug, status: $status, notation: $slug, prefLabelEn: $slug})"

    async def work(transaction: Transaction) -> None:
        await transaction.run(Statement(text, {"id": f"Concept:{slug}", "slug": slug, "status": status}))

    await graph.write(work)


async def test_drafts_change_nothing_for_the_public(drafts: Graph) -> None:
    found = await knowledge_of(drafts, Sight(DOMAIN, ANONYMOUS))

    (idea,) = found.innovations
    assert "draft" not in repr((found.peers.cities, idea, found.ground, found.networks, found.field_names, found.city_facts("public-city")))
    assert idea.evidence_level == 1
    assert (idea.origin, idea.fields) == ("public-city", ("public-concept",))
    assert idea.adopters == {"public-city"}
    assert (len(idea.lessons), len(idea.pilots), len(idea.transfers)) == (1, 1, 1)
    assert found.city_facts("public-city").piloted_fields == {"public-concept"}
    assert found.countries == {"PU": {"public-city"}}


async def test_drafts_count_for_those_who_may_see_them(drafts: Graph) -> None:
    found = await knowledge_of(drafts, SeesDrafts(DOMAIN, ANONYMOUS))

    ideas = {each.slug: each for each in found.innovations}
    assert set(ideas) == {"public-innovation", "draft-innovation"}
    # The draft's figure is a measured change, and none has a comparison group.
    assert {idea.evidence_level for idea in ideas.values()} == {2}
    assert {lesson.slug for lesson in ideas["public-innovation"].lessons} == {"public-lesson", "draft-lesson"}
    assert ideas["public-innovation"].adopters == {"public-city", "draft-city"}
    assert found.peers.cities["public-city"].networks == {"public-network", "draft-network"}
    assert found.city_facts("public-city").piloted_fields == {"public-concept", "draft-concept"}


async def test_a_lesson_from_a_transfer_whose_city_is_hidden_hinders_nobody(graph: Graph) -> None:
    await migrate(graph, DOMAIN)
    transfer = await a_record(graph, "Transfer", "anywhere")
    lesson = await a_record(graph, "Lesson", "hard-won", **OWN["Lesson"])
    await tied(graph, lesson, "LEARNED_IN", transfer)
    await tied(graph, transfer, "REACHED", await a_record(graph, "City", "hidden", "DRAFT"))

    found = await knowledge_of(graph, Sight(DOMAIN, ANONYMOUS))

    assert found.transfers == ()


def sorted_facts(facts: InnovationFacts) -> InnovationFacts:
    return replace(facts, lessons=by_slug(facts.lessons), pilots=by_slug(facts.pilots), transfers=by_slug(facts.transfers))


def by_slug(facts: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(sorted(facts, key=lambda one: one.slug))


async def levels(service: QueryService) -> dict[str, int]:
    return {each["slug"]: each["evidenceLevel"]["level"] for each in await every(service, "innovations", "slug evidenceLevel { level }")}
