"""Innovations a city has not taken up, in the order in which they fit it, with the parts that say so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from math import fsum, inf, isfinite

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
    _nearness: dict[str, Nearness | None] = field(default_factory=dict)

    def adopters(self, innovation: InnovationFacts) -> list[str]:
        """Those who have it, most similar to the city first; those that cannot be compared last."""
        return sorted(innovation.adopters & self.peers.cities.keys(), key=lambda slug: (*_remoteness(self.nearness(slug)), slug))

    def nearness(self, other: str) -> Nearness | None:
        if other not in self._nearness:
            self._nearness[other] = self.peers.nearness(self.city.slug, other) if other in self.peers.cities else None
        return self._nearness[other]


def situation_of(city: CityFacts, peers: Peers, today: str) -> Situation:
    networks = peers.cities[city.slug].networks
    wanted = (name for need in city.needs if need.is_open(today) for name in need.fields)
    fellows = {slug for slug, other in peers.cities.items() if not networks.isdisjoint(other.networks)}
    return Situation(city, peers, networks, frozenset(wanted), city.twins | fellows)


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
    return nsmallest(first, (_fitting(situation, innovation, weights) for innovation in new), key=_order)


def lessons_that_matter(situation: Situation, innovation: InnovationFacts) -> list[LessonFacts]:
    """Lessons about the innovation, those first that a city should hear before it begins.

    Failures, barriers and whatever was learned where the innovation stopped come first; among these, and among the
    rest, lessons in a field of an open need of the city; then slugs decide.
    """
    wanted, stops = situation.open_fields, innovation.stops()

    def order(lesson: LessonFacts) -> tuple[bool, bool, str]:
        return not (lesson.kind in WARNING_KINDS or stops.taught(lesson)), wanted.isdisjoint(lesson.fields), lesson.slug

    return sorted(innovation.lessons, key=order)


def _fitting(situation: Situation, innovation: InnovationFacts, weights: Sequence[float]) -> Fitting:
    values = (
        _context(situation, innovation),
        _need(situation, innovation),
        innovation.evidence,
        innovation.track_record,
        innovation.lesson_share,
        _reach(situation, innovation),
    )
    known = [(weight, value) for weight, value in zip(weights, values, strict=True) if value is not None]
    whole = fsum([weight for weight, _ in known])
    if not whole:
        return Fitting(innovation, values, None)
    # Equal means that were added up in other orders must stay equal, so that the slug decides.
    return Fitting(innovation, values, float(f"{fsum([weight * value for weight, value in known]) / whole:.12g}"))


def _order(fitting: Fitting) -> tuple[bool, float, int, str]:
    return fitting.fit is None, -(fitting.fit or 0.0), fitting.values.count(None), fitting.innovation.slug


def _remoteness(nearness: Nearness | None) -> tuple[float, int]:
    return (inf, 0) if nearness is None else (nearness.distance, -nearness.known)


def _context(situation: Situation, innovation: InnovationFacts) -> float | None:
    near = [found.distance for slug in innovation.adopters if (found := situation.nearness(slug)) is not None]
    return 1 - min(near) if near else None


def _need(situation: Situation, innovation: InnovationFacts) -> float | None:
    if not situation.open_fields.isdisjoint(innovation.fields):
        return 1.0
    return 0.0 if situation.city.piloted_fields.issuperset(innovation.fields) else 0.5


def _reach(situation: Situation, innovation: InnovationFacts) -> float | None:
    if not innovation.adopters.isdisjoint(situation.tied):
        return 1.0
    return 0.0 if situation.networks else None
