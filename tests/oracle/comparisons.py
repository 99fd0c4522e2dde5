"""What each operator means for one stored value."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from graph_schema.kernel import Kind
from tests.oracle.fold import fold

EARTH_RADIUS_KM = 6371.0088


def holds_for_value(kind: Kind, stored: Any, asked: Mapping[str, Any]) -> bool:
    """Whether a value satisfies every operator; a missing value fails every comparison, `not` makes that true."""
    return all(_holds(kind, operator, stored, value) for operator, value in asked.items())


def comparable(kind: Kind, value: Any) -> Any:
    """The form in which values of a kind are compared and ordered."""
    if kind is Kind.TEXT:
        return fold(value)
    if kind is Kind.TEXT_LIST:
        return [fold(each) for each in value]
    return moment(value) if kind is Kind.DATE_TIME else value


def moment(text: str) -> str:
    """A moment in UTC, in one spelling."""
    return datetime.fromisoformat(text.upper()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def distance_km(here: Mapping[str, float], there: Mapping[str, float]) -> float:
    """Great-circle distance (haversine)."""
    north, south = math.radians(here["latitude"]), math.radians(there["latitude"])
    across = math.radians(there["longitude"] - here["longitude"])
    half = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def _holds(kind: Kind, operator: str, stored: Any, asked: Any) -> bool:
    if operator == "isNull":
        return (stored is None) is bool(asked)
    if operator == "ne":
        return not _holds(kind, "eq", stored, asked)
    if stored is None:
        return False
    if operator == "in":
        return any(_holds(kind, "eq", stored, each) for each in asked)
    if kind is Kind.PARTIAL_DATE:
        shared = min(len(stored), len(asked))
        return OPERATORS[operator](stored[:shared], asked[:shared])
    if kind in (Kind.POINT, Kind.TEXT_LIST):
        return OF_LISTS_AND_PLACES[operator](stored, asked)
    return OPERATORS[operator](comparable(kind, stored), comparable(kind, asked))


def _has(stored: list[str], asked: list[str], quantifier: Callable[[list[bool]], bool]) -> bool:
    folded = comparable(Kind.TEXT_LIST, stored)
    return quantifier([fold(each) in folded for each in asked])


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda stored, asked: stored == asked,
    "gt": lambda stored, asked: stored > asked,
    "gte": lambda stored, asked: not stored < asked,
    "lt": lambda stored, asked: stored < asked,
    "lte": lambda stored, asked: not stored > asked,
    "contains": lambda stored, asked: asked in stored,
    "startsWith": lambda stored, asked: stored.startswith(asked),
}
OF_LISTS_AND_PLACES: dict[str, Callable[[Any, Any], bool]] = {
    "has": lambda stored, asked: _has(stored, [asked], any),
    "hasAny": lambda stored, asked: _has(stored, asked, any),
    "hasAll": lambda stored, asked: _has(stored, asked, all),
    "isEmpty": lambda stored, asked: (not stored) is asked,
    "near": lambda stored, asked: distance_km(stored, asked) <= asked["km"],
}
