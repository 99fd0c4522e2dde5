"""Reports of barriers."""

from graph_schema.declare import choice, counted_by, either, integer, inverse, node, number, one, text, truth
from graph_schema.kernel import Searched
from graph_schema.vocabularies import BARRIER_CATEGORY


@node(table="barrier_reports", title="description")
class BarrierReport:
    """A barrier met in a pilot or in a transfer."""

    category = choice(BARRIER_CATEGORY, "What kind of barrier.", required=True, indexed=True)
    description = text("What stood in the way.", searched=Searched.TITLE)
    severity = integer("From 1, a nuisance, to 5, a stop; where a source grades it.", unit="1–5", minimum=1, maximum=5)
    resolved = truth("Whether it was overcome; null where not reported.")
    resolved_how = text("How it was overcome.", searched=Searched.BODY)
    delay_months = number("Delay it caused.", unit="months", minimum=0)
    extra_cost_eur = number("Extra cost it caused.", unit="EUR", minimum=0)

    pilot = one(
        "MET_IN", "Pilot", "Pilot in which it was met.", column="pilot_id", inverse=inverse("barrier_reports", "Barriers met in the pilot.")
    )
    transfer = one(
        "MET_IN",
        "Transfer",
        "Transfer in which it was met.",
        column="transfer_id",
        inverse=inverse("barrier_reports", "Barriers met in the transfer."),
    )
    met_in = either("MET_IN", ("Pilot", "Transfer"), "Where it was met, of whatever type.", union="MetIn", many=False)

    city = counted_by("Cities of its pilot, or the city that its transfer was to reach.", ("pilot", "cities"), ("transfer", "targetCity"))
    field = counted_by("Fields of action of its pilot or of its transfer.", ("pilot", "fields"), ("transfer", "fields"))
