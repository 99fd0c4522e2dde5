"""Observations: impact figures."""

from graph_schema.declare import choice, difference, integer, inverse, node, number, one, text, truth
from graph_schema.kernel import Searched
from graph_schema.vocabularies import OBSERVATION_KIND


@node(table="observations", title="")
class Observation:
    """An impact figure, as reported and in the unit of its indicator. Compare within one indicator only."""

    value = number("As reported, in `unitAsReported`.", required=True, indexed=True)
    unit_as_reported = text("The unit in the source's words, with qualifiers such as “up to”.", required=True)
    value_canonical = number("In the unit of the indicator; null where no conversion is possible, as between currencies.", indexed=True)
    year = integer("Year of the figure.", minimum=1970, maximum=2030)
    baseline_year = integer("Year it is compared with.", minimum=1970, maximum=2030)
    years_since_baseline = difference(
        integer("Years from the baseline to the figure; null where either is unknown."), "year", "baselineYear"
    )
    kind = choice(OBSERVATION_KIND, "How the figure came about.", required=True)
    comparison_group = truth("Whether it was compared with a group without the measure; null where not reported.")
    note = text("What else its source says.", searched=Searched.BODY)

    city = one("OF", "City", "City it is about.", column="city_id", inverse=inverse("observations", "Figures about the city."))
    innovation = one(
        "OF",
        "Innovation",
        "Innovation it is about.",
        column="innovation_id",
        inverse=inverse("observations", "Figures about the innovation."),
    )
    pilot = one("OF", "Pilot", "Pilot it is about.", column="pilot_id", inverse=inverse("observations", "Figures about the pilot."))
    indicator = one(
        "MEASURES",
        "Indicator",
        "What it measures.",
        required=True,
        column="indicator_id",
        inverse=inverse("observations", "Figures of the indicator."),
    )
