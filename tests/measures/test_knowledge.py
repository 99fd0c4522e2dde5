"""Facts out of records: worked by hand in a small world."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from server.measures.facts import LessonFacts, NeedFacts, PilotFacts
from server.measures.gaps import Figure, PilotGround, TransferGround
from server.measures.knowledge import Knowledge, Records

LABELS = ("Country", "Network", "Concept", "City", "Innovation", "Pilot", "Lesson", "Need", "Transfer", "Observation")
TIES = (
    *("City.country", "City.networks", "Innovation.originCity", "Innovation.fields", "Pilot.cities", "Pilot.innovations", "Pilot.fields"),
    *("Lesson.innovations", "Lesson.fields", "Lesson.cities", "Lesson.pilots", "Lesson.transfers", "Need.city", "Need.fields"),
    *("Transfer.sourceCities", "Transfer.targetCity", "Transfer.innovation", "Observation.innovation", "Observation.pilot"),
)
EMPTY = Records(7, {label: {} for label in LABELS}, {name: {} for name in TIES})
CITY = ("A", [60.0, 15.0], 1_000, 2030)
REPLICATION = ("REPLICATION", "UNKNOWN", "IMPLEMENTED", "SELF_REPORTED", 2020)
TWINNING = ("TWINNING", "UNKNOWN", "UNKNOWN", "SELF_REPORTED", None)


def known(held: Mapping[str, Mapping[str, tuple[Any, ...]]], tied: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Knowledge:
    return Knowledge(replace(EMPTY, held={**EMPTY.held, **held}, tied={**EMPTY.tied, **tied}))


def transferred(held: tuple[Any, ...], givers: tuple[str, ...], target: str) -> Knowledge:
    return known(
        {"Transfer": {"t": held}},
        {"Transfer.sourceCities": {"t": givers}, "Transfer.targetCity": {"t": (target,)}, "Transfer.innovation": {"t": ("idea",)}},
    )


def test_where_nothing_is_visible_nothing_is_known() -> None:
    knowledge = Knowledge(EMPTY)

    assert knowledge.revision == 7
    assert (knowledge.peers.cities, knowledge.innovations, knowledge.transfers) == ({}, (), ())
    assert knowledge.ground.within(frozenset("a")) == knowledge.ground
    assert knowledge.city_facts("a").needs == ()


def test_who_asks_for_peers_does_not_wait_for_innovations_and_gaps() -> None:
    knowledge = Knowledge(EMPTY)

    assert knowledge.peers is knowledge.peers
    assert {"ground", "innovations", "transfers"}.isdisjoint(vars(knowledge))


def test_a_city_whose_country_is_hidden_is_not_compared() -> None:
    knowledge = known({"City": {"a": CITY, "b": CITY}, "Country": {"se": ("SE", "Sweden")}}, {"City.country": {"a": ("se",)}})

    assert list(knowledge.peers.cities) == ["a"]
    assert (knowledge.peers.cities["a"].country, knowledge.peers.cities["a"].latitude) == ("SE", 60.0)
    assert knowledge.populations == {"a": 1_000}


def test_countries_and_networks_name_their_cities_and_those_without_any_are_there() -> None:
    knowledge = known(
        {
            "City": {"a": CITY, "b": CITY},
            "Country": {"se": ("SE", "Sweden"), "no": ("NO", "Norway")},
            "Network": {"n": ("N",), "m": ("M",)},
        },
        {"City.country": {"a": ("se",), "b": ("se",)}, "City.networks": {"b": ("n",)}},
    )

    assert knowledge.countries == {"SE": {"a", "b"}, "NO": frozenset()}
    assert knowledge.networks == {"n": {"b"}, "m": frozenset()}


def test_a_transfer_whose_givers_or_taker_are_hidden_is_not_there() -> None:
    held = {"Transfer": {"t": REPLICATION, "giverless": REPLICATION, "takerless": REPLICATION}}
    tied = {"Transfer.sourceCities": {"t": ("a",), "takerless": ("a",)}, "Transfer.targetCity": {"t": ("b",), "giverless": ("b",)}}

    assert [transfer.slug for transfer in known(held, tied).transfers] == ["t"]


def test_twins_are_the_other_cities_of_a_twinning_in_either_direction() -> None:
    knowledge = transferred(TWINNING, ("a", "c", "b"), "b")

    assert {city: knowledge.city_facts(city).twins for city in "abc"} == {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}
    assert transferred(REPLICATION, ("a",), "b").city_facts("b").twins == frozenset()


def test_a_pilot_is_in_its_own_fields_else_in_those_of_its_innovations() -> None:
    knowledge = known(
        {"Pilot": {"own": ("RUNNING",), "lent": (None,)}},
        {
            "Pilot.cities": {"own": ("a",), "lent": ("b",)},
            "Pilot.innovations": {"own": ("x",), "lent": ("x", "y")},
            "Pilot.fields": {"own": ("heat",)},
            "Innovation.fields": {"x": ("waste", "bikes"), "y": ("bikes", "roofs")},
        },
    )

    assert knowledge.city_facts("a").piloted_fields == {"heat"}
    assert knowledge.city_facts("b").piloted_fields == {"waste", "bikes", "roofs"}
    assert knowledge.ground.pilots == (
        PilotGround(("a",), ("heat",), ("x",)),
        PilotGround(("b",), ("waste", "bikes", "roofs"), ("x", "y")),
    )


def test_an_innovation_has_its_origin_fields_level_lessons_pilots_and_transfers() -> None:
    knowledge = known(
        {
            "Innovation": {"idea": (3,)},
            "Pilot": {"p": ("RUNNING",)},
            "Lesson": {"l": ("COST",), "m": ("COST",)},
            "Transfer": {"t": REPLICATION},
        },
        {
            "Innovation.originCity": {"idea": ("a",)},
            "Innovation.fields": {"idea": ("heat",)},
            "Pilot.innovations": {"p": ("idea",)},
            "Pilot.cities": {"p": ("a", "b")},
            "Lesson.innovations": {"l": ("idea",)},
            "Lesson.pilots": {"l": ("p",)},
            "Transfer.sourceCities": {"t": ("a",)},
            "Transfer.targetCity": {"t": ("c",)},
            "Transfer.innovation": {"t": ("idea",)},
        },
    )

    (idea,) = knowledge.innovations

    assert (idea.origin, idea.fields, idea.evidence_level) == ("a", ("heat",), 3)
    assert idea.lessons == (LessonFacts("l", "COST", pilots=("p",)),)
    assert idea.pilots == (PilotFacts("p", "RUNNING", ("a", "b")),)
    assert idea.transfers == knowledge.transfers
    assert idea.adopters == {"a", "b", "c"}


def test_a_city_has_the_needs_it_expresses() -> None:
    knowledge = known(
        {"Need": {"n": ("2027",), "m": (None,)}}, {"Need.city": {"n": ("a",)}, "Need.fields": {"n": ("heat",), "m": ("heat",)}}
    )

    assert knowledge.city_facts("a").needs == (NeedFacts("n", ("heat",), "2027"),)


def test_a_figure_is_about_its_own_innovation_and_those_of_its_pilot() -> None:
    knowledge = known(
        {"Observation": {"o": ("OBSERVED",), "about-nothing": ("TARGET",)}, "Pilot": {"p": (None,)}},
        {
            "Observation.innovation": {"o": ("x",)},
            "Observation.pilot": {"o": ("p",)},
            "Pilot.innovations": {"p": ("y", "x")},
            "Innovation.fields": {"x": ("heat",), "y": ("waste", "heat")},
        },
    )

    assert knowledge.ground.figures == (Figure("OBSERVED", ("heat", "waste"), ("x", "y")), Figure("TARGET", (), ()))


def test_a_transfer_is_in_the_fields_of_its_innovation() -> None:
    held = {"Transfer": {"t": REPLICATION, "nameless": TWINNING}}
    ends: Mapping[str, tuple[str, ...]] = {"t": ("a",), "nameless": ("a",)}
    tied = {"Transfer.sourceCities": ends, "Transfer.targetCity": {"t": ("b",), "nameless": ("b",)}, "Transfer.innovation": {"t": ("x",)}}

    ground = known(held, {**tied, "Innovation.fields": {"x": ("heat",)}}).ground

    assert ground.transfers == (TransferGround(("a",), ("heat",), "x", True), TransferGround(("a",), (), None, False))
