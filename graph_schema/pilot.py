"""Pilots: innovations at work in cities."""

from graph_schema.declare import choice, integer, inverse, many, node, number, one, partial_date, spread, tally, text, title
from graph_schema.kernel import Searched
from graph_schema.lineages import BY_OUTCOME, OUTCOMES_GIVEN
from graph_schema.measures import CARRIED_ABROAD, COUNTED, MEASURES
from graph_schema.vocabularies import PILOT_STAGE


@node(table="pilots")
class Pilot:
    """An innovation at work in one or more cities: tests, roll-outs and rejected attempts."""

    replication_count = tally(
        integer("How many cities took something from it, by counted transfers.", measure=MEASURES), "replicationCities"
    )
    replication_countries = tally(
        integer("How many countries took something from it; a step within one country is left out.", measure=MEASURES),
        "replicationAbroad",
    )

    title = title("Title.", required=True)
    summary = text("What was done, in short.", searched=Searched.BODY)
    stage = choice(PILOT_STAGE, "How far it has come; null where no source says it.", indexed=True)
    start_date = partial_date("When it began.", indexed=True)
    end_date = partial_date("When it ended or will end.")
    budget_eur = number("Budget.", unit="EUR", minimum=0, indexed=True)
    reason_stopped = text(
        "Why it stalled, was discontinued or was rejected.",
        searched=Searched.BODY,
        needed_where=("stage", ("STALLED", "DISCONTINUED", "REJECTED")),
    )

    cities = many(
        "LOCATED_IN",
        "City",
        "Cities it takes place in.",
        positioned=True,
        usual=2,
        column="city_ids",
        inverse=inverse("pilots", "Pilots in the city."),
    )
    innovations = many(
        "TESTS",
        "Innovation",
        "Innovations it tests.",
        positioned=True,
        usual=2,
        column="innovation_ids",
        inverse=inverse("pilots", "Pilots that test the innovation."),
    )
    programme = one(
        "PART_OF", "Programme", "Programme it belongs to.", column="programme_id", inverse=inverse("pilots", "Pilots of the programme.")
    )
    fields = many(
        "IN_FIELD",
        "Concept",
        "Its own fields of action, else those of its innovations.",
        plain=True,
        positioned=True,
        usual=2,
        column="fields",
        through=("innovations", "fields"),
    )
    levers = many(
        "USES_LEVER",
        "Concept",
        "Its own levers, else those of its innovations.",
        plain=True,
        positioned=True,
        usual=2,
        column="levers",
        through=("innovations", "levers"),
    )
    first_city = one(
        "",
        "City",
        "City in which what it tests began: the one origin of its innovations, else the one city of their earliest dated pilots; null "
        "where there are several.",
        stored=False,
        through=("innovations", "firstCity"),
        alone=True,
        measure=MEASURES,
    )
    by_outcome = spread("OutcomeCount", BY_OUTCOME.format(of="it gave"), OUTCOMES_GIVEN, measure=MEASURES)
    replication_cities = many(
        "",
        "City",
        "Cities that took something from it, by counted transfers.",
        stored=False,
        through=("transfersGiven", "targetCity"),
        passing={"transfersGiven": COUNTED},
    )
    replication_abroad = many(
        "",
        "Country",
        "Countries of those cities; a step within one country is left out.",
        stored=False,
        through=("transfersGiven", "targetCity", "country"),
        passing={"transfersGiven": CARRIED_ABROAD},
    )
