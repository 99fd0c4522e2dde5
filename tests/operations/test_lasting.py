"""Lasting things are made without the garbage collector, which works again afterwards."""

import asyncio
import gc

import pytest

from server.operations.lasting import lasting, resting


async def test_the_collector_rests_while_something_is_made_and_works_again_afterwards() -> None:
    with lasting():
        rested = not gc.isenabled()

    assert rested
    assert gc.isenabled()


async def test_it_rests_until_the_last_of_two_is_made() -> None:
    enough = asyncio.Event()

    async def slow() -> None:
        with lasting():
            await enough.wait()

    task = asyncio.create_task(slow())
    await asyncio.sleep(0)
    with lasting():
        pass

    resting = not gc.isenabled()
    enough.set()
    await task

    assert resting
    assert gc.isenabled()


async def test_what_was_made_is_not_walked_through_again() -> None:
    before = gc.get_freeze_count()

    with lasting():
        made = [[number] for number in range(50_000)]

    assert gc.get_freeze_count() - before >= len(made)


async def test_the_collector_works_again_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), lasting():
        _ = 1 / 0

    assert gc.isenabled()


def test_where_it_only_rests_everything_stays_in_its_sight() -> None:
    before = gc.get_freeze_count()

    with resting():
        rested = not gc.isenabled()

    assert (rested, gc.isenabled(), gc.get_freeze_count()) == (True, True, before)
