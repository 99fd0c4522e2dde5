"""Innovations a city has not taken up, in the order in which they fit it, with the parts that say so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest, nsmallest
from math import fsum, inf, isfinite
from operator import mul

from server.measures.facts import CityFacts, InnovationFacts, LessonFacts
from server.measures.peers import Nearness, Peers

PARTS = ("CONTEXT", "NEED", "EVIDENCE", "TRACK_RECORD", "LESSONS", "REACH")
WARNING_KINDS = frozenset({"FAILURE", "BARRIER"})


@dataclass(frozen=True, slots=True)
class FitOptions:
    """How much each part weighs (1 where not given), and the day on which a need must be open."""

    today: str
    weights: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted(set(self.weights) - set(PARTS))
        if unknown:
            raise ValueError(f"The parts that can be weighed are {', '.join(PARTS)}, not {unknown[0]}.")
        for name, weight in self.weights.items():
            if not isfinite(weight) or weight < 0:
                raise ValueError(f"A weight is 0 or more, and that of {name} is {weight:g}.")
        if not any(self.weight(name) for name in PARTS):
            raise ValueError("At least one part must weigh more than 0.")

    def weight(self, part: str) -> float:
        return float(self.weights.get(part, 1.0))


@dataclass(frozen=True, slots=True)
class Situation:
    """A city that asks, among all others: what every part is measured against."""

    city: CityFacts
    peers: Peers
    networks: frozenset[str]
    open_fields: frozenset[str]
    """Fields in which the city is looking for something."""
    tied: frozenset[str]
    """Cities with which it shares a network or a twinning."""
    nearness: Mapping[str, Nearness]
    """How near other cities are to it, as far as they can be compared."""

    def adopters(self, innovation: InnovationFacts) -> list[str]:
        """Those who have it, most similar to the city first; those that cannot be compared last."""
        return sorted(innovation.adopters & self.peers.cities.keys(), key=lambda slug: (*_remoteness(self.nearness.get(slug)), slug))


def situation_of(city: CityFacts, peers: Peers, today: str) -> Situation:
    networks = peers.cities[city.slug].networks
    wanted = (name for need in city.needs if need.is_open(today) for name in need.fields)
    fellows = {slug for slug, other in peers.cities.items() if not networks.isdisjoint(other.networks)}
    return Situation(city, peers, networks, frozenset(wanted), city.twins | fellows, peers.nearness(city.slug, peers.cities))


@dataclass(frozen=True, slots=True)
class Fitting:
    """An innovation and its parts in their order, each 0 to 1 or None where unknown; `fit` is the weighted mean of those that are known."""

    innovation: InnovationFacts
    values: tuple[float | None, ...]
    fit: float | None

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name, value in zip(PARTS, self.values, strict=True) if value is None)


def fittings(situation: Situation, innovations: Iterable[InnovationFacts], options: FitOptions, first: int) -> list[Fitting]:
    """The best of all that is new to the city: best fit first, then more known parts, then slug."""
    new = (innovation for innovation in innovations if situation.city.slug not in innovation.known_in)
    heaviest = max(options.weight(name) for name in PARTS)
    # Only how they compare matters, and no sum of them leaves the range of numbers.
    weights = [options.weight(name) / heaviest for name in PARTS]
    rated = [(innovation, values := _values(situation, innovation), _mean(values, weights)) for innovation in new]
    best = nlargest(first, (mean for _, _, mean in rated if mean is not None))
    # What would not be among the first by its mean alone need not be looked at, unless the mean is the same when it is rounded.
    least = best[-1] * (1 - 1e-9) if best and len(best) == first else None
    close = (each for each in rated if least is None or (each[2] is not None and each[2] >= least))
    return nsmallest(first, (Fitting(innovation, values, _rounded(mean)) for innovation, values, mean in close), key=_order)


def lessons_that_matter(situation: Situation, innovation: InnovationFacts) -> list[LessonFacts]:
    """Lessons about the innovation, those first that a city should hear before it begins.

    Failures, barriers and whatever was learned where the innovation stopped come first; among these, and among the
    rest, lessons in a field of an open need of the city; then slugs decide.
    """
    wanted, stops = situation.open_fields, innovation.stops()

    def order(lesson: LessonFacts) -> tuple[bool, bool, str]:
        return not (lesson.kind in WARNING_KINDS or stops.taught(lesson)), wanted.isdisjoint(lesson.fields), lesson.slug

    return sorted(innovation.lessons, key=order)


def _values(situation: Situation, innovation: InnovationFacts) -> tuple[float | None, ...]:
    return (
        _context(situation, innovation),
        _need(situation, innovation),
        innovation.evidence,
        innovation.track_record,
        innovation.lesson_share,
        _reach(situation, innovation),
    )


def _mean(values: Sequence[float | None], weights: Sequence[float]) -> float | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        weights = [weight for weight, value in zip(weights, values, strict=True) if value is not None]
    whole = fsum(weights)
    return fsum(map(mul, weights, known)) / whole if whole else None


def _rounded(mean: float | None) -> float | None:
    # Equal means that were added up in other orders must stay equal, so that the slug decides.
    return None if mean is None else float(f"{mean:.12g}")


def _order(fitting: Fitting) -> tuple[bool, float, int, str]:
    return fitting.fit is None, -(fitting.fit or 0.0), fitting.values.count(None), fitting.innovation.slug


def _remoteness(nearness: Nearness | None) -> tuple[float, int]:
    return (inf, 0) if nearness is None else (nearness.distance, -nearness.known)


def _context(situation: Situation, innovation: InnovationFacts) -> float | None:
    near = [found.distance for slug in innovation.adopters if (found := situation.nearness.get(slug))]
    return 1 - min(near) if near else None


def _need(situation: Situation, innovation: InnovationFacts) -> float | None:
    if not situation.open_fields.isdisjoint(innovation.fields):
        return 1.0
    return 0.0 if situation.city.piloted_fields.issuperset(innovation.fields) else 0.5


def _reach(situation: Situation, innovation: InnovationFacts) -> float | None:
    if not innovation.adopters.isdisjoint(situation.tied):
        return 1.0
    return 0.0 if situation.networks else None
