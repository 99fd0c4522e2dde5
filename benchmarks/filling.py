"""Writing a synthetic graph straight into a store, as a load would have stored it."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from benchmarks.synthetic import TIES, Properties, amounts, records, tied
from graph_schema.domain import Domain
from graph_schema.kernel import NodeType, Relationship
from graph_schema.searching import search_texts
from server.cypher import Statement, Transaction
from server.dialects import quoted
from server.exchange.stored import stored_form
from server.graph import Graph

BATCH = 2_000
T = TypeVar("T")


async def fill(graph: Graph, domain: Domain, k: int) -> None:
    """The graph of scale k."""
    size = amounts(k)
    for label, amount in size.items():
        await _write_records(graph, domain[label], records(label, amount))
    for tie in TIES:
        await _write_ties(graph, domain[tie.label].relationship_named(tie.field), tied(tie, size))
    await _write(graph, Statement("MATCH (g:`Graph`) SET g.revision = 1"))


async def fill_with(graph: Graph, domain: Domain, label: str, amount: int) -> None:
    """Nothing but records of one type."""
    await _write_records(graph, domain[label], records(label, amount))
    await _write(graph, Statement("MATCH (g:`Graph`) SET g.revision = 1"))


async def _write_records(graph: Graph, node: NodeType, found: Iterable[Properties]) -> None:
    declared = {each.field: each for each in node.properties}
    text = f"UNWIND $rows AS row CREATE (n:{quoted(node.label)}:`Record` {{id: row.id}}) SET n += row.properties"
    for batch in _batches({"id": each["id"], "properties": _stored(declared, each) | search_texts(node, each)} for each in found):
        await _write(graph, Statement(text, {"rows": batch}))


def _stored(declared: Any, record: Properties) -> Properties:
    found: Properties = {}
    for name, value in record.items():
        if value is not None and name != "id":
            found.update(stored_form(declared[name], value) if name in declared else {name: value})
    return found


async def _write_ties(graph: Graph, relationship: Relationship, found: Iterable[tuple[str, str, int]]) -> None:
    start, end = ("<-", "-") if relationship.incoming else ("-", "->")
    position = " {position: row.position}" if relationship.positioned else ""
    text = (
        f"UNWIND $rows AS row MATCH (a:`Record` {{id: row.here}}) MATCH (b:`Record` {{id: row.there}}) "
        f"CREATE (a){start}[:{quoted(relationship.type)}{position}]{end}(b)"
    )
    for batch in _batches({"here": here, "there": there, "position": place} for here, there, place in found):
        await _write(graph, Statement(text, {"rows": batch}))


async def _write(graph: Graph, statement: Statement) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(statement)

    await graph.write(work, within=60)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        yield batch
