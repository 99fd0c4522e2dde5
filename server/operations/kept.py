"""A bounded memory: what was not used for longest goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Keeps at most so many things, and at most so much weight of them."""

    def __init__(self, most: int, heaviest: int) -> None:
        self._most = most
        self._heaviest = heaviest
        self._weight = 0
        self._things: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._things)

    def get(self, key: Hashable) -> T | None:
        """What is kept under a key."""
        found = self._things.get(key)
        if found is None:
            return None
        self._things.move_to_end(key)
        return found[0]

    def keep(self, key: Hashable, thing: T, weight: int) -> T:
        """Keep something; what is too much goes."""
        if key in self._things:
            self._weight -= self._things.pop(key)[1]
        self._things[key] = thing, weight
        self._weight += weight
        while len(self._things) > self._most or (self._weight > self._heaviest and len(self._things) > 1):
            _, (_, gone) = self._things.popitem(last=False)
            self._weight -= gone
        return thing
