"""The table of transfers: one row each, with both ends, what came of it and on whose word."""

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import aclosing
from typing import Any

from server.exports.chunks import Chunk, Wanted, chunks
from server.exports.places import Places
from server.exports.selecting import Selecting, first, in_order, reported, slugs_in_order
from server.exports.tables import Row, Table, integer, integers, moment, text, texts, truth
from server.graph import Graph
from server.measures.network import Transfer, joint, why_not
from server.reading.plan import Column as PlanColumn
from server.reading.plan import Condition, Missing

TABLE = Table(
    "transfers",
    "Transfers between cities",
    "One row is one transfer: a city took, studied or promised to take something from one or more other cities.",
    (
        text("transfer", "Slug of the transfer; its record is at /records/transfer/{slug}."),
        text("innovation", "Slug of the innovation; empty where the source names no subject."),
        text("innovation_title", "Title of the innovation."),
        texts("source_cities", "Slugs of the cities that gave, in the order of the source."),
        text("target_city", "Slug of the city that received."),
        texts("source_countries", "ISO 3166-1 codes of the countries of the cities that gave, in the same order."),
        text("target_country", "ISO 3166-1 code of the country of the city that received."),
        integers("source_populations", "Inhabitants of the cities that gave, in the same order; where not known, NA in CSV, else null."),
        integer("target_population", "Inhabitants of the city that received."),
        text("kind", "What its source calls it."),
        text("degree", "How much was taken over; UNKNOWN unless a source describes it."),
        text("channel", "How the knowledge travelled."),
        integer("year", "Year in which it began or was announced."),
        text("outcome", "How it ended."),
        text("claim_level", "Who stands behind the claim."),
        truth("counts", "Whether it counts as a replication, by the definition named in the metadata."),
        text("why_not", "The first rule by which it does not count: KIND, OUTCOME, DEGREE, CLAIM_LEVEL, SAME_CITY."),
        truth("joint_attribution", "Several cities gave and it is no hybrid: the source names only their group."),
        truth("crosses_border", "Whether no city that gave lies in the country of the city that received."),
        texts("kept_elements", "What the receiving city kept; empty where not reported, `;` where nothing."),
        texts("changed_elements", "What it changed."),
        texts("dropped_elements", "What it left out."),
        text("programme", "Slug of the programme within which it happened."),
        texts("source_pilots", "Slugs of the pilots that gave, where known."),
        text("target_pilot", "Slug of the pilot that received, where known."),
        text("note", "What else its source says."),
        texts("sources", "Public addresses that support it."),
        moment("updated_at", "When the record last changed."),
    ),
    ("transfer",),
)

_T = "Transfer"
_NETWORK_LEAVES = ("kind", "degree", "channel", "year", "outcome", "claimLevel")


OF_THE_NETWORK = (*_NETWORK_LEAVES, "sourceCities", "targetCity", "innovation")
"""What is read of a transfer where only the network matters, and how it is judged."""


def columns(selecting: Selecting, only: Collection[str] | None = None) -> tuple[PlanColumn, ...]:
    """What is read of each transfer, or only some of it; what is not read is empty."""
    leaves = (*_NETWORK_LEAVES, "keptElements", "changedElements", "droppedElements", "note", "updatedAt")
    named: dict[str, PlanColumn] = {
        **{name: selecting.leaf(_T, name) for name in leaves},
        "sourceCities": selecting.slugs_of(_T, "sourceCities"),
        "targetCity": selecting.slug_of(_T, "targetCity"),
        "innovation": selecting.one(_T, "innovation", *selecting.leaves("Innovation", "slug", "title")),
        "programme": selecting.slug_of(_T, "programme"),
        "sourcePilots": selecting.slugs_of(_T, "sourcePilots"),
        "targetPilot": selecting.slug_of(_T, "targetPilot"),
        "sources": selecting.many(_T, "sources", selecting.leaf("Source", "url")),
    }
    return tuple(column if only is None or name in only else Missing() for name, column in named.items())


async def transfer_rows(
    graph: Graph, selecting: Selecting, condition: Condition, places: Places, only: Collection[str] | None = None
) -> AsyncGenerator[Chunk, None]:
    """The rows of the transfers that fit; where only some of each is read, the cells of the rest are empty."""
    wanted = Wanted(_T, condition, columns(selecting, only))
    async with aclosing(chunks(graph, selecting.sight, wanted, revision=places.revision)) as found:
        async for chunk in found:
            yield chunk.of(await asyncio.to_thread(_rows, chunk.rows, places))


def _rows(read: Sequence[Any], places: Places) -> list[Row]:
    return [_row(each, places) for each in read]


def _row(read: list[Any], places: Places) -> Row:
    slug, kind, degree, channel, year, outcome, claim, kept, changed, dropped, note, updated, gave, reached, about, *rest = read
    programme, source_pilots, target_pilot, sources, _ = rest
    givers, target, innovation = slugs_in_order(gave), first(reached), about or (None, None)
    transfer = Transfer(slug, innovation[0], kind, degree, outcome, claim, year, tuple(givers), target or "")
    reason = why_not(transfer)
    countries, home = [places.country(giver) or "" for giver in givers], places.country(target or "")
    populations = [places.population(giver) for giver in givers]
    ends = (reported(givers), target, reported(countries), home, reported(populations), places.population(target or ""))
    judged = (reason is None, reason, joint(transfer), target not in givers and home not in countries)
    urls = reported([url for _, url in in_order(sources or [])])
    within = (first(programme), reported(slugs_in_order(source_pilots or [])), first(target_pilot))
    told = (kind, degree, channel, year, outcome, claim)
    return (slug, *innovation[:2], *ends, *told, *judged, kept, changed, dropped, *within, note, urls, updated)
