"""Indicators."""

from graph_schema.declare import choice, node, text, title
from graph_schema.vocabularies import INDICATOR_DIRECTION


@node(table="indicators", title="name")
class Indicator:
    """What a figure measures, with one canonical unit."""

    name = title("Name.", required=True, unique=True)
    unit = text("Canonical unit.", required=True)
    definition = text("What it measures, for which boundary.")
    direction = choice(INDICATOR_DIRECTION, "Whether a higher value is better.", required=True)
