"""Large networks of transfers with hubs, the same for the same seed: for measuring by hand, and for a small one in tests."""

import random

from server.measures.network import Transfer

_KINDS = ("TRANSFER", "REPLICATION", "ADAPTATION", "TWINNING", "INSPIRATION")
_OUTCOMES = ("IMPLEMENTED", "UNKNOWN", "ONGOING", "COMMITTED", "PARTIAL", "ABANDONED", "FAILED")


def network(*, transfers: int, cities: int, seed: int) -> list[Transfer]:
    """Transfers among cities of which the first are hubs; innovations are 0.4 a transfer, the first of them the largest.

    Kinds, outcomes, years and the number of givers are as frequent as in the Mission's data, roughly.
    """
    chance = random.Random(seed)
    return [_transfer(chance, number, cities, max(1, transfers * 2 // 5)) for number in range(transfers)]


def _transfer(chance: random.Random, number: int, cities: int, innovations: int) -> Transfer:
    count = chance.choices((1, 2, 3, 5, 9), (72, 12, 10, 3, 3))[0]
    return Transfer(
        slug=f"transfer-{number:06}",
        innovation=None if chance.random() < 0.04 else f"innovation-{_skewed(chance, innovations):06}",
        kind=chance.choices(_KINDS, (42, 21, 18, 13, 6))[0],
        degree=chance.choices(("UNKNOWN", "EMULATION", "INSPIRATION", "COPYING", "HYBRIDISATION", "REJECTION"), (72, 12, 11, 3, 1, 1))[0],
        outcome=chance.choices(_OUTCOMES, (31, 29, 22, 12, 4, 1, 1))[0],
        claim_level=chance.choices(("SELF_REPORTED", "INDEPENDENT", "INFERRED"), (97, 2, 1))[0],
        year=None if chance.random() < 0.2 else chance.randint(2010, 2026),
        givers=tuple({f"city-{_skewed(chance, cities):05}": None for _ in range(count)}),
        target=f"city-{_skewed(chance, cities):05}",
    )


def _skewed(chance: random.Random, size: int) -> int:
    """A number below the size, small ones far more often."""
    return int(size * chance.random() ** 3)
