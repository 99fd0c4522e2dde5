"""The lineage of an innovation: where it started, how it went on step by step, and what of that cannot be so."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from server.measures.generations import generations_of, in_time, roots_of
from server.measures.network import City, Transfer, joint
from server.measures.virality import structural_virality

Place = tuple[int, bool, int, str]
"""Where a step stands: by generation, year (unknown ones last) and slug."""


@dataclass(frozen=True, slots=True)
class Step:
    """One transfer and its generation: one more than the least generation among its givers."""

    generation: int
    transfer: str
    joint: bool
    year: int | None

    @property
    def place(self) -> Place:
        """Where it stands among the steps."""
        return (self.generation, self.year is None, self.year or 0, self.transfer)


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures of a lineage, and how many of its transfers have no year."""

    cities: int
    countries: int
    depth: int
    width: int
    structural_virality: float | None
    time_to_first_transfer_years: int | None
    censored: bool
    missing_years: int


@dataclass(frozen=True, slots=True)
class Violation:
    """What cannot be so, or cannot be checked, as the records stand."""

    kind: str
    transfer: str | None
    city: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """Roots by slug, steps by generation, year and slug, figures, and violations."""

    roots: tuple[str, ...]
    steps: tuple[Step, ...]
    measures: Measures
    violations: tuple[Violation, ...]


def lineage(
    transfers: Collection[Transfer], cities: Mapping[str, City], *, first_year: int | None, earliest_pilot_year: int | None
) -> Lineage:
    """The lineage that these transfers make, whichever kinds and years were chosen.

    The first use is `first_year`, else the year in which the first pilot began.
    """
    first_use = earliest_pilot_year if first_year is None else first_year
    roots = roots_of(transfers)
    generations = generations_of(transfers, roots)
    ordered = sorted(
        ((_generation(transfer, generations), transfer) for transfer in transfers), key=lambda step: (step[0], in_time(step[1]))
    )
    violations = (
        *_steps_backwards(ordered, frozenset(roots)),
        *_undated_generations(ordered),
        *_first_use_after_transfer(transfers, first_use),
    )
    steps = tuple(Step(generation, transfer.slug, joint(transfer), transfer.year) for generation, transfer in ordered)
    return Lineage(roots, steps, _measures(transfers, cities, generations, first_use), violations)


def _generation(transfer: Transfer, generations: Mapping[str, int]) -> int:
    return 1 + min(generations[giver] for giver in transfer.givers)


def _measures(
    transfers: Collection[Transfer], cities: Mapping[str, City], generations: Mapping[str, int], first_use: int | None
) -> Measures:
    widths = Counter(generations.values())
    waited = _years_waited(_earliest_dated(transfers), first_use)
    return Measures(
        cities=len(generations),
        countries=len({cities[slug].country for slug in generations if slug in cities}),
        depth=max(widths, default=0),
        width=max(widths.values(), default=0),
        structural_virality=structural_virality(transfers),
        time_to_first_transfer_years=waited if waited is not None and waited >= 0 else None,
        censored=not transfers,
        missing_years=sum(transfer.year is None for transfer in transfers),
    )


def _earliest_dated(transfers: Iterable[Transfer]) -> Transfer | None:
    return min((transfer for transfer in transfers if transfer.year is not None), key=in_time, default=None)


def _years_waited(first: Transfer | None, first_use: int | None) -> int | None:
    """Years between the first use and the first transfer; negative where the records contradict each other."""
    return None if first is None or first.year is None or first_use is None else first.year - first_use


def _steps_backwards(ordered: Iterable[tuple[int, Transfer]], roots: Collection[str]) -> Iterator[Violation]:
    """Dated steps by which a city gave before it received; a root had it from the start."""
    dated = [(transfer, transfer.year) for _, transfer in ordered if transfer.year is not None]
    received: dict[str, int] = {}
    for transfer, year in dated:
        received[transfer.target] = min(year, received.get(transfer.target, year))
    for transfer, year in dated:
        for giver in transfer.givers:
            if giver not in roots and year < received.get(giver, year):
                message = f"{giver} is said to have given in {year}, but to have received in {received[giver]} at the earliest."
                yield Violation("BACKWARDS", transfer.slug, giver, message)


def _undated_generations(ordered: Iterable[tuple[int, Transfer]]) -> Iterator[Violation]:
    """Generations in which no step has a year, so that nothing says whether time runs forward through them."""
    steps: Counter[int] = Counter()
    dated: Counter[int] = Counter()
    for generation, transfer in ordered:
        steps[generation] += 1
        dated[generation] += transfer.year is not None
    for generation, size in steps.items():
        if not dated[generation]:
            found = "The one step" if size == 1 else f"None of the {size} steps"
            has = "has no year" if size == 1 else "has a year"
            yield Violation(
                "UNDATED_GENERATION", None, None, f"{found} of generation {generation} {has}, so its place in time cannot be checked."
            )


def _first_use_after_transfer(transfers: Iterable[Transfer], first_use: int | None) -> Iterator[Violation]:
    first = _earliest_dated(transfers)
    waited = _years_waited(first, first_use)
    if first is not None and waited is not None and waited < 0:
        message = f"The first use is said to be in {first_use}, but {first.target} received it in {first.year} already."
        yield Violation("FIRST_USE_AFTER_TRANSFER", first.slug, None, message)
