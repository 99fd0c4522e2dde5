"""Arguments of what is chosen for a city, drawn."""

from typing import Any

from server.measures.features import FEATURES
from tests.oracle.world import World
from tests.oracle.writing_values import Name, Pen

SIMILAR, REPLICABLE = "similarCities", "replicableInnovations"
PARTS = ("context", "need", "evidence", "trackRecord", "lessons", "reach")


def of_similar(pen: Pen, _world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """By what cities are compared, and how many."""
    features = [Name(each) for each in pen.some(FEATURES, len(FEATURES))]
    return {}, {"features": features + features[:1] if pen.chance(10) else features, "first": pen.pick([1, 2, 3, 8])}


def of_replicable(pen: Pen, _world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the parts weigh, and how many innovations."""
    # All that is left out weighs 1, so that something always weighs.
    weights = {name: pen.pick([0, 0.5, 1, 2.25, 10, None]) for name in pen.some(PARTS, 5)}
    return {}, {"weights": weights, "first": pen.pick([1, 2, 3])}
