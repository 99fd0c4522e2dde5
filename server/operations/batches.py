"""Many records and what they are tied to, read in one statement as batches of rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

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

# The revision comes first: a change made while the rest is read shows as a newer revision in the next answer.
_REVISION = "MATCH (g:`Graph`) RETURN 'revision' AS part, [g.`revision`, null] AS rows"


def parts(sight: Sight, writer: Writer, held: Names, tied: Names) -> list[str]:
    """The parts of the statement, each with its name: the revision, each type, each relationship."""
    found = [_REVISION, *(_held(sight, writer, label, names) for label, names in held.items())]
    for label, names in tied.items():
        found += [_tied(writer, label, sight.node(label).relationship_named(name)) for name in names]
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
    return revision, found


def _held(sight: Sight, writer: Writer, label: str, names: Sequence[str]) -> str:
    node, scope, filters = sight.node(label), Scope(0), Filters(sight)
    columns = [writer.expression(sight.output(node, node.property_named(name), filters), scope) for name in ("slug", *names)]
    return batched(label, writer.match_all(label, scope, writer.shown(scope)), columns)


def _tied(writer: Writer, label: str, by: Relationship) -> str:
    one, other = Bare("a", 0), Bare("b", 0)
    start, end = ("<-", "-") if by.incoming else ("-", "->")
    pattern = f"(a:{quoted(label)}){start}[e:{quoted(by.type)}]{end}(b:{quoted(by.target)})"
    match = Match(pattern, writer.shown(one) + writer.shown(other), ["a", "b", "e"])
    position = ["e.`position`"] if by.positioned else []
    return batched(f"{label}.{by.field}", match, ["a.`slug`", "b.`slug`", *position])


def batched(part: str, match: Match, columns: Sequence[str]) -> str:
    """A part: what matches, a row each."""
    return (
        f"{match} WITH [{', '.join(columns)}] AS row WITH collect(row) AS found "
        f"UNWIND range(0, size(found) - 1, {BATCH}) AS i RETURN '{part}' AS part, found[i..i + {BATCH}] AS rows"
    )


def ties(rows: list[Any], slugs: Mapping[str, str]) -> Ties:
    """Whom each is tied to: by position, where there is one, then by slug."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, other, *_ in sorted(rows, key=_by_position if rows and len(rows[0]) > 2 else _by_slug):
        found[slugs[one]].append(slugs[other])
    return {one: tuple(others if len(others) == 1 else dict.fromkeys(others)) for one, others in found.items()}


def _by_position(row: list[Any]) -> tuple[bool, int, str]:
    position = row[2]
    return position is None, position or 0, row[1]


def _by_slug(row: list[Any]) -> str:
    slug: str = row[1]
    return slug
