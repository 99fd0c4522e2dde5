"""The table of event histories: which city could have taken which innovation up in which year, and whether it did."""

import math
from collections.abc import Iterator

from server.exports.exposure import Exposure, Grounds, exposures
from server.exports.spread import Adoption, Known, Spread, spread_of
from server.exports.tables import Row, Table, integer, number, text

TABLE = Table(
    "event-history",
    "Event history of adoption",
    "One row is one year in which a city could take an innovation up (city × innovation × year), as counting processes are written: "
    "(start, stop] in years since the innovation was first used. The risk set of a year are all cities chosen that are not known to "
    "have the innovation at its start.",
    (
        text("innovation", "Slug of the innovation."),
        text("city", "Slug of the city at risk."),
        integer("year", "Calendar year; of an interval-censored spell the last one."),
        integer("start", "Years since the origin year at which the row begins; the origin year itself begins at 0."),
        integer("stop", "Years since the origin year at which the row ends."),
        integer("event", "1: taken up in this year; 0: not; empty: taken up, but nothing says when (leave these rows out, or use them "
                "as interval-censored)."),
        text("censoring", "Of the whole spell: NONE (the event was seen), RIGHT (not taken up by the end of observation), "
             "INTERVAL (taken up at an unknown time between start and stop)."),
        text("adopted_by", "TRANSFER or PILOT: what says that the city took it up."),
        text("adoption_record", "Slug of that transfer or pilot."),
        integer("origin_year", "Year in which the innovation was first used."),
        text("origin_basis", "What says so: FIRST_YEAR (stated), PILOT (its earliest pilot), TRANSFER (its earliest transfer: "
             "the true year is this one or an earlier one, so these spells are left-truncated)."),
        integer("holders", "Cities known to have it at the start of the year."),
        integer("holders_in_country", "Those of the city's own country."),
        integer("holders_in_networks", "Those that share a city network with it; memberships are taken as of now."),
        number("nearest_holder_km", "Great-circle kilometres to the nearest of them."),
        text("country", "ISO 3166-1 code of the city's country."),
        text("mission_status", "The city's part in the EU Mission."),
        integer("population", "Inhabitants, as known now."),
    ),
    ("innovation", "city", "year"),
)  # fmt: skip


def history(known: Known, grounds: Grounds, at_risk: list[int], until: int) -> Iterator[Row]:
    """The rows of one innovation, for the cities of these numbers; none where nothing says when it was first used."""
    spread = spread_of(known)
    if spread is None or spread.origin_year > until:
        return
    since = {number: year for slug, number in grounds.numbers.items() if (year := spread.holder_since(slug)) is not None}
    exposed = exposures(grounds, since, spread.origin_year, until)
    for place in at_risk:
        yield from _spell(known.slug, spread, grounds, exposed, place)


def _spell(innovation: str, spread: Spread, grounds: Grounds, exposed: dict[int, Exposure], place: int) -> Iterator[Row]:
    city = grounds.residents[place]
    adoption = spread.adopted.get(city.slug)
    until = max(exposed)
    if city.slug in spread.began or city.slug in spread.holding:
        return
    about = (city.country, city.mission_status, city.population)
    origin = (spread.origin_year, spread.basis)
    by = (adoption.by, adoption.record) if adoption else (None, None)
    if adoption and adoption.year is None:
        span = (until, 0, until - spread.origin_year + 1)
        yield innovation, city.slug, *span, None, "INTERVAL", *by, *origin, *_seen(exposed[spread.origin_year], place, city.country), *about
        return
    seen = _seen_until(adoption, until)
    censoring, by = ("NONE", by) if seen is not None else ("RIGHT", (None, None))
    for year in range(spread.origin_year, (until if seen is None else seen) + 1):
        start = year - spread.origin_year
        told = (start, start + 1, int(year == seen), censoring)
        yield innovation, city.slug, year, *told, *by, *origin, *_seen(exposed[year], place, city.country), *about


def _seen_until(adoption: Adoption | None, until: int) -> int | None:
    """The year of the event, if it falls into the time of observation; one before the origin year leaves no row at all."""
    return adoption.year if adoption and adoption.year is not None and adoption.year <= until else None


def _seen(exposure: Exposure, place: int, country: str) -> tuple[int, int, int, float | None]:
    km = float(exposure.nearest_km[place])
    near = None if math.isnan(km) else round(km, 1)
    return exposure.holders, exposure.by_country.get(country, 0), int(exposure.in_networks[place]), near
