"""Measuring in turns: A B A B, so that what else the machine does falls on both."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


async def in_turns(ways: Mapping[str, Callable[[], Awaitable[T]]], times: int, warm: int = 1) -> Mapping[str, Sequence[T]]:
    """What each way gave in each turn. The turns that warm everything up come first and are not counted."""
    found: dict[str, list[T]] = {name: [] for name in ways}
    for turn in range(warm + times):
        for name, measure in ways.items():
            outcome = await measure()
            if turn >= warm:
                found[name].append(outcome)
    return found
