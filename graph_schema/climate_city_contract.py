"""Climate City Contracts."""

from graph_schema.declare import integer, inverse, node, number, one, partial_date


@node(plural="contracts", table="contracts", title="", source_column="source_urls")
class ClimateCityContract:
    """What a city commits to: commitments, action plan and investment plan."""

    label_date = partial_date("Day on which the EU Mission Label was announced.", whole_day=True, indexed=True)
    signed_date = partial_date("When it was signed.")
    target_year = integer("Year by which it aims at climate neutrality.", minimum=2025, maximum=2060)
    reduction_percent = number("Reduction of emissions by the target year; base years differ.", unit="%", minimum=0, maximum=100)
    investment_eur = number("Investment it plans for; scopes differ between cities.", unit="EUR", minimum=0)

    city = one(
        "HAS_CONTRACT",
        "City",
        "City whose contract it is.",
        incoming=True,
        required=True,
        column="city_id",
        inverse=inverse("contract", "The city's Climate City Contract.", many=False),
    )
