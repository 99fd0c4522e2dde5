"""The nested read of about a thousand objects with eight clients, beside every peer."""

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from benchmarks import questions
from benchmarks.client import Load, ask, load
from benchmarks.databases import MISSION, Database, opened
from benchmarks.figures import Figure, ratios
from benchmarks.peers import bare, dataloaders, neo4j_graphql, ours
from benchmarks.processes import Server
from benchmarks.turns import in_turns

CLIENTS = 8
SECONDS = 3.0
TURNS = 4
OURS, EMBEDDED, YOGA, APOLLO, GRAPHENE, BARE = "ours", "ours, embedded", "yoga", "apollo", "graphene", "the bare driver"


async def measure(store: str = "neo4j") -> Sequence[Figure]:
    """Throughput and p50 beside @neo4j/graphql, graphene with DataLoaders and the bare driver."""
    figures: list[Figure] = []
    for shape, question in questions.NESTED.items():
        async with AsyncExitStack() as stack:
            database = await stack.enter_async_context(opened(store, MISSION))
            servers = await _servers(stack, database, question)
            objects = await _check_equal(servers, question)
            ways = {name: partial(_asking, server, question.asked(_document(name, question))) for name, server in servers.items()}
            figures += _figures(await in_turns(ways, TURNS, warm=2), shape, f"{database.version}, {objects} objects")
    return figures


async def _servers(stack: AsyncExitStack, database: Database, question: questions.Nested) -> Mapping[str, Server]:
    enter = stack.enter_async_context
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    return {
        OURS: await enter(ours(database)),
        YOGA: await enter(neo4j_graphql("yoga", database)),
        APOLLO: await enter(neo4j_graphql("apollo", database)),
        EMBEDDED: await enter(ours(await enter(opened("embedded", MISSION)))),
        GRAPHENE: await enter(dataloaders(database)),
        BARE: await enter(bare(database, question.ours, folder, first=question.first, **{"except": "none-0"})),
    }


async def _asking(server: Server, bodies: Sequence[bytes]) -> Load:
    return await load(server.url, bodies, clients=CLIENTS, seconds=SECONDS)


def _document(name: str, question: questions.Nested) -> str:
    return {YOGA: question.of_peer, APOLLO: question.of_peer, GRAPHENE: question.of_dataloaders}.get(name, question.ours)


async def _check_equal(servers: Mapping[str, Server], question: questions.Nested) -> int:
    """Every server gives the same answer, but for how its API wraps lists; the number of objects in it."""
    answers = {}
    for name, server in servers.items():
        if name != BARE:
            body = question.asked(_document(name, question))[0]
            answers[name] = questions.plain(orjson.loads(await ask(server.url, body)))
    for name, answer in answers.items():
        if name != EMBEDDED:
            assert answer == answers[OURS], f"{name} answers otherwise than we do: {str(answer)[:500]}"
    return sum(map(_objects, answers[OURS]["data"].values()))


def _objects(answer: Any) -> int:
    if isinstance(answer, list):
        return sum(map(_objects, answer))
    return 1 + sum(map(_objects, answer.values())) if isinstance(answer, dict) else 0


def _figures(found: Mapping[str, Sequence[Load]], shape: str, how: str) -> Sequence[Figure]:
    rates = {name: [each.per_second for each in loads] for name, loads in found.items()}
    medians = {name: [each.p50 for each in loads] for name, loads in found.items()}
    figures = [Figure(f"{shape} nested read, {name}", "/s", tuple(values), how=how) for name, values in rates.items()]
    figures += [Figure(f"{shape} nested read, {name}, p50", " ms", tuple(values), how=how) for name, values in medians.items()]
    for peer in (YOGA, APOLLO):
        figures.append(Figure(f"{shape} nested read: ours / {peer}", "×", ratios(rates[OURS], rates[peer]), "at least", 3.5, how))
        figures.append(Figure(f"{shape} nested read, p50: ours / {peer}", "×", ratios(medians[OURS], medians[peer]), "at most", 0.5, how))
        figures.append(Figure(f"{shape} nested read: embedded / {peer}", "×", ratios(rates[EMBEDDED], rates[peer]), "at least", 3.0, how))
    figures.append(Figure(f"{shape} nested read: ours / graphene", "×", ratios(rates[OURS], rates[GRAPHENE]), "at least", 25, how))
    figures.append(
        Figure(f"{shape} nested read, 8 clients: time of ours / bare driver", "×", ratios(rates[BARE], rates[OURS]), "at most", 1.15, how)
    )
    return figures
