"""The open graph, from the version of its server to what it holds."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager

from graph_schema.domain import Domain, load_domain
from server.cli.checks.rights import may_change_schema, may_read, may_write
from server.cli.checks.schema import indexes_present, migrations_applied, was_prepared
from server.cli.checks.verdict import Check, bad, doubtful, good
from server.cypher import Statement
from server.dialects.failures import DRIVER_ERRORS, StatementFailed, at_start
from server.errors import Refusal
from server.graph import Graph

CLOSE_SECONDS = 2.0
FAR_SECONDS = 60.0
MOST_NAMED = 5

_COMPONENTS = Statement("CALL dbms.components() YIELD name, versions, edition RETURN name, versions[0], edition")
_CLOCK = Statement("RETURN timestamp()")
_REVISION = Statement("MATCH (g:`Graph` {id: $id}) RETURN g.revision", {"id": "graph"})


async def examine_opened(words: str, opening: AbstractAsyncContextManager[Graph]) -> AsyncIterator[Check]:
    """Open the graph, say so in these words and examine it; or say why it does not open."""
    try:
        async with opening as graph:
            yield good("reachable", f"{words}.")
            async for check in examine_graph(graph, load_domain()):
                yield check
    except Refusal as refused:
        yield bad("reachable", refused.message, refused.hint)


async def examine_graph(graph: Graph, domain: Domain) -> AsyncIterator[Check]:
    """Every check of an open graph; what raises is a finding too."""
    checks: Sequence[tuple[str, Callable[[], Awaitable[Check]]]] = (
        ("version", lambda: version(graph)),
        ("reading", lambda: may_read(graph)),
        ("writing", lambda: may_write(graph)),
        ("schema rights", lambda: may_change_schema(graph)),
        ("clock", lambda: clock(graph)),
        ("migrations", lambda: migrations_applied(graph, domain)),
    )
    for subject, check in checks:
        yield await _guarded(graph, subject, check)
    try:
        prepared = await was_prepared(graph)
    except (Refusal, StatementFailed):
        return
    if prepared:
        yield await _guarded(graph, "indexes", lambda: indexes_present(graph, domain))
        yield await _guarded(graph, "data", lambda: content(graph, domain))


async def version(graph: Graph) -> Check:
    """Which server it is; one that is too old has been refused at the door."""
    found = [f"{number} {edition}" for name, number, edition in await graph.read_all(_COMPONENTS) if name == "Neo4j Kernel"]
    words = f"{graph.server}, {found[0]}" if found and graph.dialect.oldest is not None else graph.server
    return good("version", f"{words}.")


async def clock(graph: Graph, now: Callable[[], float] = time.time) -> Check:
    """How far this machine's clock is from that of the database, travel time left out."""
    asked = now()
    [[milliseconds]] = await graph.read_all(_CLOCK)
    answered = now()
    apart = max(0.0, abs(milliseconds / 1000 - (asked + answered) / 2) - (answered - asked) / 2)
    if apart <= CLOSE_SECONDS:
        return good("clock", "This machine and the database agree on the time.")
    words = f"The clocks of this machine and of the database are {apart:,.0f} s apart."
    made = doubtful if apart <= FAR_SECONDS else bad
    return made("clock", words, "Let one time service set both.")


async def content(graph: Graph, domain: Domain) -> Check:
    """How much is in it, and at which revision."""
    found = await graph.read_all(_REVISION)
    revision = found[0][0] if found else 0
    counted = [(await graph.read_all(Statement(f"MATCH (n:`{node.label}`) RETURN count(n)")))[0][0] for node in domain]
    counts = sorted(zip(counted, (node.label for node in domain), strict=True), reverse=True)
    total = sum(counted)
    if not total:
        return doubtful("data", "The graph holds no record.", "Load some: `replicity load PATH`, or `replicity up` for the Mission's.")
    most = ", ".join(f"{count:,} {label}" for count, label in counts[:MOST_NAMED] if count)
    return good("data", f"{total:,} records at revision {revision:,}, most of them {most}.")


async def _guarded(graph: Graph, subject: str, check: Callable[[], Awaitable[Check]]) -> Check:
    try:
        return await check()
    except (Refusal, StatementFailed) as refused:
        said = _as_an_operator_reads_it(graph, refused)
        hint = said.hint if isinstance(said, Refusal) else "Tell the makers of this program."
        return bad(subject, str(said), hint)


def _as_an_operator_reads_it(graph: Graph, refused: Exception) -> Exception:
    """A client only hears that the graph cannot be reached; here it may be said why."""
    cause = refused.__cause__
    if not isinstance(cause, DRIVER_ERRORS):
        return refused
    return at_start(cause, uri=graph.address.uri, user=graph.address.user, database=graph.address.database)
