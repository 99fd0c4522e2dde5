"""How much is in the graph, for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_schema.domain import Domain
from graph_schema.names import upper_snake
from server.operations.about import attributions_of, program_version

ASKED = "{ service { revision counts { type count } } }"


@dataclass(frozen=True, slots=True)
class Overview:
    """How much is in the graph, for people."""

    counts: tuple[tuple[str, int], ...]
    revision: int
    version: str
    attribution: tuple[str, ...] = ()


def overview(answered: Mapping[str, Any], domain: Domain) -> Overview:
    """From the answer to what is asked here."""
    found = answered["service"]
    plurals = {upper_snake(node.label): node.plural for node in domain}
    counts = tuple((plurals[each["type"]], each["count"]) for each in found["counts"])
    return Overview(counts, found["revision"], program_version(), tuple(each["text"] for each in attributions_of(domain)))
