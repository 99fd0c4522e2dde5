"""What a city could take up next: every part worked by hand, the order, the reasons, and the lessons that matter."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.measures.facts import CityFacts, InnovationFacts, LessonFacts, NeedFacts, PilotFacts, twins_of
from server.measures.features import CityFeatures
from server.measures.fit import PARTS, FitOptions
from server.measures.peers import Peers
from server.measures.replicable import FitPart, Replicable, Replicables
from tests.measures.drawn import a_transfer

# Five cities on the equator, ten degrees apart: every difference of two is a matter of the distance and the country alone.
CITIES = {
    slug: CityFeatures(slug, slug.upper(), "SE" if slug in "ab" else "FR", "", 1_000, 0.0, 10.0 * place, frozenset(networks), 2030)
    for place, (slug, networks) in enumerate({"a": ["n"], "b": ["n"], "c": ["m"], "d": [], "e": ["m"]}.items())
}
NAMES = {"n": "Northern Network", "m": "Middle Network"}
FIELDS = {"roofs": "Green roofs", "heat": "Heating", "bikes": "Cycling"}
SEEKER = CityFacts("a", (NeedFacts("need", ("roofs",), None),), frozenset({"heat"}), frozenset())
IDEA = InnovationFacts("idea", None, ("roofs",), 0)


def answered(*innovations: InnovationFacts, city: CityFacts = SEEKER, **weights: float) -> tuple[Replicable, ...]:
    replicables = Replicables(innovations, Peers(CITIES.values(), NAMES), FIELDS)
    return replicables.of(city, None, FitOptions("2026-11-23", weights), 10)


def part(name: str, innovation: InnovationFacts, city: CityFacts = SEEKER) -> FitPart:
    return next(part for part in answered(innovation, city=city)[0].parts if part.name == name)


def piloted(*cities: str, stage: str | None = "RUNNING") -> InnovationFacts:
    return replace(IDEA, pilots=(PilotFacts("pilot", stage, cities),))


def taken(*outcomes: str) -> InnovationFacts:
    transfers = [a_transfer("e", "bcd"[number % 3], slug=f"t{number}")._replace(outcome=outcome) for number, outcome in enumerate(outcomes)]
    return replace(IDEA, transfers=tuple(transfers))


def test_context_is_one_less_the_distance_to_the_nearest_adopter() -> None:
    # a and b: 1111.95 km, one country, one network, equal else: 0.22239 over five features.
    found = part("CONTEXT", piloted("c", "b"))

    assert found.value == pytest.approx(1 - 0.222390 / 5, abs=1e-6)
    assert found.reason == "The most similar adopter is B, at a context distance of 0.04."


def test_context_is_unknown_without_an_adopter() -> None:
    found = part("CONTEXT", IDEA)

    assert (found.value, found.reason) == (None, "No city is known to have adopted it.")


@pytest.mark.parametrize(("seeker", "adopter", "whose"), [("x", "b", "the city"), ("a", "x", "its adopters")])
def test_context_says_of_whom_too_little_is_known(seeker: str, adopter: str, whose: str) -> None:
    hardly_known = CityFeatures("x", "X", "GB", "", None, None, None, frozenset(), None)
    replicables = Replicables([piloted(adopter)], Peers([*CITIES.values(), hardly_known], NAMES), FIELDS)

    (found,) = replicables.of(replace(SEEKER, slug=seeker), None, FitOptions("2026-11-23", {}), 10)

    context = found.parts[0]
    assert (context.name, context.value) == ("CONTEXT", None)
    assert context.reason.startswith(f"Too little is known of {whose} to compare")


@pytest.mark.parametrize("stage", ["REJECTED", "IDEA"])
def test_a_pilot_that_never_began_makes_no_adopter(stage: str) -> None:
    assert answered(piloted("b", stage=stage))[0].adopters == ()


def test_adopters_are_pilots_cities_and_targets_of_counted_transfers_most_similar_first() -> None:
    innovation = replace(piloted("e", stage=None), transfers=(a_transfer("e", "b"), a_transfer("e", "d", kind="TWINNING")))

    assert answered(innovation)[0].adopters == ("b", "e")


@pytest.mark.parametrize(
    ("fields", "value", "reason"),
    [
        (("bikes", "roofs"), 1.0, "The city has an open need in Green roofs."),
        (("heat", "bikes"), 0.5, "The city has no open need in its fields, and no pilot in Cycling."),
        (("heat",), 0.0, "The city has no open need in its fields, and a pilot in each of them."),
        ((), 0.0, "No field of action is reported for it."),
    ],
)
def test_need_looks_at_open_needs_first_and_then_at_pilots_here(fields: tuple[str, ...], value: float, reason: str) -> None:
    found = part("NEED", replace(IDEA, fields=fields))

    assert (found.value, found.reason) == (value, reason)


@pytest.mark.parametrize(
    ("open_until", "is_open"),
    [(None, True), ("2026-11-23", True), ("2026-11-22", False), ("2026-11", True), ("2026", True), ("2026-10", False), ("2025", False)],
)
def test_a_need_is_open_to_the_end_of_the_day_month_or_year_it_names(open_until: str | None, is_open: bool) -> None:
    assert NeedFacts("need", (), open_until).is_open("2026-11-23") == is_open


def test_evidence_is_the_level_out_of_five() -> None:
    found = part("EVIDENCE", replace(IDEA, evidence_level=3))

    assert (found.value, found.reason) == (0.6, "Its evidence level is 3 of 5.")


def test_the_track_record_weighs_what_was_carried_out_against_all_that_ended_and_names_failed_takers() -> None:
    innovation = taken("IMPLEMENTED", "PARTIAL", "FAILED", "ABANDONED", "UNKNOWN", "ONGOING")

    found = answered(innovation)[0]

    record = next(part for part in found.parts if part.name == "TRACK_RECORD")
    assert record.value == pytest.approx(1.5 / 4)
    assert record.reason == "Transfers that came to a known end: 1 carried out, 1 carried out in part, 2 failed or abandoned (B, D)."
    assert found.failed_takers == ("b", "d")


def test_the_track_record_is_unknown_while_no_transfer_has_ended() -> None:
    found = part("TRACK_RECORD", taken("ONGOING", "COMMITTED"))

    assert (found.value, found.reason) == (None, "No transfer of it has come to a known end.")


@pytest.mark.parametrize(("count", "value"), [(0, 0.0), (1, 0.2), (5, 1.0), (9, 1.0)])
def test_five_lessons_are_enough(count: int, value: float) -> None:
    lessons = tuple(LessonFacts(f"l{number}", "COST") for number in range(count))

    assert part("LESSONS", replace(IDEA, lessons=lessons)).value == pytest.approx(value)


def test_reach_is_a_network_or_a_twinning_shared_with_an_adopter() -> None:
    twinned = replace(SEEKER, twins=frozenset({"c"}))

    assert part("REACH", piloted("b")).reason == "The city shares Northern Network with B, which has adopted it."
    assert part("REACH", piloted("b")).value == 1
    assert part("REACH", piloted("c"), twinned).reason == "The city is twinned with C, which has adopted it."
    assert part("REACH", piloted("c"), twinned).value == 1
    assert part("REACH", piloted("c")).value == 0


def test_reach_is_unknown_for_a_city_without_known_membership_unless_it_is_twinned_with_an_adopter() -> None:
    alone = replace(SEEKER, slug="d")

    assert part("REACH", piloted("c"), alone).value is None
    assert part("REACH", piloted("c"), alone).reason == "No network membership of the city is known."
    assert part("REACH", piloted("c"), replace(alone, twins=frozenset({"c"}))).value == 1


def test_twins_are_tied_by_a_twinning_in_either_direction() -> None:
    transfers = [a_transfer("ac", "b", kind="TWINNING"), a_transfer("d", "a", kind="TWINNING"), a_transfer("e", "a")]

    assert twins_of("a", transfers) == {"b", "d"}


def test_fit_is_the_weighted_mean_of_the_known_parts_and_the_unknown_are_named() -> None:
    # NEED 1, EVIDENCE 0.4, LESSONS 0, REACH 0; neither an adopter nor an end is known.
    innovation = replace(IDEA, evidence_level=2)

    assert answered(innovation)[0].fit == pytest.approx(1.4 / 4)
    weighed = answered(innovation, NEED=3, REACH=0)[0]
    assert weighed.fit == pytest.approx((3 + 0.4) / 5)
    assert [part.weight for part in weighed.parts] == [1, 3, 1, 1, 1, 0]
    assert weighed.missing == ("CONTEXT", "TRACK_RECORD")


@pytest.mark.parametrize("weight", [1e308, 5e-324])
def test_only_how_weights_compare_matters(weight: float) -> None:
    innovation = replace(IDEA, evidence_level=2)

    alike = answered(innovation, CONTEXT=weight, NEED=weight, EVIDENCE=weight, TRACK_RECORD=weight, LESSONS=weight, REACH=weight)

    assert alike[0].fit == answered(innovation)[0].fit


def test_equal_means_are_equal_in_whatever_order_they_are_added_up() -> None:
    # 0.2 + 0.8 and 0.6 + 0.4 over as many known parts: fractions that differ in their last digit only.
    one = replace(IDEA, slug="b-idea", fields=("heat",), evidence_level=3, lessons=tuple(LessonFacts(str(n), "COST") for n in range(2)))
    other = replace(IDEA, slug="a-idea", fields=("heat",), evidence_level=1, lessons=tuple(LessonFacts(str(n), "COST") for n in range(4)))

    found = answered(one, other)

    assert found[0].fit == found[1].fit
    assert [each.innovation for each in found] == ["a-idea", "b-idea"]


def test_fit_is_null_where_nothing_that_weighs_is_known() -> None:
    assert answered(IDEA, NEED=0, EVIDENCE=0, LESSONS=0, REACH=0)[0].fit is None


def test_the_best_fit_comes_first_then_the_better_known_then_the_first_slug() -> None:
    # All but the last two have 1 in what weighs; "known" has a track record besides.
    known = replace(IDEA, slug="known", transfers=(a_transfer("e", "b", kind="TWINNING"),))
    others = [replace(IDEA, slug="b-idea"), replace(IDEA, slug="a-idea"), replace(IDEA, slug="worse", fields=("heat",))]

    found = answered(*others, known, CONTEXT=0, EVIDENCE=0, TRACK_RECORD=0, LESSONS=0, REACH=0)

    assert [one.innovation for one in found] == ["known", "a-idea", "b-idea", "worse"]


@pytest.mark.parametrize(
    "innovation",
    [
        replace(IDEA, origin="a"),
        piloted("b", "a", stage="REJECTED"),
        replace(IDEA, transfers=(a_transfer("b", "a")._replace(outcome="FAILED"),)),
        replace(IDEA, transfers=(a_transfer("b", "a")._replace(claim_level="INFERRED"),)),
    ],
)
def test_what_a_city_began_piloted_or_received_is_not_proposed(innovation: InnovationFacts) -> None:
    assert answered(innovation) == ()


def test_what_a_city_only_met_in_a_twinning_is_proposed() -> None:
    assert len(answered(replace(IDEA, transfers=(a_transfer("b", "a", kind="TWINNING"),)))) == 1


def test_only_chosen_candidates_are_proposed_and_no_more_than_asked_for() -> None:
    replicables = Replicables([replace(IDEA, slug=slug) for slug in "xyz"], Peers(CITIES.values()))

    found = replicables.of(SEEKER, ["y", "z"], FitOptions("2026-11-23"), 1)

    assert [one.innovation for one in found] == ["y"]


@given(
    drawn=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 6), st.sampled_from([(), ("roofs",), ("bikes",)])), max_size=12),
    nothing_weighs=st.booleans(),
)
def test_the_first_of_a_few_are_the_first_of_all(drawn: list[tuple[int, int, tuple[str, ...]]], nothing_weighs: bool) -> None:
    ideas = [
        InnovationFacts(f"idea-{place}", None, fields, level, tuple(LessonFacts(str(n), "COST") for n in range(lessons)))
        for place, (level, lessons, fields) in enumerate(drawn)
    ]
    replicables = Replicables(ideas, Peers(CITIES.values()))
    unknown = {"NEED": 0.0, "EVIDENCE": 0.0, "LESSONS": 0.0, "REACH": 0.0} if nothing_weighs else {}

    whole = replicables.of(SEEKER, None, FitOptions("2026-11-23", unknown), 100)

    assert len(whole) == len(ideas)
    for first in range(len(ideas) + 1):
        assert replicables.of(SEEKER, None, FitOptions("2026-11-23", unknown), first) == whole[:first]


def test_warnings_come_first_then_lessons_in_a_field_of_an_open_need_then_slugs() -> None:
    innovation = replace(
        IDEA,
        pilots=(PilotFacts("stopped-pilot", "STALLED", ("e",)),),
        transfers=(a_transfer("e", "d", slug="broken")._replace(outcome="ABANDONED"),),
        lessons=(
            LessonFacts("1-cost", "COST", ("heat",)),
            LessonFacts("2-cost-here", "COST", ("heat", "roofs")),
            LessonFacts("3-barrier", "BARRIER"),
            LessonFacts("4-stopped", "COST", pilots=("stopped-pilot",)),
            LessonFacts("5-stopped-city", "COST", cities=("e",)),
            LessonFacts("6-broken", "SUCCESS_FACTOR", transfers=("broken",)),
            LessonFacts("7-failure-here", "FAILURE", ("roofs",), cities=("d",)),
        ),
    )

    lessons = answered(innovation)[0].lessons

    assert [lesson.slug[0] for lesson in lessons] == ["7", "3", "4", "5", "6", "2", "1"]
    assert [lesson.why for lesson in lessons[:3]] == [
        "A failure, learned where the innovation stopped, in a field of an open need: Green roofs.",
        "A barrier.",
        "Learned where the innovation stopped.",
    ]
    assert lessons[-1].why == "It is about this innovation."


def test_a_city_named_like_a_stopped_pilot_is_not_taken_for_it() -> None:
    innovation = replace(IDEA, pilots=(PilotFacts("lund", "STALLED", ("e",)),), lessons=(LessonFacts("lesson", "COST", cities=("lund",)),))

    assert answered(innovation)[0].lessons[0].why == "It is about this innovation."


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"NEED": -1.0}, "A weight is 0 or more, and that of NEED is -1"),
        ({"NEED": float("nan")}, "A weight is 0 or more, and that of NEED is nan"),
        (dict.fromkeys(PARTS, 0.0), "At least one part must weigh more than 0"),
        ({"LUCK": 1.0}, "CONTEXT, NEED, EVIDENCE, TRACK_RECORD, LESSONS, REACH, not LUCK"),
    ],
)
def test_impossible_weights_are_refused(weights: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        FitOptions("2026-11-23", weights)


def test_a_transfer_counts_for_the_track_record_whatever_its_kind() -> None:
    twinning = a_transfer("e", "b", kind="TWINNING")

    assert part("TRACK_RECORD", replace(IDEA, transfers=(twinning,))).value == 1
