"""The statement that reads all that measures know of cities, innovations and what came of them."""

from dataclasses import dataclass

from server.cypher import Statement
from server.operations.batches import Names, batched, parts
from server.operations.levels import asked_of
from server.reading.expressions import Sight
from server.reading.plan import Choice, Condition
from server.reading.where import Filters
from server.reading.writer import Scope, Writer

HELD: Names = {
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
TIED: Names = {
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
    found = parts(sight, writer, HELD, TIED)
    rules = _rules(sight)
    found += [_fulfilling(writer, f"{EVIDENCE}{place}", each) for place, each in enumerate(asked_of(rules).values())]
    return Asked(Statement(" UNION ALL ".join(found), {name: value.resolve({}) for name, value in writer.values}), rules)


def _rules(sight: Sight) -> Choice:
    innovation = sight.node("Innovation")
    rules = sight.output(innovation, innovation.property_named("evidenceLevel"), Filters(sight))
    assert isinstance(rules, Choice)
    return rules


def _fulfilling(writer: Writer, part: str, condition: Condition) -> str:
    scope = Scope(0)
    return batched(part, writer.match_all("Innovation", scope, writer.fitting(condition, scope)), ["n0.`slug`", "null"])
