"""Lasting things are made without the garbage collector, which works again afterwards."""

import asyncio
import gc
import threading

import pytest

from server.operations.lasting import lasting


async def test_the_collector_rests_while_something_is_made_and_works_again_afterwards() -> None:
    made, rested = await lasting(lambda: ([[number] for number in range(1_000)], not gc.isenabled()))

    assert len(made) == 1_000
    assert rested
    assert gc.isenabled()


async def test_it_rests_until_the_last_of_two_is_made() -> None:
    first, second = threading.Event(), threading.Event()
    slow = asyncio.create_task(lasting(second.wait, 10))
    await lasting(first.set)

    resting = not gc.isenabled()
    second.set()
    await slow

    assert resting
    assert gc.isenabled()


async def test_what_was_made_is_not_walked_through_again() -> None:
    before = gc.get_freeze_count()

    made = await lasting(lambda: [[number] for number in range(50_000)])

    assert gc.get_freeze_count() - before >= len(made)


async def test_the_collector_works_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError):
        await lasting(lambda: 1 / 0)

    assert gc.isenabled()
