"""Which records belong to a field of action or lie in a country: read off the declaration, as Cypher."""

from collections.abc import Iterable, Iterator

from graph_schema.domain import Domain
from graph_schema.kernel import Hop, NodeType, Path, Relationship

FIELDS = "fields"
COUNTRY = "Country"
FURTHEST = 3


def in_fields(domain: Domain) -> str:
    """Whether the record `n` of this `label` has one of the `$fields`: its own or, where it has none, those it takes from others."""
    return _by_label({node.label: _first_that_leads(_field_paths(node), "there.notation IN $fields") for node in domain})


def in_countries(domain: Domain) -> str:
    """Whether the record `n` of this `label` is one of the `$countries` or is tied to one, by its nearest ties."""
    found = {node.label: _any_of(country_paths(domain, node), "there.code IN $countries") for node in domain}
    return _by_label(found | {COUNTRY: "n.code IN $countries"})


def country_paths(domain: Domain, node: NodeType) -> tuple[Path, ...]:
    """The shortest ways by which records of a type lie in a country: a pilot's is over its cities."""
    ends: list[tuple[Path, str]] = [((), node.label)]
    for _ in range(FURTHEST):
        ends = [((*path, each.hop()), target) for path, label in ends for each in _own(domain[label]) for target in each.targets]
        there = tuple(path for path, label in ends if label == COUNTRY)
        if there:
            return tuple(dict.fromkeys(there))
    return ()


def _own(node: NodeType) -> Iterator[Relationship]:
    return (each for each in node.relationships if each.stored and each.column)


def _field_paths(node: NodeType) -> tuple[Path, ...]:
    return next((each.paths for each in node.relationships if each.field == FIELDS), ())


def _by_label(conditions: dict[str, str]) -> str:
    """The condition of the record's own type; a type without one has no such records."""
    cases = " ".join(f"WHEN '{label}' THEN {condition}" for label, condition in conditions.items() if condition)
    return f"CASE label {cases} ELSE false END"


def _any_of(paths: Iterable[Path], wanted: str) -> str:
    return " OR ".join(_exists(path, wanted) for path in paths)


def _first_that_leads(paths: tuple[Path, ...], wanted: str) -> str:
    if not paths:
        return ""
    first, *others = paths
    there = _exists(first, wanted)
    return f"({there} OR (NOT {_exists(first)} AND {_first_that_leads(tuple(others), wanted)}))" if others else there


def _exists(path: Path, wanted: str = "") -> str:
    """A way over records that may be seen."""
    steps = "".join(_step(hop, "there" if last else f"on{place}") for place, (hop, last) in enumerate(_marked(path)))
    seen = [f"on{place}.status IN $statuses" for place in range(len(path) - 1)]
    conditions = " AND ".join([*seen, "there.status IN $statuses", *([wanted] if wanted else [])])
    return f"EXISTS {{ MATCH (n){steps} WHERE {conditions} }}"


def _marked(path: Path) -> Iterator[tuple[Hop, bool]]:
    return ((hop, place == len(path) - 1) for place, hop in enumerate(path))


def _step(hop: Hop, name: str) -> str:
    start, finish = ("<-", "-") if hop.incoming else ("-", "->")
    types = "|".join(f"`{each}`" for each in hop.type.split("|"))
    labels = "|".join(f"`{each}`" for each in hop.label.split("|"))
    return f"{start}[:{types}]{finish}({name}:{labels})"
