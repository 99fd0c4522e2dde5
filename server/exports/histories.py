"""The facts of event histories, read from the graph."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from itertools import islice
from typing import Any

from server.exports.cascades import transfers_of, transfers_read
from server.exports.chunks import Chunk, Wanted, chunks
from server.exports.event_history import history
from server.exports.exposure import Grounds, Resident
from server.exports.selecting import Selecting, first, in_order, slugs_in_order
from server.exports.spread import Known, PilotKnown
from server.exports.tables import Row
from server.graph import Graph
from server.reading.plan import ALWAYS, Column, Condition

INNOVATIONS_AT_ONCE = 250
ROWS_AT_ONCE = 2_000


async def history_rows(
    graph: Graph, selecting: Selecting, innovations: Condition, cities: Condition, until: int
) -> AsyncGenerator[Chunk, None]:
    """The histories of the innovations that fit, over the cities that fit."""
    grounds, revision = await _grounds(graph, selecting)
    at_risk = await _numbers(graph, selecting, grounds, cities)
    wanted = Wanted("Innovation", innovations, _columns(selecting))
    async with aclosing(chunks(graph, selecting.sight, wanted, INNOVATIONS_AT_ONCE, revision=revision)) as found:
        async for chunk in found:
            rows = (row for each in chunk.rows for row in history(_known(each), grounds, at_risk, until))
            while made := await asyncio.to_thread(_some, rows):
                yield chunk.of(made)
            yield chunk.of([])


def _some(rows: Iterator[Row]) -> list[Row]:
    return list(islice(rows, ROWS_AT_ONCE))


def _columns(selecting: Selecting) -> tuple[Column, ...]:
    pilots = (*selecting.leaves("Pilot", "stage", "startDate"), selecting.slugs_of("Pilot", "cities"))
    return (
        selecting.leaf("Innovation", "firstYear"),
        selecting.slug_of("Innovation", "originCity"),
        selecting.many("Innovation", "pilots", *pilots),
        transfers_of(selecting, ALWAYS),
    )


def _known(read: list[Any]) -> Known:
    slug, first_year, origin, pilots, transfers, _ = read
    found = tuple(
        PilotKnown(of, stage, int(began[:4]) if began else None, tuple(slugs_in_order(cities)))
        for of, stage, began, cities in in_order(pilots)
    )
    return Known(slug, first_year, first(origin), found, tuple(transfers_read(slug, transfers)))


async def _grounds(graph: Graph, selecting: Selecting) -> tuple[Grounds, int]:
    columns = (
        *selecting.leaves("City", "missionStatus", "location", "population"),
        selecting.one("City", "country", selecting.leaf("Country", "code")),
        selecting.slugs_of("City", "networks"),
    )
    residents: list[Resident] = []
    revision = 0
    async for chunk in chunks(graph, selecting.sight, Wanted("City", ALWAYS, columns)):
        revision = chunk.revision
        for slug, mission, (latitude, longitude), population, country, networks, _ in chunk.rows:
            residents.append(
                Resident(slug, first(country) or "", mission, latitude, longitude, population, frozenset(slug for _, slug in networks))
            )
    return Grounds(residents), revision


async def _numbers(graph: Graph, selecting: Selecting, grounds: Grounds, condition: Condition) -> list[int]:
    if condition == ALWAYS:
        return list(range(len(grounds.residents)))
    found = chunks(graph, selecting.sight, Wanted("City", condition, ()))
    return [grounds.numbers[row[0]] async for chunk in found for row in chunk.rows if row[0] in grounds.numbers]
