"""The statement that reads all that measures know of cities, innovations and what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_schema.kernel import Relationship
from server.cypher import Statement
from server.operations.levels import asked_of
from server.reading.expressions import Sight
from server.reading.plan import Choice, Condition
from server.reading.where import Filters
from server.reading.writer import Bare, Scope, Writer, quoted

BATCH = 500
"""Rows that travel as one record: a record costs a client more than the rows in it."""

HELD: Mapping[str, tuple[str, ...]] = {
    "Country": ("code", "name"),
    "Network": ("name",),
    "Concept": ("prefLabelEn",),
    "City": ("name", "location", "population", "neutralityTargetYear"),
    "Innovation": ("firstYear",),
    "Pilot": ("stage",),
    "Lesson": ("kind",),
    "Need": ("openUntil",),
    "Transfer": ("kind", "degree", "outcome", "claimLevel", "year"),
    "Observation": ("kind",),
}
TIED: Mapping[str, tuple[str, ...]] = {
    "City": ("country", "networks"),
    "Innovation": ("originCity", "fields"),
    "Pilot": ("cities", "innovations", "fields"),
    "Lesson": ("innovations", "fields", "cities", "pilots", "transfers"),
    "Need": ("city", "fields"),
    "Transfer": ("sourceCities", "targetCity", "innovation"),
    "Observation": ("innovation", "pilot"),
}
EVIDENCE = "evidence "


@dataclass(frozen=True, slots=True)
class Asked:
    """The statement that reads all that is known, and the rules by which levels of evidence follow from it."""

    statement: Statement
    rules: Choice


def asked(sight: Sight) -> Asked:
    """All that is known, in one statement: the revision, then records, ties and evidence in batches, each with the name of its part."""
    writer = Writer(sight.visible, 0)
    # The revision comes first: a change made while the rest is read shows as a newer revision in the next answer.
    parts = ["MATCH (g:`Graph`) RETURN 'revision' AS part, [g.`revision`, null] AS rows"]
    parts += [_held(sight, writer, label, names) for label, names in HELD.items()]
    for label, names in TIED.items():
        parts += [_tied(writer, label, sight.node(label).relationship_named(name)) for name in names]
    rules = _rules(sight)
    parts += [_fulfilling(writer, f"{EVIDENCE}{place}", each) for place, each in enumerate(asked_of(rules).values())]
    return Asked(Statement(" UNION ALL ".join(parts), {name: value.resolve({}) for name, value in writer.values}), rules)


def _rules(sight: Sight) -> Choice:
    innovation = sight.node("Innovation")
    rules = sight.output(innovation, innovation.property_named("evidenceLevel"), Filters(sight))
    assert isinstance(rules, Choice)
    return rules


def _fulfilling(writer: Writer, part: str, condition: Condition) -> str:
    scope = Scope(0)
    return _batches(part, "(n0:`Innovation`)", writer.fitting(condition, scope), ["n0.`slug`", "null"])


def _held(sight: Sight, writer: Writer, label: str, names: Sequence[str]) -> str:
    node, scope, filters = sight.node(label), Scope(0), Filters(sight)
    columns = [writer.expression(sight.output(node, node.property_named(name), filters), scope) for name in ("slug", *names)]
    return _batches(label, f"({scope.record}:{quoted(label)})", writer.shown(scope), columns)


def _tied(writer: Writer, label: str, by: Relationship) -> str:
    one, other = Bare("a", 0), Bare("b", 0)
    start, end = ("<-", "-") if by.incoming else ("-", "->")
    pattern = f"(a:{quoted(label)}){start}[e:{quoted(by.type)}]{end}(b:{quoted(by.target)})"
    position = ["e.`position`"] if by.positioned else []
    return _batches(f"{label}.{by.field}", pattern, writer.shown(one) + writer.shown(other), ["a.`slug`", "b.`slug`", *position])


def _batches(part: str, pattern: str, conditions: Sequence[str], columns: Sequence[str]) -> str:
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return (
        f"MATCH {pattern}{where} WITH [{', '.join(columns)}] AS row WITH collect(row) AS found "
        f"UNWIND range(0, size(found) - 1, {BATCH}) AS i RETURN '{part}' AS part, found[i..i + {BATCH}] AS rows"
    )
