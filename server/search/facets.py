"""What the hits of a search are counted by, in the statement that finds them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph_schema.domain import Domain
from server.search.places import countries_of, fields_of

TYPE, COUNTRY, FIELD = "TYPE", "COUNTRY", "FIELD"

_KEYS: Mapping[str, Callable[[Domain], str]] = {
    TYPE: lambda _: "COLLECT { RETURN [label, null] }",
    COUNTRY: countries_of,
    FIELD: fields_of,
}
"""The keys of the record `n` of this `label`, each with its name."""

Counts = Mapping[str, tuple[tuple[tuple[str, str | None, int], ...], int]]
"""By facet: the values as key, name and number of hits, and how many hits have none."""


def keys(domain: Domain, facets: Sequence[str]) -> str:
    """Of each row `n, score` what it counts for, nothing where it is no hit."""
    if not facets:
        return ""
    listed = ", ".join(f"CASE WHEN score > 0 THEN {_KEYS[facet](domain)} ELSE null END AS {_column(facet)}" for facet in facets)
    return f"WITH n, score, split(n.id, ':')[0] AS label WITH n, score, {listed}"


def collected(facets: Sequence[str]) -> str:
    """The keys of all hits; those are never more than the candidates."""
    return "".join(f", collect({_column(facet)}) AS {_column(facet)}" for facet in facets)


def counting(facets: Sequence[str]) -> str:
    """How often each key occurs, from the keys of all hits."""
    # Not as COLLECT { … }: Neo4j takes an aggregation in it for one of the row around it.
    counted = "UNWIND found AS one WITH one[0] AS key, one[1] AS name, count(*) AS hits RETURN collect([key, name, hits])"
    columns = map(_column, facets)
    return " ".join(f"CALL ({column}) {{ UNWIND {column} AS found {counted} AS {column}Counts }}" for column in columns)


def counted(facets: Sequence[str]) -> str:
    """The values of the facets in their order, then of each how many hits have none: two columns."""
    values = ", ".join([*(f"{_column(facet)}Counts" for facet in facets), "null"])
    missing = ", ".join([*(f"size([found IN {_column(facet)} WHERE size(found) = 0])" for facet in facets), "null"])
    return f"[{values}] AS facets, [{missing}] AS missing"


def read_counts(facets: Sequence[str], values: Sequence[Any], missing: Sequence[Any]) -> Counts:
    """What the statement tells of the facets."""
    told = zip(facets, values, missing, strict=False)
    return {facet: (tuple((key, name, hits) for key, name, hits in counts), without) for facet, counts, without in told}


def _column(facet: str) -> str:
    return f"by{facet.capitalize()}"
