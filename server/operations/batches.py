"""Many records and what they are tied to, read in one statement as batches of rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import Relationship
from server.measures.knowledge import Ties
from server.reading.expressions import Sight
from server.reading.matching import Match
from server.reading.where import Filters
from server.reading.writer import Bare, Scope, Writer, quoted

BATCH = 500
"""Rows that travel as one record: a record costs a client more than the rows in it."""

Names = Mapping[str, tuple[str, ...]]
"""Properties or relationships by label."""

READ_AT = {"Transfer": "targetCity"}
"""Types whose records are read at the one record that a relationship reaches, without which they are none."""

_LAST = 2**31
"""A position behind all that there are."""

# The revision comes first: a change made while the rest is read shows as a newer revision in the next answer.
_REVISION = "MATCH (g:`Graph`) RETURN 'revision' AS part, [g.`revision`, null] AS rows"


def parts(sight: Sight, writer: Writer, held: Names, tied: Names) -> list[str]:
    """The parts of the statement, each with its name: the revision, each type, each relationship."""
    found = [_REVISION, *(_held(sight, writer, label, names) for label, names in held.items() if label not in READ_AT)]
    for label, names in tied.items():
        relationships = [sight.node(label).relationship_named(name) for name in names]
        found += [_tied(sight, writer, label, each, held[label] if each.field == READ_AT.get(label) else None) for each in relationships]
    return found


def unpacked(batches: Sequence[Sequence[Any]]) -> tuple[int, defaultdict[str, list[Any]]]:
    """The revision, and the rows of each part."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    revision = 0
    for part, rows in batches:
        if part == "revision":
            revision = rows[0]
        else:
            found[part] += rows
    for label, name in READ_AT.items():
        found[label] = [row for _, ones in found[f"{label}.{name}"] for row in ones]
    return revision, found


def _held(sight: Sight, writer: Writer, label: str, names: Sequence[str]) -> str:
    scope = Scope(0)
    columns = _columns(sight, writer, label, names, scope)
    # A list of one element is padded, as everywhere.
    return batched(label, writer.match_all(label, scope, writer.shown(scope)), columns if names else [*columns, "null"])


def _columns(sight: Sight, writer: Writer, label: str, names: Sequence[str], scope: Scope) -> list[str]:
    node, filters = sight.node(label), Filters(sight)
    return [writer.expression(sight.output(node, node.property_named(name), filters), scope) for name in ("slug", *names)]


def _tied(sight: Sight, writer: Writer, label: str, by: Relationship, held: Sequence[str] | None) -> str:
    """What each record at the far end is reached from, and what that holds: a slug travels once, however many it is tied to."""
    one, other = Bare("a", 0), Bare("b", 0)
    start, end = ("-", "->") if by.incoming else ("<-", "-")
    near = Match(f"(b){start}[e:{quoted(by.type)}]{end}(a:{quoted(label)})", writer.shown(one), ["a", "e"])
    own = ["e.`position`"] if by.positioned else []
    columns = [*_columns(sight, writer, label, held or (), one), *own]
    returned = f"[{', '.join(columns)}]" if len(columns) > 1 else columns[0]
    far = Match(f"(b:{quoted(by.target)})", writer.shown(other), ["b"])
    return batched(f"{label}.{by.field}", far, ["b.`slug`", f"COLLECT {{ {near} RETURN {returned} }}"])


def batched(part: str, match: Match, columns: Sequence[str]) -> str:
    """A part: what matches, a row each."""
    return (
        f"{match} WITH [{', '.join(columns)}] AS row WITH collect(row) AS found "
        f"UNWIND range(0, size(found) - 1, {BATCH}) AS i RETURN '{part}' AS part, found[i..i + {BATCH}] AS rows"
    )


def all_ties(domain: Domain, tied: Names, found: Mapping[str, list[Any]]) -> dict[str, Ties]:
    """For each relationship, by the name of its part, whom each record is tied to: by position, where there is one, then by slug."""
    ties: dict[str, Ties] = {}
    for label, names in tied.items():
        for name in names:
            part, by = f"{label}.{name}", domain[label].relationship_named(name)
            rows = found.get(part, ())
            if READ_AT.get(label) == name:
                ties[part] = {one[0]: sole for sole, ones in _sole(rows) for one in ones}
            else:
                ties[part] = _by_position(rows) if by.positioned else _by_slug(rows)
    return ties


def _by_slug(rows: Sequence[tuple[str, list[str]]]) -> Ties:
    found: dict[str, tuple[str, ...]] = {}
    several: defaultdict[str, set[str]] = defaultdict(set)
    for sole, ones in _sole(rows):
        for one in ones:
            if found.setdefault(one, sole) is not sole:
                several[one].update(sole)
    found.update({one: tuple(sorted(others.union(found[one]))) for one, others in several.items()})
    return found


def _by_position(rows: Iterable[tuple[str, list[tuple[str, int | None]]]]) -> Ties:
    placed: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for other, ones in rows:
        for one, position in ones:
            placed[one].append((_LAST if position is None else position, other))
    return {one: _in_order(others) for one, others in placed.items()}


def _in_order(others: list[tuple[int, str]]) -> tuple[str, ...]:
    if len(others) == 1:
        return (others[0][1],)
    others.sort()
    return tuple(dict.fromkeys([other for _, other in others]))


def _sole(rows: Iterable[tuple[str, list[Any]]]) -> Iterator[tuple[tuple[str], list[Any]]]:
    """The rows with the far end as what most are tied to: that one alone. All of a row share it."""
    return (((other,), ones) for other, ones in rows)
