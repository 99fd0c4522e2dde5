"""Bringing the texts by which records are searched to what the declaration makes of them today."""

from typing import Any

from graph_schema.domain import Domain
from graph_schema.kernel import NodeType, Searched
from graph_schema.searching import NAMES, TEXT, search_texts, searched_as
from server.cypher import Statement, Transaction
from server.dialects import quoted
from server.graph import Graph

BATCH = 500
_HELD = ("id", "slug", "revision", NAMES, TEXT)
# Whoever has changed the record since we read it has written its texts as well.
_WRITE = (
    "UNWIND $rows AS row MATCH (n:`Record` {id: row.id}) WHERE coalesce(n.revision, -1) = row.revision "
    f"SET n.{quoted(NAMES)} = row.{quoted(NAMES)}, n.{quoted(TEXT)} = row.{quoted(TEXT)}"
)


async def bring_up_to_date(graph: Graph, domain: Domain) -> int:
    """Write the texts of every record that has others, a batch at a time; it can be stopped anywhere and run again.

    Says how many had others.
    """
    written = 0
    for node in domain:
        after: str | None = ""
        while after is not None:
            after, rows = await _batch(graph, node, after)
            written += rows
    return written


async def _batch(graph: Graph, node: NodeType, after: str) -> tuple[str | None, int]:
    """The slug up to which it came, None where there is nothing more; and how many records had other texts."""
    fields = [each.field for each in searched_as(node, *Searched)]
    listed = ", ".join(f"n.{quoted(name)}" for name in (*_HELD, *fields))
    text = f"MATCH (n:{quoted(node.label)}) WHERE n.slug > $after RETURN {listed} ORDER BY n.slug LIMIT $most"
    found = await graph.read_all(Statement(text, {"after": after, "most": BATCH}))
    rows = [row for values in found if (row := _other(node, dict(zip((*_HELD, *fields), values, strict=True))))]
    if rows:

        async def write(transaction: Transaction) -> None:
            await transaction.run(Statement(_WRITE, {"rows": rows}))

        await graph.write(write)
    return found[-1][1] if len(found) == BATCH else None, len(rows)


def _other(node: NodeType, held: dict[str, Any]) -> dict[str, Any] | None:
    """What is to be written of a record; None where it stands there already."""
    texts = search_texts(node, held)
    if all(held[name] == text for name, text in texts.items()):
        return None
    return {"id": held["id"], "revision": -1 if held["revision"] is None else held["revision"], **texts}
