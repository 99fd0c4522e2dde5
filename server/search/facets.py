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

Scores = Mapping[int, int]
"""How many hits have each score."""

Counts = Mapping[str, Mapping[tuple[str | None, str | None], Scores]]
"""By facet, then by the key and the name of each value, the scores of its hits; those that have none stand without key."""


def keys(domain: Domain, facets: Sequence[str]) -> str:
    """Of each row `n, score` what it counts for, nothing where it is no hit."""
    if not facets:
        return ""
    listed = ", ".join(f"CASE WHEN score > 0 THEN {_KEYS[facet](domain)} ELSE null END AS {_column(facet)}" for facet in facets)
    return f"WITH n, score, split(n.id, ':')[0] AS label WITH n, score, {listed}"


def collected(facets: Sequence[str]) -> str:
    """The score and the keys of every hit; those are never more than the candidates."""
    return "".join(f", collect(CASE WHEN score > 0 THEN [score, {column}] END) AS {column}" for column in map(_column, facets))


def counting(facets: Sequence[str]) -> str:
    """How often each key occurs with each score, from the keys of all hits; a hit without any has null for one."""
    keys = "CASE WHEN size(found[1]) = 0 THEN [[null, null]] ELSE found[1] END"
    # Not as COLLECT { … }: Neo4j takes an aggregation in it for one of the row around it.
    counted = (
        f"UNWIND {keys} AS one WITH one[0] AS key, one[1] AS name, found[0] AS score, count(*) AS hits "
        "RETURN collect([key, name, score, hits])"
    )
    columns = map(_column, facets)
    return " ".join(f"CALL ({column}) {{ UNWIND {column} AS found {counted} AS {column}Counts }}" for column in columns)


def counted(facets: Sequence[str]) -> str:
    """What was counted by the facets, in their order."""
    return f"[{', '.join([*(f'{_column(facet)}Counts' for facet in facets), 'null'])}] AS facets"


def read_counts(facets: Sequence[str], told: Sequence[Any]) -> Counts:
    """What the statement tells of the facets."""
    counts: dict[str, dict[tuple[str | None, str | None], dict[int, int]]] = {}
    for facet, rows in zip(facets, told, strict=False):
        values = counts.setdefault(facet, {})
        for key, name, score, hits in rows:
            values.setdefault((key, name), {})[score] = hits
    return counts


def _column(facet: str) -> str:
    return f"by{facet.capitalize()}"
