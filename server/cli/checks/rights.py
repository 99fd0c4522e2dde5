"""What the user of the settings may do in the database; nothing that is tried stays."""

from server.cli.checks.verdict import Check, good
from server.cypher import Statement, Transaction
from server.graph import Graph

_READ = Statement("MATCH (n:`Record`) RETURN count(n)")
_WRITE = Statement("CREATE (n:`Migration` {name: $name}) RETURN n.name", {"name": "a trial that is taken back"})
_CHANGE_SCHEMA = Statement("CREATE INDEX `a_trial_that_is_taken_back` IF NOT EXISTS FOR (n:`Migration`) ON (n.`name`, n.`at`)")


class _TakenBack(Exception):
    """Raised inside a transaction so that it is rolled back."""


async def may_read(graph: Graph) -> Check:
    """Read what every answer reads."""
    await graph.read_all(_READ)
    return good("reading", "The graph may be read.")


async def may_write(graph: Graph) -> Check:
    """Make a node and take it back."""
    await _tried(graph, _WRITE)
    return good("writing", "The graph may be written to.")


async def may_change_schema(graph: Graph) -> Check:
    """Make an index and take it back, where the store can take back such a thing."""
    # The embedded store cannot, and its only user is the one who owns it.
    if graph.dialect.oldest is not None:
        await _tried(graph, _CHANGE_SCHEMA)
    return good("schema rights", "Constraints and indexes may be made.")


async def _tried(graph: Graph, statement: Statement) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(statement)
        raise _TakenBack

    try:
        await graph.write(work)
    except _TakenBack:
        return
