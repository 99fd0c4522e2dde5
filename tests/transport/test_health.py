"""Operators hear whether the process lives, whether it can answer."""

import asyncio
import time

import httpx

from tests.transport.small_service import SmallService


async def test_a_process_that_answers_is_healthy_even_without_its_graph(client: httpx.AsyncClient, service: SmallService) -> None:
    service.is_ready = False

    assert (await client.get("/healthz")).status_code == 200


async def test_it_is_ready_while_the_graph_answers(client: httpx.AsyncClient) -> None:
    assert (await client.get("/readyz")).status_code == 200


async def test_it_is_not_ready_once_the_graph_is_lost(client: httpx.AsyncClient, service: SmallService) -> None:
    service.is_ready = False

    response = await client.get("/readyz")

    assert response.status_code == 503
    assert response.headers["retry-after"] == "2"


async def test_a_graph_that_hangs_is_found_out_within_two_seconds(client: httpx.AsyncClient, service: SmallService) -> None:
    async def hang() -> bool:
        await asyncio.Event().wait()
        return True

    service.ready = hang  # type: ignore[method-assign]
    started = time.monotonic()

    response = await client.get("/readyz")

    assert response.status_code == 503
    assert time.monotonic() - started < 2
