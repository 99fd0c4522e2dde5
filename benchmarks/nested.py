"""The nested read of about a thousand objects with eight clients, beside every peer."""

import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from benchmarks import questions
from benchmarks.client import Load, ask, load
from benchmarks.databases import MISSION, opened
from benchmarks.figures import Figure, ratios
from benchmarks.peers import bare, dataloaders, neo4j_graphql, ours
from benchmarks.processes import Server
from benchmarks.turns import in_turns

CLIENTS = 8
FIRST = 50
SECONDS = 4.0
TURNS = 5
OURS, EMBEDDED, YOGA, APOLLO, GRAPHENE, BARE = "ours", "ours, embedded", "yoga", "apollo", "graphene", "the bare driver"
DOCUMENTS = {YOGA: questions.NESTED_OF_PEER, APOLLO: questions.NESTED_OF_PEER, GRAPHENE: questions.NESTED_OF_DATALOADERS}


async def measure(store: str = "neo4j") -> Sequence[Figure]:
    """Throughput and p50 beside @neo4j/graphql, graphene with DataLoaders and the bare driver."""
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        database = await enter(opened(store, MISSION))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers: dict[str, Server] = {
            OURS: await enter(ours(database)),
            YOGA: await enter(neo4j_graphql("yoga", database)),
            APOLLO: await enter(neo4j_graphql("apollo", database)),
            EMBEDDED: await enter(ours(await enter(opened("embedded", MISSION)))),
            GRAPHENE: await enter(dataloaders(database)),
            BARE: await enter(bare(database, questions.NESTED, folder, first=FIRST, **{"except": "none-0"})),
        }
        objects = await _check_equal(servers)
        found = await in_turns({name: _asking(name, server) for name, server in servers.items()}, TURNS, warm=2)
        return _figures(found, f"{database.version}, {objects} objects")


def _asking(name: str, server: Server) -> Callable[[], Awaitable[Load]]:
    bodies = questions.nested(DOCUMENTS.get(name, questions.NESTED), FIRST)
    return partial(load, server.url, bodies, clients=CLIENTS, seconds=SECONDS)


async def _check_equal(servers: Mapping[str, Server]) -> int:
    """Every server gives the same answer, but for how its API wraps lists; the number of objects in it."""
    answers = {}
    for name, server in servers.items():
        if name != BARE:
            body = questions.nested(DOCUMENTS.get(name, questions.NESTED), FIRST)[0]
            answers[name] = questions.plain(orjson.loads(await ask(server.url, body)))
    for name, answer in answers.items():
        assert answer == answers[OURS], f"{name} answers otherwise than we do: {str(answer)[:500]}"
    return _objects(answers[OURS]["data"]["cities"])


def _objects(answer: Any) -> int:
    if isinstance(answer, list):
        return sum(map(_objects, answer))
    return 1 + sum(map(_objects, answer.values())) if isinstance(answer, dict) else 0


def _figures(found: Mapping[str, Sequence[Load]], how: str) -> Sequence[Figure]:
    rates = {name: [each.per_second for each in loads] for name, loads in found.items()}
    medians = {name: [each.p50 for each in loads] for name, loads in found.items()}
    figures = [Figure(f"nested read, {name}", "/s", tuple(values), how=how) for name, values in rates.items()]
    figures += [Figure(f"nested read, {name}, p50", " ms", tuple(values), how=how) for name, values in medians.items()]
    for peer in (YOGA, APOLLO):
        figures.append(Figure(f"nested read: ours / {peer}", "×", ratios(rates[OURS], rates[peer]), "at least", 3.5, how))
        figures.append(Figure(f"nested read, p50: ours / {peer}", "×", ratios(medians[OURS], medians[peer]), "at most", 0.5, how))
        figures.append(Figure(f"nested read: embedded / {peer}", "×", ratios(rates[EMBEDDED], rates[peer]), "at least", 3.0, how))
    figures.append(Figure("nested read: ours / graphene", "×", ratios(rates[OURS], rates[GRAPHENE]), "at least", 25, how))
    figures.append(
        Figure("nested read, 8 clients: time of ours / bare driver", "×", ratios(rates[BARE], rates[OURS]), "at most", 1.15, how)
    )
    return figures
