"""How one innovation spread: where it started, who adopted it when, who has it without anything saying since when."""

from collections.abc import Iterable
from dataclasses import dataclass

from server.measures.network import Transfer, counts

_NEVER_BEGUN = frozenset({"IDEA", "REJECTED"})


@dataclass(frozen=True, slots=True)
class PilotKnown:
    """What is known of a pilot: its stage, the year it began in, its cities."""

    slug: str
    stage: str | None
    year: int | None
    cities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an innovation's spread."""

    slug: str
    first_year: int | None
    origin: str | None
    pilots: tuple[PilotKnown, ...]
    transfers: tuple[Transfer, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """A city took the innovation up: by a counted transfer or by a pilot of its own, named by its slug; `year` None: not dated."""

    year: int | None
    by: str
    record: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The facts that a history is made of. Whoever is in `began` or in `holding` was never at risk.

    `holding` are cities that gave the innovation without anything saying that they took it up, each with the first year in
    which it is known to have had it.
    """

    origin_year: int
    basis: str
    began: frozenset[str]
    adopted: dict[str, Adoption]
    holding: dict[str, int | None]

    def holder_since(self, city: str) -> int | None:
        """The year from which on a city is known to have it; None: never, or nobody knows when."""
        if city in self.began:
            return self.origin_year
        found = self.adopted.get(city)
        return found.year if found else self.holding.get(city)


def spread_of(known: Known) -> Spread | None:
    """How it spread; None where nothing says when it was first used."""
    origin = _origin_year(known)
    if origin is None:
        return None
    year, basis = origin
    began = frozenset({known.origin}) if known.origin else _first_cities(known, year)
    adopted = {city: found for city, found in _adoptions(known).items() if city not in began}
    holding: dict[str, int | None] = {}
    for transfer in known.transfers:
        for giver in transfer.givers:
            if giver not in began and giver not in adopted and _knows_it(transfer):
                holding[giver] = _earlier(holding.get(giver), transfer.year)
    return Spread(year, basis, began, adopted, holding)


def _origin_year(known: Known) -> tuple[int, str] | None:
    if known.first_year is not None:
        return known.first_year, "FIRST_YEAR"
    started = [pilot.year for pilot in known.pilots if pilot.year is not None]
    if started:
        return min(started), "PILOT"
    dated = [transfer.year for transfer in known.transfers if transfer.year is not None and _knows_it(transfer)]
    return (min(dated), "TRANSFER") if dated else None


def _first_cities(known: Known, year: int) -> frozenset[str]:
    """Without a city of origin: those of the pilots that began in the year in which it was first used."""
    return frozenset(city for pilot in known.pilots if pilot.year == year for city in pilot.cities)


def _adoptions(known: Known) -> dict[str, Adoption]:
    """The earliest adoption of each city; a dated one before an undated one, a transfer before a pilot of the same year."""
    found: dict[str, Adoption] = {}
    for city, adoption in sorted(_all_adoptions(known), key=_in_time):
        found.setdefault(city, adoption)
    return found


def _all_adoptions(known: Known) -> Iterable[tuple[str, Adoption]]:
    for transfer in known.transfers:
        if counts(transfer):
            yield transfer.target, Adoption(transfer.year, "TRANSFER", transfer.slug)
    for pilot in known.pilots:
        if pilot.stage not in _NEVER_BEGUN:
            for city in pilot.cities:
                yield city, Adoption(pilot.year, "PILOT", pilot.slug)


def _in_time(found: tuple[str, Adoption]) -> tuple[bool, int, bool, str]:
    adoption = found[1]
    return adoption.year is None, adoption.year or 0, adoption.by != "TRANSFER", adoption.record


def _knows_it(transfer: Transfer) -> bool:
    """Whether who gave had it: twinnings name no direction, and what was only inferred proves nothing."""
    return transfer.kind != "TWINNING" and transfer.claim_level != "INFERRED"


def _earlier(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)
