"""Indicators."""

from graph_schema.declare import choice, node, text, title
from graph_schema.kernel import Searched
from graph_schema.vocabularies import INDICATOR_DIRECTION


@node(table="indicators", title="name")
class Indicator:
    """What a figure measures, with one canonical unit."""

    name = title("Name.", required=True, unique=True)
    unit = text("Canonical unit.", required=True, searched=Searched.BODY)
    definition = text("What it measures, for which boundary.", searched=Searched.BODY)
    direction = choice(INDICATOR_DIRECTION, "Whether a higher value is better.", required=True)
