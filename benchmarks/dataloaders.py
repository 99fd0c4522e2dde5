"""The usual way in Python: graphene's object types, a resolver a field, DataLoaders that gather keys into one statement each."""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString

import graphene
import orjson
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.serving import run, serve

Record = dict[str, Any]
CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass
class DataLoader:
    """Gathers the keys asked for in one step of the event loop and fetches them together."""

    fetch: Callable[[list[str]], Awaitable[Mapping[str, Any]]]
    waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    known: dict[str, asyncio.Future[Any]] = field(default_factory=dict)
    running: asyncio.Task[None] | None = None

    def load(self, key: str) -> "asyncio.Future[Any]":
        """What belongs to the key, in a moment."""
        if key not in self.known:
            loop = asyncio.get_running_loop()
            if not self.waiting:
                # Twice around, as resolvers of one level are started by several callbacks.
                loop.call_soon(loop.call_soon, self._start)
            self.known[key] = self.waiting[key] = loop.create_future()
        return self.known[key]

    def _start(self) -> None:
        self.running = asyncio.create_task(self._dispatch())

    async def _dispatch(self) -> None:
        batch, self.waiting = self.waiting, {}
        found = await self.fetch(list(batch))
        for key, future in batch.items():
            future.set_result(found[key])


PATTERNS = {
    "country": "(n)-[:IN_COUNTRY]->(m:Country)",
    "cities": "(n)<-[:IN_COUNTRY]-(m:City)",
    "networks": "(n)-[:MEMBER_OF]->(m:Network)",
    "pilots": "(n)<-[:LOCATED_IN]-(m:Pilot)",
    "transfersReceived": "(n)<-[:REACHED]-(m:Transfer)",
    "innovations": "(n)-[:TESTS]->(m:Innovation)",
    "innovation": "(n)-[:OF]->(m:Innovation)",
    "sourceCities": "(n)<-[:GAVE]-(m:City)",
}
OF = {"cities": "Country", "country": "City", "networks": "City", "pilots": "City", "transfersReceived": "City", "innovations": "Pilot"}


@dataclass
class Loaders:
    """The loaders of one request, one for each relationship and size of page."""

    driver: AsyncDriver
    made: dict[tuple[str, int], DataLoader] = field(default_factory=dict)

    def of(self, relationship: str, first: int) -> DataLoader:
        """The loader of a relationship's first records."""
        key = (relationship, first)
        if key not in self.made:
            self.made[key] = DataLoader(lambda ids: self._fetch(relationship, first, ids))
        return self.made[key]

    async def _fetch(self, relationship: str, first: int, ids: list[str]) -> Mapping[str, list[Record]]:
        text = (
            f"UNWIND $ids AS id MATCH (n:{OF.get(relationship, 'Transfer')} {{slug: id}}) "
            f"RETURN id, COLLECT {{ MATCH {PATTERNS[relationship]} RETURN m {{.*}} ORDER BY m.slug LIMIT $first }} AS found"
        )
        return {slug: [snaked(each) for each in found] for slug, found in await self.run(text, ids=ids, first=first)}

    async def run(self, text: LiteralString, **values: Any) -> list[list[Any]]:
        """The rows of a statement."""
        async with self.driver.session(default_access_mode=READ_ACCESS) as session:
            return [list(record) async for record in await session.run(text, values)]


def snaked(record: Record) -> Record:
    """The record under the names that graphene's own resolvers look for."""
    return {CAPITAL.sub("_", name).lower(): value for name, value in record.items()}


def one(of: Callable[[], Any], name: str) -> Any:
    """A field for the one record that a relationship reaches."""

    async def resolve(parent: Record, info: Any) -> Any:
        found = await info.context["loaders"].of(name, 1).load(parent["slug"])
        return found[0] if found else None

    return graphene.Field(of, resolver=resolve)


def many(of: Callable[[], Any], name: str) -> Any:
    """A field for the first records that a relationship reaches."""

    async def resolve(parent: Record, info: Any, first: int) -> Any:
        return await info.context["loaders"].of(name, first).load(parent["slug"])

    return graphene.List(graphene.NonNull(of), first=graphene.Int(required=True), resolver=resolve)


class Country(graphene.ObjectType):  # type: ignore[misc]
    slug = graphene.String(required=True)
    code = graphene.String(required=True)
    name = graphene.String(required=True)
    cities = many(lambda: City, "cities")


class Network(graphene.ObjectType):  # type: ignore[misc]
    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    kind = graphene.String(required=True)
    scope = graphene.String(required=True)


class Innovation(graphene.ObjectType):  # type: ignore[misc]
    slug = graphene.String(required=True)
    title = graphene.String(required=True)
    first_year = graphene.Int()


class Recorded(graphene.Interface):  # type: ignore[misc]
    id = graphene.ID(required=True)
    slug = graphene.String(required=True)
    created_at = graphene.String(required=True)
    updated_at = graphene.String(required=True)
    revision = graphene.Int(required=True)
    status = graphene.String(required=True)


class Pilot(graphene.ObjectType):  # type: ignore[misc]
    class Meta:
        interfaces = (Recorded,)

    title = graphene.String(required=True)
    summary = graphene.String()
    end_date = graphene.String()
    reason_stopped = graphene.String()
    stage = graphene.String()
    start_date = graphene.String()
    budget_eur = graphene.Float()
    innovations = many(lambda: Innovation, "innovations")


class Transfer(graphene.ObjectType):  # type: ignore[misc]
    slug = graphene.String(required=True)
    kind = graphene.String(required=True)
    degree = graphene.String(required=True)
    year = graphene.Int()
    outcome = graphene.String(required=True)
    innovation = one(lambda: Innovation, "innovation")
    source_cities = many(lambda: City, "sourceCities")


class City(graphene.ObjectType):  # type: ignore[misc]
    class Meta:
        interfaces = (Recorded,)

    population_source = graphene.String()
    name = graphene.String(required=True)
    local_name = graphene.String()
    mission_status = graphene.String(required=True)
    population = graphene.Int()
    neutrality_target_year = graphene.Int()
    country = one(lambda: Country, "country")
    networks = many(lambda: Network, "networks")
    pilots = many(lambda: Pilot, "pilots")
    transfers_received = many(lambda: Transfer, "transfersReceived")


class Query(graphene.ObjectType):  # type: ignore[misc]
    cities = graphene.List(graphene.NonNull(City), first=graphene.Int(required=True), **{"except": graphene.String(required=True)})
    countries = graphene.List(graphene.NonNull(Country), first=graphene.Int(required=True), **{"except": graphene.String(required=True)})

    async def resolve_cities(self, info: Any, **given: Any) -> Any:
        where = "n.missionStatus = 'MISSION_EU' AND n.slug <> $except"
        return await _found(info, f"MATCH (n:City) WHERE {where} RETURN n {{.*}} ORDER BY n.slug LIMIT $first", given)

    async def resolve_countries(self, info: Any, **given: Any) -> Any:
        return await _found(info, "MATCH (n:Country) WHERE n.slug <> $except RETURN n {.*} ORDER BY n.slug LIMIT $first", given)


async def _found(info: Any, text: LiteralString, given: dict[str, Any]) -> list[Record]:
    return [snaked(record) for (record,) in await info.context["loaders"].run(text, **given)]


def application(driver: AsyncDriver) -> Starlette:
    """POST /graphql."""
    schema = graphene.Schema(query=Query)

    async def answer(http: Request) -> Response:
        asked = orjson.loads(await http.body())
        result = await schema.execute_async(asked["query"], variables=asked["variables"], context={"loaders": Loaders(driver)})
        return Response(orjson.dumps(result.formatted), media_type="application/json")

    return Starlette(routes=[Route("/graphql", answer, methods=["POST"])])


async def main() -> None:
    """Serve until stopped."""
    auth = (os.environ["PEER_USER"], os.environ["PEER_PASSWORD"])
    async with AsyncGraphDatabase.driver(os.environ["PEER_URI"], auth=auth) as driver:
        await serve(application(driver))


if __name__ == "__main__":
    run(main())
