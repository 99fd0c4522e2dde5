"""Context distance: each feature worked by hand, who is left out, and in which order cities come."""

from dataclasses import replace
from math import acos, cos, log, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.measures.features import FEATURES, CityFeatures, distance_km
from server.measures.peers import Peers
from tests.measures import mission

UNKNOWN = CityFeatures("unknown", "Unknown", "XX", "Nowhere", None, None, None, frozenset(), None)
STOCKHOLM = CityFeatures("stockholm", "Stockholm", "SE", "Sweden", 1_000_000, 59.3294, 18.0687, frozenset({"vc", "nzc"}), 2030)
HELSINGBORG = replace(STOCKHOLM, slug="helsingborg", name="Helsingborg", population=100_000, latitude=56.0467, longitude=12.6944)
LYON = CityFeatures("lyon", "Lyon", "FR", "France", 500_000, 45.7485, 4.8467, frozenset({"nzc", "c40"}), 2050)
NAMES = {"vc": "Viable Cities", "nzc": "NetZeroCities", "c40": "C40 Cities"}


def distances(mine: CityFeatures, theirs: CityFeatures, *others: CityFeatures) -> dict[str, float | None]:
    found = Peers([mine, theirs, *others]).similar(mine.slug, FEATURES, [theirs.slug], 1)
    return {part.feature: part.distance for part in found.nodes[0].parts}


def test_population_is_compared_by_its_logarithm_over_the_range_of_all_cities() -> None:
    parts = distances(STOCKHOLM, LYON, HELSINGBORG)

    assert parts["POPULATION"] == pytest.approx((log(1_000_000) - log(500_000)) / (log(1_000_000) - log(100_000)))
    assert parts["POPULATION"] == pytest.approx(0.30103, abs=1e-5)


def test_distance_is_the_great_circle_over_five_thousand_kilometres() -> None:
    # A degree along the equator is 6371.0088 km × π / 180.
    here, there = replace(STOCKHOLM, latitude=0.0, longitude=0.0), replace(LYON, latitude=0.0, longitude=10.0)

    assert distance_km(here, there) == pytest.approx(1111.9508, abs=1e-3)
    assert distances(here, there)["DISTANCE"] == pytest.approx(0.222390, abs=1e-6)


def test_beyond_five_thousand_kilometres_farther_makes_no_difference() -> None:
    here, there = replace(STOCKHOLM, latitude=90.0, longitude=0.0), replace(LYON, latitude=-90.0, longitude=0.0)

    assert distance_km(here, there) == pytest.approx(20015.1145, abs=1e-3)
    assert distances(here, there)["DISTANCE"] == 1


def test_countries_are_one_or_two() -> None:
    assert distances(STOCKHOLM, HELSINGBORG)["COUNTRY"] == 0
    assert distances(STOCKHOLM, LYON)["COUNTRY"] == 1


def test_networks_are_compared_by_the_share_that_is_not_shared() -> None:
    assert distances(STOCKHOLM, LYON)["NETWORKS"] == pytest.approx(1 - 1 / 3)
    assert distances(STOCKHOLM, HELSINGBORG)["NETWORKS"] == 0


def test_target_years_are_compared_over_the_range_of_all_cities() -> None:
    parts = distances(STOCKHOLM, replace(LYON, target_year=2035), replace(HELSINGBORG, target_year=2040))

    assert parts["TARGET_YEAR"] == pytest.approx(0.5)


def test_where_all_cities_are_alike_the_feature_makes_no_distance() -> None:
    parts = distances(STOCKHOLM, replace(LYON, population=1_000_000, target_year=2030))

    assert (parts["POPULATION"], parts["TARGET_YEAR"]) == (0, 0)


def test_the_distance_is_the_mean_of_the_known_features_and_the_missing_ones_are_named() -> None:
    found = Peers([STOCKHOLM, LYON, replace(LYON, slug="x", population=None, networks=frozenset())]).similar(
        "stockholm", FEATURES, ["x"], 5
    )

    city = found.nodes[0]
    known = [part.distance for part in city.parts if part.distance is not None]
    assert city.missing == ("POPULATION", "NETWORKS")
    assert len(known) == 3
    assert city.distance == pytest.approx(sum(known) / 3)


@pytest.mark.parametrize(
    ("features", "left_out"),
    [(("COUNTRY",), 0), (("COUNTRY", "POPULATION"), 0), (("COUNTRY", "POPULATION", "DISTANCE"), 1), (FEATURES, 1)],
)
def test_a_city_of_which_less_than_half_is_known_is_left_out_and_counted(features: tuple[str, ...], left_out: int) -> None:
    found = Peers([STOCKHOLM, UNKNOWN]).similar("stockholm", features, ["unknown"], 5)

    assert (found.left_out, len(found.nodes)) == (left_out, 1 - left_out)


def test_cities_come_by_distance_then_by_fewer_missing_features_then_by_slug() -> None:
    twin = replace(STOCKHOLM, slug="twin")
    vague = replace(STOCKHOLM, slug="a-vague-twin", target_year=None)
    cities = [STOCKHOLM, LYON, twin, replace(twin, slug="another-twin"), vague]

    found = Peers(cities).similar("stockholm", FEATURES, [city.slug for city in cities], 10)

    assert [city.slug for city in found.nodes] == ["another-twin", "twin", "a-vague-twin", "lyon"]


def test_both_values_stand_in_words() -> None:
    helsingborg = replace(HELSINGBORG, population=149_280)

    city = Peers([STOCKHOLM, helsingborg], NAMES).similar("stockholm", FEATURES, ["helsingborg"], 1).nodes[0]

    words = {part.feature: (part.mine, part.theirs) for part in city.parts}
    assert words == {
        "POPULATION": ("1,000,000 inhabitants", "149,280 inhabitants"),
        "DISTANCE": ("59.33° N, 18.07° E", "485 km away, at 56.05° N, 12.69° E"),
        "COUNTRY": ("Sweden", "Sweden"),
        "NETWORKS": ("NetZeroCities, Viable Cities", "NetZeroCities, Viable Cities"),
        "TARGET_YEAR": ("2030", "2030"),
    }
    assert city.shared_networks == ("nzc", "vc")


def test_what_is_unknown_has_no_words() -> None:
    city = Peers([STOCKHOLM, UNKNOWN]).similar("stockholm", ["COUNTRY", "DISTANCE"], ["unknown"], 1).nodes[0]

    assert [(part.feature, part.distance, part.theirs) for part in city.parts] == [("COUNTRY", 1, "Nowhere"), ("DISTANCE", None, None)]


def test_no_feature_and_unknown_features_are_refused() -> None:
    peers = Peers([STOCKHOLM, LYON])

    with pytest.raises(ValueError, match="at least one of them is needed"):
        peers.similar("stockholm", [], ["lyon"], 5)
    with pytest.raises(ValueError, match="POPULATION, DISTANCE, COUNTRY, NETWORKS, TARGET_YEAR, not by WEATHER"):
        peers.similar("stockholm", ["WEATHER"], ["lyon"], 5)


def test_on_the_missions_data_every_city_is_compared_or_counted_as_left_out() -> None:
    peers = Peers(missions_cities())

    found = peers.similar("helsingborg", FEATURES, peers.cities, 1_000)

    assert len(found.nodes) + found.left_out == len(peers.cities) - 1
    assert all(0 <= city.distance <= 1 for city in found.nodes)
    assert [city.slug for city in found.nodes] == [city.slug for city in sorted(found.nodes, key=lambda city: (city.distance, city.slug))]


def test_on_the_missions_data_context_distances_are_those_of_a_plain_computation() -> None:
    cities = {city.slug: city for city in missions_cities()}
    populations = [log(city.population) for city in cities.values() if city.population]
    years = [city.target_year for city in cities.values() if city.target_year]
    ranges = max(populations) - min(populations), max(years) - min(years)
    mine = cities["helsingborg"]
    plain = {slug: plainly(mine, city, *ranges) for slug, city in cities.items() if slug != "helsingborg"}
    expected = {slug: distance for slug, distance in plain.items() if distance is not None}

    found = Peers(cities.values()).similar("helsingborg", FEATURES, cities, 1_000)

    assert {city.slug: city.distance for city in found.nodes} == pytest.approx(
        {slug: far for slug, far in expected.items() if far is not None}
    )
    assert found.left_out == len(plain) - len(expected)


def plainly(mine: CityFeatures, theirs: CityFeatures, populations: float, years: float) -> float | None:
    """The definition once more, the great circle by the angle between two vectors."""
    parts = [float(mine.country != theirs.country)]
    if mine.population and theirs.population:
        parts.append(abs(log(mine.population / theirs.population)) / populations)
    if mine.latitude is not None and theirs.latitude is not None:
        cosine = sum(one * two for one, two in zip(vector(mine), vector(theirs), strict=True))
        parts.append(min(6371.0088 * acos(min(1, cosine)), 5000) / 5000)
    if mine.networks and theirs.networks:
        parts.append(len(mine.networks ^ theirs.networks) / len(mine.networks | theirs.networks))
    if mine.target_year and theirs.target_year:
        parts.append(abs(mine.target_year - theirs.target_year) / years)
    return sum(parts) / len(parts) if len(parts) >= 3 else None


def vector(city: CityFeatures) -> tuple[float, float, float]:
    assert city.latitude is not None
    assert city.longitude is not None
    north, east = radians(city.latitude), radians(city.longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def missions_cities() -> list[CityFeatures]:
    members: dict[str, set[str]] = {}
    for row in mission.rows("network_members"):
        members.setdefault(row["city_id"], set()).add(row["network_id"])
    return [
        CityFeatures(
            row["id"],
            row["name"],
            row["country_code"],
            row["country_code"],
            int(row["population"]) if row["population"] else None,
            float(row["latitude"]) if row["latitude"] else None,
            float(row["longitude"]) if row["longitude"] else None,
            frozenset(members.get(row["id"], ())),
            int(row["neutrality_target_year"]) if row["neutrality_target_year"] else None,
        )
        for row in mission.rows("cities")
    ]


CITIES = st.builds(
    CityFeatures,
    st.just(""),
    st.just(""),
    st.sampled_from(("SE", "FR")),
    st.just(""),
    st.none() | st.integers(0, 10**8),
    st.none() | st.floats(-90, 90),
    st.none() | st.floats(-180, 180),
    st.frozensets(st.sampled_from("abc")),
    st.none() | st.integers(2020, 2060),
)


@given(st.lists(CITIES, min_size=2, max_size=6))
def test_a_distance_is_between_nought_and_one_and_the_same_both_ways(drawn: list[CityFeatures]) -> None:
    peers = Peers(replace(city, slug=str(number)) for number, city in enumerate(drawn))

    there, back = peers.nearness("0", ["1"]).get("1"), peers.nearness("1", ["0"]).get("0")

    assert there == back
    assert there is None or (0 <= there.distance <= 1 + 1e-12 and there.known >= 3)
