"""How the embedded store is told of a schema: in its SQL, a script for all, because each Cypher DDL statement costs it 10 ms."""

import sys
from collections.abc import Sequence

from server.cypher import Statement
from server.dialects import Dialect, FullTextIndex, LabelSchema, PropertyType, quoted

_TYPES = {
    PropertyType.STRING: "STRING",
    PropertyType.INTEGER: "LONG",
    PropertyType.FLOAT: "DOUBLE",
    PropertyType.BOOLEAN: "BOOLEAN",
    PropertyType.STRINGS: "LIST OF STRING",
    PropertyType.INTEGERS: "LIST OF LONG",
    PropertyType.FLOATS: "LIST OF DOUBLE",
}


def _vertex(label: str) -> str:
    return f"CREATE VERTEX TYPE {quoted(label)} IF NOT EXISTS"


def _property(label: str, name: str, kind: PropertyType) -> str:
    return f"CREATE PROPERTY {quoted(label)}.{quoted(name)} IF NOT EXISTS {_TYPES[kind]}"


def _index(label: str, name: str, kind: str) -> str:
    return f"CREATE INDEX IF NOT EXISTS ON {quoted(label)} ({quoted(name)}) {kind}"


def _together(schema: LabelSchema) -> list[str]:
    """The type of nodes that carry several labels: made here, it need not be made inside somebody's first write."""
    if not schema.also_labels:
        return []
    labels = sorted({schema.label, *schema.also_labels})
    return [
        *map(_vertex, labels),
        f"CREATE VERTEX TYPE {quoted('~'.join(labels))} IF NOT EXISTS EXTENDS {', '.join(map(quoted, labels))}",
    ]


def _ddl(labels: Sequence[LabelSchema], relationship_types: Sequence[str]) -> tuple[Statement, ...]:
    # Types stand before indexes: an index on an untyped property takes the property for text,
    # neither orders nor compares numbers, and silently turns 2.7 into 2.
    commands = [
        *(_vertex(each.label) for each in labels),
        *(_property(each.label, name, kind) for each in labels for name, kind in each.properties),
        *(_index(each.label, name, "UNIQUE") for each in labels for name in each.unique),
        *(_index(each.label, name, "NOTUNIQUE") for each in labels for name in each.indexed if name not in each.unique),
        *(command for each in labels for command in _together(each)),
        *(f"CREATE EDGE TYPE {quoted(name)} IF NOT EXISTS" for name in relationship_types),
    ]
    return (Statement(";\n".join(commands)),) if commands else ()


def _full_text(index: FullTextIndex) -> tuple[Statement, ...]:
    names = ", ".join(map(quoted, index.properties))
    commands = [
        _vertex(index.label),
        *(_property(index.label, name, PropertyType.STRING) for name in index.properties),
        f"CREATE INDEX {quoted(index.name)} IF NOT EXISTS ON {quoted(index.label)} ({names}) FULL_TEXT",
    ]
    return (Statement(";\n".join(commands)),)


EMBEDDED = Dialect(
    name="embedded",
    oldest=None,
    ddl=_ddl,
    full_text=_full_text,
    after_load=(),
    # Never: a map costs more here than any number of single properties.
    reads_together_from=sys.maxsize,
    # Two MERGEs of one unique key at once can both try to create it; the loser is told of a
    # broken constraint, and finds the node when it tries again.
    constraint_retries=3,
    # Writers here do not wait for each other: the second one fails at commit.
    one_writer=True,
)
