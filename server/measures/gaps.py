"""Knowledge gaps: fields, innovations and cities of which much is done and little is passed on or measured."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ENOUGH = 3
"""Pilots or transfers from which on a silence is a gap."""

MEASURED = frozenset({"OBSERVED", "ESTIMATED"})


@dataclass(frozen=True, slots=True)
class PilotGround:
    """A pilot: where it is, in which fields, and what it tests."""

    cities: tuple[str, ...]
    fields: tuple[str, ...]
    innovations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TransferGround:
    """A transfer: who gave, in which fields, what, and whether it counts as a replication."""

    givers: tuple[str, ...]
    fields: tuple[str, ...]
    innovation: str | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """An impact figure: how it came about, in which fields, and about which innovations, those of its pilot among them."""

    kind: str
    fields: tuple[str, ...]
    innovations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything in which gaps are looked for."""

    pilots: tuple[PilotGround, ...]
    transfers: tuple[TransferGround, ...]
    figures: tuple[Figure, ...]

    def within(self, cities: frozenset[str]) -> "Ground":
        """What these cities pilot and give; figures stay, for what has been measured anywhere is known everywhere."""
        return Ground(
            tuple(pilot for pilot in self.pilots if not cities.isdisjoint(pilot.cities)),
            tuple(transfer for transfer in self.transfers if not cities.isdisjoint(transfer.givers)),
            self.figures,
        )


@dataclass(frozen=True, slots=True)
class FieldGap:
    """A field with its figures; `innovations` are those that pilots test or counted transfers carry in it."""

    field: str
    pilots: int
    transfers_counted: int
    figures_measured: int
    innovations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnowledgeGaps:
    """The gaps of a scope; fields with most pilots or transfers first, then by slug, the rest by slug."""

    fields_with_pilots_but_no_transfer: tuple[FieldGap, ...]
    fields_with_transfers_but_no_observation: tuple[FieldGap, ...]
    innovations_with_transfers_but_no_observation: tuple[str, ...]
    cities_with_pilots_but_never_gave: tuple[str, ...]


def knowledge_gaps(ground: Ground, cities: frozenset[str] | None = None) -> KnowledgeGaps:
    """The gaps within a scope of cities; None is everywhere.

    A pilot belongs to the scope if one of its cities does, a transfer if one of its givers does. A field or an innovation
    has a gap from three pilots or counted transfers on, if nothing that counts was given, or nothing in it was measured.
    A city never gave if it is a giver of no transfer at all, counted or not.
    """
    scope = ground if cities is None else ground.within(cities)
    fields = _fields(scope)
    silent = [gap for gap in fields if gap.pilots >= ENOUGH and not gap.transfers_counted]
    unmeasured = [gap for gap in fields if gap.transfers_counted >= ENOUGH and not gap.figures_measured]
    return KnowledgeGaps(
        tuple(sorted(silent, key=lambda gap: -gap.pilots)),
        tuple(sorted(unmeasured, key=lambda gap: -gap.transfers_counted)),
        _unmeasured_innovations(scope),
        _hidden_sources(scope, cities),
    )


def gaps_by_group(ground: Ground, groups: Mapping[str, frozenset[str]]) -> dict[str, KnowledgeGaps]:
    """The gaps of each country or network, given the cities of each."""
    return {group: knowledge_gaps(ground, cities) for group, cities in groups.items()}


def _fields(ground: Ground) -> list[FieldGap]:
    """Every field in which there are pilots or transfers, by slug."""
    pilots = _by_field((pilot.fields, pilot.innovations) for pilot in ground.pilots)
    transfers = _by_field((each.fields, (each.innovation,)) for each in ground.transfers if each.counts)
    measured = _by_field((figure.fields, ()) for figure in ground.figures if figure.kind in MEASURED)
    named = pilots.keys() | {name for transfer in ground.transfers for name in transfer.fields}
    return [
        FieldGap(name, len(pilots[name]), len(transfers[name]), len(measured[name]), _innovations(pilots[name] + transfers[name]))
        for name in sorted(named)
    ]


def _by_field(records: Iterable[tuple[tuple[str, ...], tuple[str | None, ...]]]) -> defaultdict[str, list[tuple[str | None, ...]]]:
    """For each field, the innovations of each record in it."""
    found: defaultdict[str, list[tuple[str | None, ...]]] = defaultdict(list)
    for fields, innovations in records:
        for name in dict.fromkeys(fields):
            found[name].append(innovations)
    return found


def _innovations(listed: Iterable[tuple[str | None, ...]]) -> tuple[str, ...]:
    return tuple(sorted({innovation for innovations in listed for innovation in innovations if innovation is not None}))


def _unmeasured_innovations(ground: Ground) -> tuple[str, ...]:
    carried = Counter(transfer.innovation for transfer in ground.transfers if transfer.counts and transfer.innovation is not None)
    measured = {innovation for figure in ground.figures if figure.kind in MEASURED for innovation in figure.innovations}
    return tuple(sorted(innovation for innovation, times in carried.items() if times >= ENOUGH and innovation not in measured))


def _hidden_sources(ground: Ground, cities: frozenset[str] | None) -> tuple[str, ...]:
    piloting = {city for pilot in ground.pilots for city in pilot.cities if cities is None or city in cities}
    return tuple(sorted(piloting - {giver for transfer in ground.transfers for giver in transfer.givers}))
