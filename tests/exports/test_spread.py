"""Event histories: who is at risk when, what counts as an event, what is censored how."""

from server.exports.event_history import TABLE, history
from server.exports.exposure import Grounds, Resident
from server.exports.spread import Known, PilotKnown
from server.measures.network import Transfer

NAMES = [column.name for column in TABLE.columns]


def resident(slug: str, country: str = "SE", networks: frozenset[str] = frozenset(), latitude: float | None = None) -> Resident:
    return Resident(slug, country, None, latitude, None if latitude is None else 10.0, 100, networks)


def transfer(giver: str, target: str, year: int | None, **said: str) -> Transfer:
    told = {"kind": "REPLICATION", "degree": "ADAPTATION", "outcome": "IMPLEMENTED", "claim_level": "INDEPENDENT"} | said
    return Transfer(f"{giver}-{target}", "bikes", year=year, givers=(giver,), target=target, **told)


def rows(known: Known, *cities: Resident, until: int = 2012) -> list[dict[str, object]]:
    grounds = Grounds(cities)
    return [dict(zip(NAMES, row, strict=True)) for row in history(known, grounds, list(range(len(cities))), until)]


def bikes(*transfers: Transfer, first_year: int | None = 2009, origin: str | None = "a", pilots: tuple[PilotKnown, ...] = ()) -> Known:
    return Known("bikes", first_year, origin, pilots, transfers)


def test_the_spell_of_an_adopter_ends_with_its_event() -> None:
    found = rows(bikes(transfer("a", "b", 2011)), resident("a"), resident("b"))

    assert [(row["city"], row["year"], row["start"], row["stop"], row["event"]) for row in found] == [
        ("b", 2009, 0, 1, 0),
        ("b", 2010, 1, 2, 0),
        ("b", 2011, 2, 3, 1),
    ]
    assert {row["censoring"] for row in found} == {"NONE"}
    assert {row["adoption_record"] for row in found} == {"a-b"}


def test_a_city_that_never_took_it_up_is_censored_at_the_end_of_observation() -> None:
    found = rows(bikes(), resident("b"))

    assert [row["event"] for row in found] == [0, 0, 0, 0]
    assert {row["censoring"] for row in found} == {"RIGHT"}


def test_an_adoption_after_the_end_of_observation_is_not_seen() -> None:
    found = rows(bikes(transfer("a", "b", 2011)), resident("b"), until=2010)

    assert [(row["event"], row["censoring"], row["adoption_record"]) for row in found] == [(0, "RIGHT", None)] * 2


def test_an_undated_adoption_is_one_row_without_a_verdict() -> None:
    [found] = rows(bikes(transfer("a", "b", None)), resident("b"))

    assert (found["start"], found["stop"], found["event"], found["censoring"]) == (0, 4, None, "INTERVAL")


def test_the_place_of_origin_and_whoever_gave_without_having_taken_are_never_at_risk() -> None:
    found = rows(bikes(transfer("c", "b", 2009)), resident("a"), resident("b"), resident("c"))

    assert {row["city"] for row in found} == {"b"}


def test_a_failed_transfer_leaves_the_city_at_risk() -> None:
    found = rows(bikes(transfer("a", "b", 2010, outcome="FAILED")), resident("b"))

    assert [row["event"] for row in found] == [0, 0, 0, 0]


def test_a_pilot_is_an_adoption_and_an_idea_is_none() -> None:
    pilots = (PilotKnown("p", "RUNNING", 2010, ("b",)), PilotKnown("q", "IDEA", 2009, ("c",)))

    found = rows(bikes(pilots=pilots), resident("b"), resident("c"))

    assert [(row["city"], row["year"]) for row in found if row["event"]] == [("b", 2010)]
    assert {row["adopted_by"] for row in found if row["city"] == "b"} == {"PILOT"}


def test_the_earliest_pilot_dates_an_innovation_without_a_first_year() -> None:
    pilots = (PilotKnown("p", "RUNNING", 2010, ("b",)),)

    found = rows(bikes(first_year=None, origin=None, pilots=pilots), resident("b"), resident("c"))

    assert {(row["city"], row["origin_year"], row["origin_basis"]) for row in found} == {("c", 2010, "PILOT")}


def test_an_innovation_that_nothing_dates_has_no_history() -> None:
    assert rows(bikes(transfer("a", "b", None), first_year=None), resident("b")) == []


def test_exposure_counts_who_had_it_at_the_start_of_the_year() -> None:
    fellows = frozenset({"eurocities"})
    cities = resident("a", latitude=0.0), resident("b", networks=fellows, latitude=1.0), resident("c", networks=fellows, latitude=2.0)

    found = [row for row in rows(bikes(transfer("a", "b", 2010)), *cities) if row["city"] == "c"]

    assert [
        (row["year"], row["holders"], row["holders_in_country"], row["holders_in_networks"], row["nearest_holder_km"]) for row in found
    ] == [
        (2009, 0, 0, 0, None),
        (2010, 1, 1, 0, 222.4),
        (2011, 2, 2, 1, 111.2),
        (2012, 2, 2, 1, 111.2),
    ]
