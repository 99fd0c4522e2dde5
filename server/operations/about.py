"""What the service knows of itself without asking the graph."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from graph_schema.domain import Domain
from graph_schema.names import upper_snake
from server.policy import EMISSIONS
from server.settings import Limits

EMISSIONS_TERMS = {
    "name": "CDP and ICLEI",
    "text": "City emissions: disclosed to CDP and ICLEI (CDP-ICLEI Track), as stored by OpenClimate. "
    "Check the terms of CDP's open data before redistributing them.",
    "url": "https://data.cdp.net/",
}
_ATTRIBUTIONS = (
    {
        "name": "GeoNames",
        "text": "Coordinates and most populations: GeoNames, CC BY 4.0.",
        "url": "https://www.geonames.org/",
    },
    EMISSIONS_TERMS,
    {
        "name": "Replicity contributors",
        "text": "The compilation: Creative Commons Attribution 4.0. Texts behind the addresses of sources belong to their authors.",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    },
)


def attributions(*, emissions: bool) -> list[dict[str, str]]:
    """Whom to name; CDP and ICLEI with their terms wherever emissions are shown."""
    return [dict(each) for each in _ATTRIBUTIONS if emissions or each is not EMISSIONS_TERMS]


def attributions_of(domain: Domain) -> list[dict[str, str]]:
    """Whom a service that shows this domain names."""
    return attributions(emissions=EMISSIONS not in domain.withheld)


def about(domain: Domain, limits: Limits) -> Mapping[str, Any]:
    """Values of the fields of `Service`, a pair being a type and the items of a list of it; and the terms of each licence of records."""
    return {
        "version": program_version(),
        "attributions": ("Attribution", attributions_of(domain)),
        "terms": {"CDP-ICLEI": EMISSIONS_TERMS},
        "limits": ("Limit", [_limit(name, getattr(limits, name)) for name in type(limits).model_fields]),
        "types": {node.label: upper_snake(node.label) for node in domain},
    }


def program_version() -> str:
    """The version of the installed program."""
    return version("replicity")


def _limit(name: str, allowed: float) -> Mapping[str, Any]:
    described = Limits.model_fields[name].description
    return {"name": name, "allowed": float(allowed), "setting": f"REPLICITY_LIMIT_{name.upper()}", "description": described}
