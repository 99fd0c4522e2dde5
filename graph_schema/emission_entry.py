"""Reported emissions of cities."""

from graph_schema.declare import choice, integer, inverse, node, number, one
from graph_schema.vocabularies import EMISSION_SECTOR


@node(plural="emissionEntries", table="emissions", title="", licence="CDP-ICLEI")
class EmissionEntry:
    """A city's reported emissions of one year and sector; boundaries, gases and scopes differ between sources."""

    year = integer("Year of the emissions.", required=True, minimum=1970, maximum=2030, indexed=True)
    sector = choice(EMISSION_SECTOR, "Sector, scope or sum.", required=True)
    emissions_tonnes = number("Emissions.", unit="t CO2e a year", required=True, minimum=0, column="emissions_tco2e")

    city = one(
        "OF",
        "City",
        "City that reported them.",
        required=True,
        column="city_id",
        inverse=inverse("emissions", "Emissions the city reported."),
    )
