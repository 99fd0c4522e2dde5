"""The table of cascades: the steps by which innovations went from city to city, each with its generation."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Any

from server.exports.chunks import Chunk, Wanted, chunks
from server.exports.selecting import Selecting, first, in_order, slugs_in_order
from server.exports.tables import Row, Table, integer, text, texts, truth
from server.graph import Graph
from server.measures.lineage import lineage
from server.measures.network import Transfer, counts
from server.reading.plan import ALWAYS, Column, Condition

TABLE = Table(
    "cascades",
    "Cascades of innovations",
    "One row is one step of an innovation's lineage: a transfer of it, with its generation. "
    "Transfers without an innovation are in no lineage.",
    (
        text("innovation", "Slug of the innovation."),
        text("innovation_title", "Title of the innovation."),
        integer("generation", "1 for a step from a root; else one more than the least generation among the cities that gave."),
        text("transfer", "Slug of the transfer."),
        texts("source_cities", "Slugs of the cities that gave, in the order of the source."),
        text("target_city", "Slug of the city that received."),
        truth("from_root", "Whether a city that gave is a root: a place where the lineage starts."),
        integer("year", "Year of the transfer."),
        text("kind", "What its source calls it."),
        text("degree", "How much was taken over."),
        text("outcome", "How it ended."),
        text("claim_level", "Who stands behind the claim."),
        truth("counts", "Whether it counts as a replication."),
        truth("joint_attribution", "Several cities gave and it is no hybrid: the source names only their group."),
    ),
    ("innovation", "transfer"),
)
INNOVATIONS_AT_ONCE = 500


def transfers_of(selecting: Selecting, condition: Condition) -> Column:
    """What a lineage has to know of the transfers of an innovation."""
    own = selecting.leaves("Transfer", "kind", "degree", "outcome", "claimLevel", "year")
    ends = (selecting.slugs_of("Transfer", "sourceCities"), selecting.slug_of("Transfer", "targetCity"))
    return selecting.many("Innovation", "transfers", *own, *ends, fitting=condition)


def transfers_read(innovation: str, rows: list[list[Any]]) -> list[Transfer]:
    """The transfers whose ends are both seen; one whose givers are all hidden is hidden as well."""
    return [
        Transfer(slug, innovation, kind, degree, outcome, claim, year, tuple(slugs_in_order(gave)), first(reached))
        for slug, kind, degree, outcome, claim, year, gave, reached in in_order(rows)
        if gave and reached
    ]


async def cascade_rows(graph: Graph, selecting: Selecting, condition: Condition) -> AsyncGenerator[Chunk, None]:
    """The steps of the lineages that the fitting transfers make, innovation by innovation."""
    columns = (selecting.leaf("Innovation", "title"), transfers_of(selecting, condition))
    async with aclosing(chunks(graph, selecting.sight, Wanted("Innovation", ALWAYS, columns), INNOVATIONS_AT_ONCE)) as found:
        async for chunk in found:
            yield chunk.of([row for slug, title, of, _ in chunk.rows for row in _steps(slug, title, transfers_read(slug, of))])


def _steps(innovation: str, title: str, transfers: list[Transfer]) -> Iterator[Row]:
    if not transfers:
        return
    found = lineage(transfers, {}, first_year=None, earliest_pilot_year=None)
    by_slug = {each.slug: each for each in transfers}
    for step in found.steps:
        of = by_slug[step.transfer]
        ends = (list(of.givers), of.target, not set(of.givers).isdisjoint(found.roots))
        told = (of.year, of.kind, of.degree, of.outcome, of.claim_level)
        yield innovation, title, step.generation, of.slug, *ends, *told, counts(of), step.joint
