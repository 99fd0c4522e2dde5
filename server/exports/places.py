"""The cities that an export speaks of, read at one go: there are few of them beside everything else."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.exports.chunks import Wanted, chunks
from server.exports.selecting import Selecting
from server.graph import Graph
from server.reading.plan import ALWAYS


@dataclass(frozen=True, slots=True)
class Place:
    """What other tables say of a city."""

    name: str
    country: str
    latitude: float | None
    longitude: float | None
    population: int | None


@dataclass(frozen=True, slots=True)
class Places:
    """All cities of one revision."""

    revision: int
    of: Mapping[str, Place]

    def country(self, slug: str) -> str | None:
        """The code of a city's country."""
        place = self.of.get(slug)
        return place.country if place else None

    def population(self, slug: str) -> int | None:
        """How many live in a city."""
        place = self.of.get(slug)
        return place.population if place else None


async def read_places(graph: Graph, selecting: Selecting) -> Places:
    """Every city that the viewer sees."""
    columns = (
        *selecting.leaves("City", "name", "location", "population"),
        selecting.one("City", "country", selecting.leaf("Country", "code")),
    )
    found: dict[str, Place] = {}
    revision = 0
    async for chunk in chunks(graph, selecting.sight, Wanted("City", ALWAYS, columns)):
        revision = chunk.revision
        for slug, name, (latitude, longitude), population, country, _ in chunk.rows:
            found[slug] = Place(name, country[0] if country else "", latitude, longitude, population)
    return Places(revision, found)
