"""Which records belong to a field of action or lie in a country: read off the declaration, as Cypher."""

from collections.abc import Callable, Iterable, Iterator

from graph_schema.domain import Domain
from graph_schema.kernel import Hop, NodeType, Path, Relationship

FIELDS = "fields"
COUNTRY = "Country"
FURTHEST = 3

FIELD_GIVEN = "there.scheme = 'FIELD' AND (there.notation = given OR there.slug = given)"
COUNTRY_NAMED = "[there.code, there.name]"
FIELD_NAMED = "[there.slug, there.prefLabelEn]"


def in_fields(domain: Domain) -> str:
    """Whether the record `n` of this `label` has one of the `$fields`: its own or, where it has none, those it takes from others."""
    wanted = "(there.notation IN $fields OR there.slug IN $fields)"
    return _by_label({node.label: _first_that_leads(_field_paths(node), wanted) for node in domain}, "false")


def in_countries(domain: Domain) -> str:
    """Whether the record `n` of this `label` is one of the `$countries` or is tied to one, by its nearest ties."""
    found = {node.label: _any_of(country_paths(domain, node), "there.code IN $countries") for node in domain}
    return _by_label(found | {COUNTRY: "n.code IN $countries"}, "false")


def fields_of(domain: Domain) -> str:
    """The fields of the record `n` of this `label`, each as its slug and its name."""
    return _by_label({node.label: _reached_first(_field_paths(node), FIELD_NAMED) for node in domain}, "[]")


def countries_of(domain: Domain) -> str:
    """The countries in which the record `n` of this `label` lies, each as its code and its name."""
    found = {node.label: _reached_by_any(country_paths(domain, node), COUNTRY_NAMED) for node in domain}
    return _by_label(found | {COUNTRY: "COLLECT { RETURN [n.code, n.name] }"}, "[]")


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


def _by_label(found: dict[str, str], otherwise: str) -> str:
    """What holds of the record's own type; a type of which nothing is said has nothing."""
    cases = " ".join(f"WHEN '{label}' THEN {expression}" for label, expression in found.items() if expression)
    return f"CASE label {cases} ELSE {otherwise} END"


def _any_of(paths: Iterable[Path], wanted: str) -> str:
    return " OR ".join(_exists(path, wanted) for path in paths)


def _first_that_leads(paths: tuple[Path, ...], wanted: str) -> str:
    return _first(paths, lambda path: _exists(path, wanted), lambda there, leads, rest: f"({there} OR (NOT {leads} AND {rest}))")


def _reached_first(paths: tuple[Path, ...], named: str) -> str:
    def either(there: str, leads: str, rest: str) -> str:
        return f"CASE WHEN {leads} THEN {there} ELSE {rest} END"

    return _first(paths, lambda path: _reached_by_any((path,), named), either)


def _first(paths: tuple[Path, ...], of: Callable[[Path], str], either: Callable[[str, str, str], str]) -> str:
    """What is so of the first way that leads anywhere."""
    if not paths:
        return ""
    way, *others = paths
    return either(of(way), _exists(way), _first(tuple(others), of, either)) if others else of(way)


def _reached_by_any(paths: tuple[Path, ...], named: str) -> str:
    ways = " UNION ".join(f"{_way(path)} RETURN DISTINCT {named} AS found" for path in paths)
    return f"COLLECT {{ {ways} }}" if ways else ""


def _exists(path: Path, wanted: str = "") -> str:
    return f"EXISTS {{ {_way(path, wanted)} }}"


def _way(path: Path, wanted: str = "") -> str:
    """A way over records that may be seen."""
    steps = "".join(_step(hop, "there" if last else f"on{place}") for place, (hop, last) in enumerate(_marked(path)))
    seen = [f"on{place}.status IN $statuses" for place in range(len(path) - 1)]
    conditions = " AND ".join([*seen, "there.status IN $statuses", *([wanted] if wanted else [])])
    return f"MATCH (n){steps} WHERE {conditions}"


def _marked(path: Path) -> Iterator[tuple[Hop, bool]]:
    return ((hop, place == len(path) - 1) for place, hop in enumerate(path))


def _step(hop: Hop, name: str) -> str:
    start, finish = ("<-", "-") if hop.incoming else ("-", "->")
    types = "|".join(f"`{each}`" for each in hop.type.split("|"))
    labels = "|".join(f"`{each}`" for each in hop.label.split("|"))
    return f"{start}[:{types}]{finish}({name}:{labels})"
