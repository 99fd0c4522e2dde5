"""What is told of one number over several records, made of its figures."""

from collections.abc import Mapping
from typing import Any

from server.reading.plan import Figure


def part_of_number(wanted: str, records: int, told: Mapping[Figure, Any]) -> Any:
    """One part of a `NumberAggregate`, of so many records."""
    match wanted:
        case "count":
            return told["count"] or 0
        case "missing":
            return records - (told["count"] or 0)
        case "sum":
            return _rounded(told["sum"]) if told["count"] else None
        case "mean":
            return _rounded(told["sum"] / told["count"]) if told["count"] else None
        case "median":
            return None if told["median"] is None else _rounded(told["median"])
        case "min" | "max":
            found = told[wanted]
            return None if found is None else float(found)
        case _:
            return "NumberAggregate"


def _rounded(figure: float) -> float:
    """To 12 significant digits; a whole number that a float can hold stays as it is."""
    return float(figure) if float(figure).is_integer() else float(f"{figure:.12g}")
