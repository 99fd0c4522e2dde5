"""Cities as features on a map (GeoJSON, RFC 7946)."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from typing import Any

import orjson

from server.exports.chunks import Chunk, Wanted, chunks
from server.exports.selecting import Selecting, first, reported, slugs_in_order
from server.exports.tables import Row, Table, integer, number, text, texts
from server.graph import Graph
from server.reading.plan import Condition

MEDIA_TYPE = "application/geo+json"

TABLE = Table(
    "cities",
    "Cities",
    "One feature is one city, a point in WGS84; without geometry where the place is not known.",
    (
        text("city", "Slug of the city; its record is at /records/city/{slug}."),
        text("name", "English name."),
        text("local_name", "Name in a local language."),
        text("country", "ISO 3166-1 code of the country."),
        number("latitude", "Degrees north, WGS84."),
        number("longitude", "Degrees east, WGS84."),
        integer("population", "Inhabitants; area and year differ between sources."),
        text("mission_status", "Part in the EU Mission."),
        text("contract_status", "How far the Climate City Contract has come."),
        text("label_date", "Day on which the EU Mission Label was announced."),
        integer("neutrality_target_year", "Year by which the city wants to be climate-neutral."),
        texts("networks", "Slugs of the networks it belongs to."),
        integer("replication_count", "How many cities took something from it, by counted transfers."),
        integer("replication_countries", "How many countries did; a step within one country is left out."),
    ),
    ("city",),
)
_LATITUDE = 4


async def city_rows(graph: Graph, selecting: Selecting, condition: Condition) -> AsyncGenerator[Chunk, None]:
    """The rows of the cities that fit."""
    own = ("name", "localName", "location", "population", "missionStatus", "contractStatus", "labelDate", "neutralityTargetYear")
    columns = (
        *selecting.leaves("City", *own, "replicationCount", "replicationCountries"),
        selecting.one("City", "country", selecting.leaf("Country", "code")),
        selecting.slugs_of("City", "networks"),
    )
    async with aclosing(chunks(graph, selecting.sight, Wanted("City", condition, columns))) as found:
        async for chunk in found:
            yield chunk.of([_row(each) for each in chunk.rows])


def _row(read: list[Any]) -> Row:
    slug, name, local, (latitude, longitude), population, mission, contract, label, target, taken, abroad, country, networks, _ = read
    place = (first(country), latitude, longitude, population)
    return slug, name, local, *place, mission, contract, label, target, reported(slugs_in_order(networks)), taken, abroad


def opening(metadata: dict[str, Any]) -> bytes:
    """What stands before the first feature."""
    return b'{"type":"FeatureCollection","metadata":' + orjson.dumps(metadata) + b',"features":['


def features(rows: Iterable[Row], *, follow: bool) -> bytes:
    """The features of these rows; `follow`: others stand before them."""
    made = b",\n".join(orjson.dumps(_feature(row)) for row in rows)
    return b",\n" + made if follow and made else made


CLOSING = b"]}\n"


def _feature(row: Row) -> dict[str, Any]:
    latitude, longitude = row[_LATITUDE : _LATITUDE + 2]
    properties = {column.name: value for column, value in zip(TABLE.columns, row, strict=True)}
    del properties["latitude"], properties["longitude"]
    geometry = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": row[0], "geometry": geometry, "properties": properties}
