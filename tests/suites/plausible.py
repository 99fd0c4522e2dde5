"""Hooks for schemathesis: three documents in four ask for pages and records that exist, so that answers come back too.

schemathesis leans towards documents that are answered as well, by having hypothesis search for a greatest score. With two thousand
documents a field that takes three quarters of the time, for what these hooks do already, so no score is told.
"""

import csv
import random
from functools import cache
from typing import Any

import hypothesis
import schemathesis
from graphql import ArgumentNode, DocumentNode, FieldNode, IntValueNode, NameNode, StringValueNode, Visitor, print_ast, visit

from graph_schema.domain import load_domain
from server.bundled import mission_package

PAGE_SIZES = (1, 2, 3, 20, 100)

hypothesis.target = lambda observation, *, label="": observation


@schemathesis.hook
def map_body(_: schemathesis.HookContext, body: DocumentNode) -> DocumentNode:
    """The same document, its page arguments and slugs made plausible most of the time."""
    chance = random.Random(print_ast(body))
    return body if chance.random() < 0.25 else visit(body, Mending(chance))


class Mending(Visitor):
    """Replaces arguments of the right type only: a document drawn to be wrong must stay wrong."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance = chance

    def leave_field(self, field: FieldNode, *_: Any) -> FieldNode:
        named = {argument.name.value: argument for argument in field.arguments or ()}
        if "first" in named or "last" in named:
            named = self.paged(named)
        for name in ("slug", "code"):
            known = existing().get(field.name.value)
            if known and name in named and isinstance(named[name].value, StringValueNode):
                named[name] = argument(name, StringValueNode(value=self.chance.choice(known)))
        return FieldNode(**{**{key: getattr(field, key, None) for key in field.keys}, "arguments": tuple(named.values())})

    def paged(self, named: dict[str, ArgumentNode]) -> dict[str, ArgumentNode]:
        """A first page instead of a page from anywhere."""
        kept = {name: each for name, each in named.items() if not self.is_page_argument(name, each)}
        return (
            kept | {"first": argument("first", IntValueNode(value=str(self.chance.choice(PAGE_SIZES))))} if "first" not in kept else named
        )

    @staticmethod
    def is_page_argument(name: str, given: ArgumentNode) -> bool:
        if name in ("first", "last"):
            # GraphQL's Int has 32 bits; a larger one is wrong on purpose.
            return isinstance(given.value, IntValueNode) and abs(int(given.value.value)) < 2**31
        return name in ("after", "before") and isinstance(given.value, StringValueNode)


def argument(name: str, value: IntValueNode | StringValueNode) -> ArgumentNode:
    """An argument as a document writes it."""
    return ArgumentNode(name=NameNode(value=name), value=value)


@cache
def existing() -> dict[str, list[str]]:
    """Slugs and codes that exist, by the root field that finds their records."""
    found = {}
    for node in load_domain():
        path = mission_package() / f"{node.table}.csv"
        if node.table and path.is_file():
            with path.open(encoding="utf-8", newline="") as table:
                found[node.field] = [row[node.table_key] for _, row in zip(range(20), csv.DictReader(table), strict=False)]
    return found
