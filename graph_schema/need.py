"""Needs: what cities are looking for."""

from graph_schema.declare import inverse, many, node, one, partial_date, text
from graph_schema.kernel import Searched


@node(table="needs", title="question")
class Need:
    """What a city says that it is looking for."""

    question = text("The question.", required=True, searched=Searched.TITLE)
    open_until = partial_date("Until when answers are welcome.")

    city = one(
        "EXPRESSES",
        "City",
        "City that is looking for it.",
        incoming=True,
        required=True,
        column="city_id",
        inverse=inverse("needs", "What the city is looking for."),
    )
    fields = many("IN_FIELD", "Concept", "Fields of action.", plain=True, positioned=True, usual=2, column="fields")
