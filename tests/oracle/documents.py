"""Whole requests, drawn: any valid document over the schema with its variables."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    parse,
)
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.oracle.arguments import Arguments
from tests.oracle.asking import Asker
from tests.oracle.executor import Oracle
from tests.oracle.marks import Marks
from tests.oracle.places import Fragment, Place
from tests.oracle.scopes import Scope
from tests.oracle.selections import Selector, room_of
from tests.oracle.values import Pool
from tests.oracle.writing_values import Pen

USED = re.compile(r"\$(\w+)")
SPREAD = re.compile(r"\.\.\.(F\d+)")
COST = 10_000
MOST_ALIASES = 15
MOST_ROOT_FIELDS = 10


@dataclass(frozen=True)
class Question:
    """One request."""

    document: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None


def questions(oracle: Oracle, aim: str = "") -> SearchStrategy[Question]:
    """Any valid request to a service that holds the oracle's world; with an aim, one that is about it."""
    pool, marks = Pool(oracle.seen), Marks(oracle)

    @st.composite
    def question(draw: DrawFn) -> Question:
        pen = Pen(draw)
        selector = Selector(pen, oracle.schema, Arguments(pen, Asker(pen, oracle.schema, pool), marks), aim)
        query = oracle.schema.query_type
        assert query
        body = selector.selection_set(Place(query, Scope(), 0, room_of(COST)), 3)
        assume(selector.aliases <= MOST_ALIASES)
        question = _assembled(pen, body, selector.fragments)
        assume(_root_fields(question) <= MOST_ROOT_FIELDS)
        return question

    return question()


def _assembled(pen: Pen, body: str, drawn: list[Fragment]) -> Question:
    fragments = _reached(body, {each.name: each.text for each in drawn})
    text = "\n".join([body, *fragments])
    used = set(USED.findall(re.sub(r'"(?:\\.|[^"\\])*"', "", text)))
    variables = [each for each in pen.variables if each.name in used]
    declared = f"({', '.join(each.declaration for each in variables)})" if variables else ""
    has_other = pen.chance(5)
    name = " Asked" if has_other or pen.chance(20) else ""
    other = "\nquery Other { __typename }" if has_other else ""
    head = f"query{name}{declared} " if name or declared or pen.chance(20) else ""
    given = {name: value for name, value in pen.given.items() if name in used}
    return Question(f"{head}{text}{other}", given, "Asked" if has_other else None)


def _root_fields(question: Question) -> int:
    """How many root fields the operation has, those of the fragments it spreads among them, each as often as it stands there."""
    definitions = parse(question.document).definitions
    fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
    operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]

    def count(selections: Iterable[SelectionNode]) -> int:
        found = 0
        for each in selections:
            if isinstance(each, FieldNode):
                found += 1
            elif isinstance(each, InlineFragmentNode):
                found += count(each.selection_set.selections)
            elif isinstance(each, FragmentSpreadNode):
                found += count(fragments[each.name.value].selection_set.selections)
        return found

    return max(count(each.selection_set.selections) for each in operations)


def _reached(body: str, texts: Mapping[str, str]) -> list[str]:
    """The fragments that the body needs, directly or through others."""
    reached: dict[str, str] = {}
    waiting = SPREAD.findall(body)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached[name] = texts[name]
            waiting += SPREAD.findall(texts[name])
    return [reached[name] for name in sorted(reached)]
