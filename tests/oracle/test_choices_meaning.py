"""The oracle itself, against expectations worked out by hand: what is chosen for a city, what a search finds, where pages of it begin."""

import pytest

from tests.oracle.chosen_pages import cursor_of_chosen
from tests.oracle.executor import Oracle
from tests.oracle.searching import words
from tests.oracle.test_meaning import GOOD, answer, oracle_of, record
from tests.oracle.world import Link, Record


def a_city(slug: str, **values: object) -> list[Record | Link]:
    """A city of Sweden."""
    return [record("City", slug, name=slug.upper(), **values), Link("IN_COUNTRY", f"City:{slug}", "Country:se")]


SWEDEN = record("Country", "se", code="SE", name="Sweden")
CITIES = (SWEDEN, *a_city("a", population=100), *a_city("b", population=10_000), *a_city("c", population=1_000), *a_city("d"))
HIDDEN = (*CITIES, *a_city("hidden", population=1, status="DRAFT"))


def test_cities_are_as_far_apart_as_their_populations_on_the_scale_of_all_that_are_visible() -> None:
    found = answer(
        oracle_of(*HIDDEN), '{ city(slug: "a") { similarCities(features: [POPULATION]) { nodes { distance city { slug } } leftOut } } }'
    )

    similar = found["city"]["similarCities"]
    assert [(each["city"]["slug"], round(each["distance"], 9)) for each in similar["nodes"]] == [("c", 0.5), ("b", 1.0)]
    assert similar["leftOut"] == 1


def test_a_city_of_which_less_than_half_is_known_is_left_out_and_a_filter_narrows() -> None:
    arguments = 'where: {slug: {in: ["a", "b", "d", "hidden"]}}'
    document = f"""{{
      city(slug: "a") {{
        two: similarCities({arguments}, features: [POPULATION, COUNTRY]) {{ nodes {{ city {{ slug }} missing }} leftOut }}
        all: similarCities({arguments}) {{ nodes {{ city {{ slug }} missing }} leftOut }}
      }}
    }}"""

    similar = answer(oracle_of(*HIDDEN), document)["city"]

    assert similar["two"]["nodes"] == [{"city": {"slug": "d"}, "missing": ["POPULATION"]}, {"city": {"slug": "b"}, "missing": []}]
    assert (similar["two"]["leftOut"], similar["all"]) == (0, {"nodes": [], "leftOut": 2})


def test_what_fits_a_city_is_weighed_part_by_part() -> None:
    oracle = oracle_of(
        *CITIES,
        record("Concept", "transport", prefLabelEn="Transport"),
        record("Innovation", "i", title="I"),
        record("Innovation", "own", title="Own"),
        record("Need", "n", question="How?"),
        record("Lesson", "l", title="L", kind="FAILURE"),
        record("Transfer", "t", **GOOD),
        Link("IN_FIELD", "Innovation:i", "Concept:transport", {"position": 0}),
        Link("ORIGINATED_IN", "Innovation:own", "City:a"),
        Link("EXPRESSES", "City:a", "Need:n"),
        Link("IN_FIELD", "Need:n", "Concept:transport", {"position": 0}),
        Link("ABOUT", "Lesson:l", "Innovation:i"),
        Link("OF", "Transfer:t", "Innovation:i"),
        Link("GAVE", "City:c", "Transfer:t", {"position": 0}),
        Link("REACHED", "Transfer:t", "City:b"),
    )
    weights = "{context: 0, evidence: 1, trackRecord: 0, lessons: 0, need: 3, reach: 0}"
    chosen = "innovation { slug } fit missing adopters { slug } weightyLessons { lesson { slug } why }"

    found = answer(oracle, f'{{ city(slug: "a") {{ replicableInnovations(weights: {weights}) {{ {chosen} }} }} }}')

    (only,) = found["city"]["replicableInnovations"]
    assert only["innovation"] == {"slug": "i"}
    assert only["fit"] == pytest.approx((3 * 1.0 + 1 * 0.2) / 4)
    assert only["missing"] == ["CONTEXT", "REACH"]
    assert only["adopters"] == [{"slug": "b"}]
    assert only["weightyLessons"] == [{"lesson": {"slug": "l"}, "why": "A failure."}]


READ = (
    *CITIES,
    record("City", "malmo", name="Malmö"),
    Link("IN_COUNTRY", "City:malmo", "Country:se"),
    record("City", "lund", name="Lund", status="DRAFT"),
    record("Innovation", "bus", title="Bus of Malmö", summary="Electric, from Lund"),
    record("Innovation", "rail", title="Rail", summary="Malmö's trams", aliases=["Tram of Malmö"]),
    record("Lesson", "tram", title="Trams", statement="A tram for Malmö beats a bus"),
)


def found(oracle: Oracle, text: str, arguments: str = "") -> list[tuple[str, int]]:
    """The hits of a text with their scores."""
    document = f"query ($text: String!) {{ search(text: $text{arguments}) {{ nodes {{ record {{ id }} score }} }} }}"
    nodes = answer(oracle, document, text=text)["search"]["nodes"]
    return [(each["record"]["id"], each["score"]) for each in nodes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MALMO", [("City:malmo", 100), ("Innovation:bus", 70), ("Innovation:rail", 50), ("Lesson:tram", 30)]),
        ("malm", [("City:malmo", 80), ("Innovation:bus", 70), ("Innovation:rail", 50), ("Lesson:tram", 30)]),
        ("mamlo", [("City:malmo", 90), ("Innovation:bus", 60), ("Innovation:rail", 40), ("Lesson:tram", 20)]),
        ("malmö bus", [("Innovation:bus", 60), ("Lesson:tram", 20)]),
        ('"for malmö" bus', [("Lesson:tram", 20)]),
        ('"bus of"', [("Innovation:bus", 80)]),
        ("lund", [("Innovation:bus", 30)]),
        ("lynd", []),
        ("!", []),
    ],
)
def test_a_record_scores_by_where_the_words_stand(text: str, expected: list[tuple[str, int]]) -> None:
    assert found(oracle_of(*READ), text) == expected


def test_only_records_of_the_types_and_places_asked_for_are_found() -> None:
    oracle = oracle_of(*READ)

    assert found(oracle, "malmo", ", types: [CITY, LESSON]") == [("City:malmo", 100), ("Lesson:tram", 30)]
    assert found(oracle, "malmo", ', countries: ["se"]') == [("City:malmo", 100)]


def test_a_search_tells_what_it_counts_and_where_it_goes_on() -> None:
    oracle = oracle_of(*READ)
    parts = (
        "edges { cursor } totalCount pageInfo { hasNextPage hasPreviousPage } facets(by: [TYPE, COUNTRY]) { values { key count } missing }"
    )

    first = answer(oracle, f'{{ search(text: "malmo", first: 2) {{ {parts} }} }}')["search"]
    after = first["edges"][1]["cursor"]

    assert found(oracle, "malmo", f', after: "{after}"') == [("Innovation:rail", 50), ("Lesson:tram", 30)]
    assert (first["totalCount"], first["pageInfo"]) == (4, {"hasNextPage": True, "hasPreviousPage": False})
    assert first["facets"] == [
        {"values": [{"key": "INNOVATION", "count": 2}, {"key": "CITY", "count": 1}, {"key": "LESSON", "count": 1}], "missing": 0},
        {"values": [{"key": "SE", "count": 1}], "missing": 3},
    ]


def test_a_search_tells_how_its_hits_score_in_all_and_by_group() -> None:
    numbers = "count score { count missing min max sum mean median }"
    document = (
        f'{{ search(text: "malmo", first: 1) {{ aggregate(groupBy: COUNTRY) {{ {numbers} groups {{ key {numbers} }} moreGroups }} }} }}'
    )

    told = answer(oracle_of(*READ), document)["search"]["aggregate"]

    # As they are scored above: 100, 70, 50 and 30.
    of_all = {"count": 4, "missing": 0, "min": 30, "max": 100, "sum": 250, "mean": 62.5, "median": 60}
    of_none = {"count": 3, "missing": 0, "min": 30, "max": 70, "sum": 150, "mean": 50, "median": 50}
    of_sweden = {"count": 1, "missing": 0, "min": 100, "max": 100, "sum": 100, "mean": 100, "median": 100}
    groups = [{"key": "SE", "count": 1, "score": of_sweden}, {"key": None, "count": 3, "score": of_none}]
    assert told == {"count": 4, "score": of_all, "groups": groups, "moreGroups": 0}


def test_only_what_a_record_is_called_is_suggested() -> None:
    suggested = answer(oracle_of(*READ), '{ suggest(text: "malm") { id label highlight score } }')["suggest"]

    assert [(each["id"], each["score"]) for each in suggested] == [("City:malmo", 80), ("Innovation:bus", 70), ("Innovation:rail", 50)]
    assert (suggested[2]["label"], suggested[2]["highlight"]) == ("Rail", "Tram of Malmö")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Malmö's CO₂e", ["malmo", "s", "co2e"]), ("a_b", ["a", "b"]), ("x\U0001f6b2y", ["x", "y"]), ("שלום", ["שלום"])],
)
def test_words_are_letters_and_digits_of_the_folded_form(text: str, expected: list[str]) -> None:
    assert words(text) == expected


PILOTING = (
    *CITIES,
    record("Pilot", "p", title="P"),
    *(Link("LOCATED_IN", "Pilot:p", f"City:{slug}", {"position": place}) for place, slug in enumerate("abc")),
)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, ("abc", False, False)),
        ({"after": (0, "a")}, ("bc", True, False)),
        ({"after": (2, "a")}, ("bc", True, False)),
        ({"after": (1, "gone")}, ("bc", True, False)),
        ({"after": (9, "gone")}, ("", True, False)),
        ({"before": (2, "c")}, ("ab", False, True)),
        ({"after": (0, "a"), "before": (2, "c")}, ("b", True, True)),
        ({"after": (2, "c"), "before": (0, "a")}, ("", True, False)),
    ],
)
def test_a_cursor_in_a_page_of_chosen_records_goes_where_its_record_went(
    arguments: dict[str, tuple[int, str]], expected: tuple[str, bool, bool]
) -> None:
    given = ", ".join(f'{name}: "{cursor_of_chosen("City", *mark)}"' for name, mark in arguments.items())
    page = f"citiesWithPilotsButNeverGave{f'({given})' if given else ''}"

    told = answer(
        oracle_of(*PILOTING), f"{{ knowledgeGaps {{ {page} {{ nodes {{ slug }} pageInfo {{ hasPreviousPage hasNextPage }} }} }} }}"
    )

    shown = told["knowledgeGaps"]["citiesWithPilotsButNeverGave"]
    info = shown["pageInfo"]
    assert ("".join(each["slug"] for each in shown["nodes"]), info["hasPreviousPage"], info["hasNextPage"]) == expected
