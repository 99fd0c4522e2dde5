"""Programmes, projects and cohorts."""

from graph_schema.declare import choice, counted_by, inverse, node, number, one, partial_date, text, title
from graph_schema.kernel import Searched
from graph_schema.vocabularies import PROGRAMME_KIND


@node(table="programmes", title="name")
class Programme:
    """A programme, project, cohort or transfer network in which pilots and transfers take place."""

    name = title("Name.", required=True)
    kind = choice(PROGRAMME_KIND, "What sort of programme it is.", required=True)
    funder = text("Who pays for it.", searched=Searched.BODY)
    start_date = partial_date("When it began.", indexed=True)
    end_date = partial_date("When it ended or will end.")
    budget_eur = number("Budget.", unit="EUR", minimum=0, indexed=True)
    url = text("Website.")

    part_of = one(
        "PART_OF",
        "Programme",
        "Programme it belongs to, as a cohort to its programme.",
        column="part_of_id",
        inverse=inverse("parts", "Cohorts and projects that belong to the programme."),
    )

    city = counted_by("Cities of its pilots.", ("pilots", "cities"))
