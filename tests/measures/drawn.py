"""Networks of transfers, written short or drawn: circles, hybrids, undated and inferred ones, a target among its givers."""

from itertools import pairwise

from hypothesis import strategies

from server.measures.network import City, Transfer

NAMES = "abcdefgh"
CITIES = {name: City(name, "x" if name < "d" else "y") for name in NAMES}


def a_transfer(
    givers: str, target: str, year: int | None = None, *, slug: str = "", kind: str = "TRANSFER", degree: str = "UNKNOWN"
) -> Transfer:
    """One that counts; each letter of `givers` is a city."""
    return Transfer(slug or f"{givers}-{target}", "idea", kind, degree, "IMPLEMENTED", "SELF_REPORTED", year, tuple(givers), target)


def chain(cities: str, first_year: int | None = None) -> list[Transfer]:
    """From each city to the next, a year apart where the first has one."""
    pairs = enumerate(pairwise(cities))
    return [a_transfer(giver, taker, None if first_year is None else first_year + place) for place, (giver, taker) in pairs]


@strategies.composite
def transfers(draw: strategies.DrawFn) -> list[Transfer]:
    """Up to twelve among eight cities: dense enough for circles, thin enough for several components and isolated cities."""
    return [
        Transfer(
            slug=f"t{number}",
            innovation=draw(strategies.sampled_from((None, "idea", "other"))),
            kind=draw(strategies.sampled_from(("REPLICATION", "TRANSFER", "ADAPTATION", "TWINNING", "INSPIRATION"))),
            degree=draw(strategies.sampled_from(("UNKNOWN", "COPYING", "HYBRIDISATION", "REJECTION", "INSPIRATION"))),
            outcome=draw(strategies.sampled_from(("IMPLEMENTED", "PARTIAL", "COMMITTED", "FAILED", "UNKNOWN"))),
            claim_level=draw(strategies.sampled_from(("SELF_REPORTED", "INFERRED", "INDEPENDENT"))),
            year=draw(strategies.none() | strategies.integers(2000, 2005)),
            givers=tuple(draw(strategies.lists(strategies.sampled_from(NAMES), min_size=1, max_size=3, unique=True))),
            target=draw(strategies.sampled_from(NAMES)),
        )
        for number in range(draw(strategies.integers(0, 12)))
    ]
