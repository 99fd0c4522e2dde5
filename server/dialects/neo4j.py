"""How Neo4j, Community features only, is told of a schema."""

from collections.abc import Sequence

from server.cypher import Statement
from server.dialects import Dialect, FullTextIndex, LabelSchema, quoted

# The index holds folded text, whose words must all count: "the" may be a German heating company.
_ANALYZER = "standard-no-stop-words"


def _unique(label: str, name: str) -> Statement:
    constraint = quoted(f"{label}_{name}_unique")
    return Statement(f"CREATE CONSTRAINT {constraint} IF NOT EXISTS FOR (n:{quoted(label)}) REQUIRE n.{quoted(name)} IS UNIQUE")


def _index(label: str, name: str) -> Statement:
    index = quoted(f"{label}_{name}")
    return Statement(f"CREATE INDEX {index} IF NOT EXISTS FOR (n:{quoted(label)}) ON (n.{quoted(name)})")


def _ddl(labels: Sequence[LabelSchema], _relationship_types: Sequence[str]) -> tuple[Statement, ...]:
    """Property types are an Enterprise feature, and relationship types need no declaration."""
    return (
        *(_unique(each.label, name) for each in labels for name in each.unique),
        *(_index(each.label, name) for each in labels for name in each.indexed if name not in each.unique),
        _ONLINE,
    )


def _full_text(index: FullTextIndex) -> tuple[Statement, ...]:
    properties = ", ".join(f"n.{quoted(name)}" for name in index.properties)
    text = (
        f"CREATE FULLTEXT INDEX {quoted(index.name)} IF NOT EXISTS FOR (n:{quoted(index.label)}) ON EACH [{properties}] "
        f"OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{_ANALYZER}'}}}}"
    )
    return (Statement(text), _ONLINE)


# A question asked while an index is still being filled would be planned without it.
_ONLINE = Statement("CALL db.awaitIndexes(300)")

NEO4J = Dialect(
    name="neo4j",
    oldest=(5, 26),
    ddl=_ddl,
    full_text=_full_text,
    after_load=(Statement("CALL db.prepareForReplanning()"),),
    # A node's properties are a chain that is walked anew for each that is asked for; a map of some is filled in one walk.
    reads_together_from=3,
    constraint_retries=0,
    one_writer=False,
)
