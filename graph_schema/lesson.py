"""Lessons."""

from graph_schema.declare import choice, either, integer, inverse, many, node, text, texts, title
from graph_schema.kernel import Searched
from graph_schema.vocabularies import LESSON_KIND


@node(table="lessons")
class Lesson:
    """One thing that a city learned."""

    title = title("Title.", required=True)
    kind = choice(LESSON_KIND, "What sort of lesson it is.", required=True, indexed=True)
    statement = text("What was learned.", required=True, searched=Searched.BODY)
    advice = text("What to do about it.", searched=Searched.BODY)
    year = integer("Year of the result or of the publication.", minimum=1970, maximum=2030, indexed=True)
    phase = text("Phase of a pilot in which it applies.", searched=Searched.BODY)
    audience = text("Whom it concerns.", searched=Searched.BODY)

    fields = many("IN_FIELD", "Concept", "Fields of action.", plain=True, positioned=True, usual=2, column="fields")
    levers = many("USES_LEVER", "Concept", "Levers.", plain=True, positioned=True, usual=2, column="levers")
    cities = many(
        "LEARNED_IN",
        "City",
        "Cities that learned it; none for national or Mission-wide lessons.",
        positioned=True,
        usual=2,
        column="city_ids",
        inverse=inverse("lessons", "Lessons learned in the city."),
    )
    innovations = many(
        "ABOUT",
        "Innovation",
        "Innovations it is about.",
        positioned=True,
        usual=2,
        column="innovation_ids",
        inverse=inverse("lessons", "Lessons about the innovation."),
    )
    pilots = many(
        "LEARNED_IN",
        "Pilot",
        "Pilots in which it was learned.",
        positioned=True,
        usual=2,
        column="pilot_ids",
        inverse=inverse("lessons", "Lessons learned in the pilot."),
    )
    transfers = many(
        "LEARNED_IN",
        "Transfer",
        "Transfers in which it was learned.",
        positioned=True,
        usual=1,
        column="transfer_ids",
        inverse=inverse("lessons", "Lessons learned in the transfer."),
    )
    learned_in = either("LEARNED_IN", ("City", "Pilot", "Transfer"), "Where it was learned, of whatever type.", union="LearnedIn")
    applied_in = many(
        "APPLIED_IN",
        "Pilot",
        "Later pilots that used it.",
        table="lesson_applications",
        column="pilot_id",
        usual=1,
        edge=(
            text("What came of it.", name="result"),
            texts("Public addresses that support the relationship.", name="sources", column="source_url"),
        ),
        inverse=inverse("lessons_applied", "Lessons of others that the pilot used."),
    )
    contradicts = many(
        "CONTRADICTS",
        "Lesson",
        "Lessons it contradicts.",
        positioned=True,
        usual=1,
        column="contradicts_ids",
        inverse=inverse("contradicted_by", "Lessons that contradict it."),
    )
    supersedes = many(
        "SUPERSEDES",
        "Lesson",
        "Lessons it replaces.",
        positioned=True,
        usual=1,
        column="supersedes_ids",
        inverse=inverse("superseded_by", "Lessons that replace it."),
    )
