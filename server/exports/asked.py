"""What an export may be asked for: which there are, in which formats, with which parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.errors import BadInput, NotFound
from server.exports import cascades, cities, event_history, transfers
from server.exports.tables import Table

FILTER, TRUTH, YEAR = "filter", "truth", "year"
YEARS = (1970, 2100)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: what kind of value it takes, and, of a filter, its GraphQL type."""

    kind: str
    about: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One export that can be had."""

    table: Table
    formats: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    label: str
    """The type of record by which its progress is counted."""


_TRANSFERS = Parameter(FILTER, "which transfers", "TransferFilter")
OFFERS: Mapping[str, Offer] = {
    "transfers": Offer(transfers.TABLE, ("csv", "graphml", "parquet"), {"where": _TRANSFERS}, "Transfer"),
    "event-history": Offer(
        event_history.TABLE,
        ("csv",),
        {
            "where": Parameter(FILTER, "which innovations", "InnovationFilter"),
            "cities": Parameter(FILTER, "which cities are at risk", "CityFilter"),
            "until": Parameter(YEAR, "the last year of observation; this year by default"),
        },
        "Innovation",
    ),
    "cascades": Offer(
        cascades.TABLE,
        ("csv",),
        {"where": _TRANSFERS, "includeInferred": Parameter(TRUTH, "whether INFERRED transfers are steps too; false by default")},
        "Innovation",
    ),
    "cities": Offer(cities.TABLE, ("geojson",), {"where": Parameter(FILTER, "which cities", "CityFilter")}, "City"),
}


def offer(name: str, kind: str) -> Offer:
    """The export of that name, if it can be had in that format; raises NotFound."""
    found = OFFERS.get(name)
    if found is None or kind not in found.formats:
        known = ", ".join(f"{each}.{form}" for each, of in OFFERS.items() for form in of.formats)
        raise NotFound(f"There is no export {name}.{kind}.", hint=f"There are {known}, package.zip.")
    return found


def refuse_unknown(of: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Raise BadInput for a parameter that nobody reads."""
    unknown = [name for name in given if name not in of]
    if unknown:
        known = f"Known here: {', '.join(of)}." if of else "This export takes none."
        raise BadInput(f"There is no parameter `{unknown[0][:100]}` of this export.", hint=known)


def year_of(name: str, given: Any, default: int) -> int:
    """A year as a parameter says it."""
    if given is None:
        return default
    text = str(given)
    if not (text.isascii() and text.isdigit() and len(text) == 4 and YEARS[0] <= int(text) <= YEARS[1]):
        raise BadInput(f"`{name}` is {text[:50]!r}.", hint=f"Give a year from {YEARS[0]} to {YEARS[1]}.")
    return int(text)


def truth_of(name: str, given: Any) -> bool:
    """True or false as a parameter says it; false where nothing is said."""
    if given in (None, False, "false"):
        return False
    if given in (True, "true"):
        return True
    raise BadInput(f"`{name}` is {str(given)[:50]!r}.", hint="Give true or false.")
