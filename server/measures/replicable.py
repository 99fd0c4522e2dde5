"""What a city could take up next, told in words: every part with its reason, every lesson with why it matters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from server.measures.facts import HIGHEST_EVIDENCE, CityFacts, InnovationFacts, LessonFacts
from server.measures.fit import (
    PARTS,
    WARNING_KINDS,
    FitOptions,
    Fitting,
    Situation,
    fittings,
    lessons_that_matter,
    situation_of,
)
from server.measures.peers import Peers


@dataclass(frozen=True, slots=True)
class FitPart:
    """One part of a fit: 0 to 1, None where unknown; `reason` says why in either case."""

    name: str
    value: float | None
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class WeightyLesson:
    """A lesson, and why the city should know it."""

    slug: str
    why: str


@dataclass(frozen=True, slots=True)
class Replicable:
    """An innovation that is new to the city; adopters most similar first, lessons weightiest first."""

    innovation: str
    fit: float | None
    parts: tuple[FitPart, ...]
    missing: tuple[str, ...]
    adopters: tuple[str, ...]
    failed_takers: tuple[str, ...]
    lessons: tuple[WeightyLesson, ...]

    @property
    def lesson_slugs(self) -> tuple[str, ...]:
        return tuple(lesson.slug for lesson in self.lessons)


class Replicables:
    """Answers which innovations fit which city; `field_names` gives fields of action their labels."""

    def __init__(self, innovations: Iterable[InnovationFacts], peers: Peers, field_names: Mapping[str, str] | None = None) -> None:
        self._innovations = tuple(innovations)
        self._peers = peers
        self._field_names = field_names or {}

    def of(self, city: CityFacts, candidates: Iterable[str] | None, options: FitOptions, first: int) -> tuple[Replicable, ...]:
        """The candidates (None: all innovations) that are new to the city, best fit first, then more known parts, then slug."""
        chosen = None if candidates is None else frozenset(candidates)
        innovations = (innovation for innovation in self._innovations if chosen is None or innovation.slug in chosen)
        situation = situation_of(city, self._peers, options.today)
        return tuple(self._told(situation, fitting, options) for fitting in fittings(situation, innovations, options, first))

    def _told(self, situation: Situation, fitting: Fitting, options: FitOptions) -> Replicable:
        innovation = fitting.innovation
        return Replicable(
            innovation.slug,
            fitting.fit,
            tuple(
                FitPart(name, value, options.weight(name), _REASONS[name](self, situation, fitting))
                for name, value in zip(PARTS, fitting.values, strict=True)
            ),
            fitting.missing,
            tuple(situation.adopters(innovation)),
            innovation.failed_takers(),
            tuple(
                WeightyLesson(lesson.slug, self._why(situation, innovation, lesson))
                for lesson in lessons_that_matter(situation, innovation)
            ),
        )

    def _why(self, situation: Situation, innovation: InnovationFacts, lesson: LessonFacts) -> str:
        wanted = [name for name in lesson.fields if name in situation.open_fields]
        told = [
            f"a {lesson.kind.lower()}" if lesson.kind in WARNING_KINDS else "",
            "learned where the innovation stopped" if innovation.stops().taught(lesson) else "",
            f"in a field of an open need: {self._fields(wanted)}" if wanted else "",
        ]
        return _sentence(", ".join(filter(None, told)) or "it is about this innovation")

    def _context(self, situation: Situation, fitting: Fitting) -> str:
        adopters = situation.adopters(fitting.innovation)
        if not adopters:
            return "No city is known to have adopted it."
        nearest = situation.nearness.get(adopters[0])
        if not situation.nearness:
            return "Too little is known of the city to compare it with any other."
        if nearest is None:
            return "Too little is known of its adopters to compare them with the city."
        return f"The most similar adopter is {self._city(adopters[0])}, at a context distance of {nearest.distance:.2f}."

    def _need(self, situation: Situation, fitting: Fitting) -> str:
        fields = fitting.innovation.fields
        wanted = [name for name in fields if name in situation.open_fields]
        unpiloted = [name for name in fields if name not in situation.city.piloted_fields]
        if wanted:
            return f"The city has an open need in {self._fields(wanted)}."
        if unpiloted:
            return f"The city has no open need in its fields, and no pilot in {self._fields(unpiloted)}."
        return (
            "The city has no open need in its fields, and a pilot in each of them." if fields else "No field of action is reported for it."
        )

    def _evidence(self, _situation: Situation, fitting: Fitting) -> str:
        return f"Its evidence level is {fitting.innovation.evidence_level} of {HIGHEST_EVIDENCE}."

    def _track_record(self, _situation: Situation, fitting: Fitting) -> str:
        whole, partly, failed = fitting.innovation.ended
        if not whole + partly + failed:
            return "No transfer of it has come to a known end."
        takers = ", ".join(map(self._city, fitting.innovation.failed_takers()))
        failures = f"{failed} failed or abandoned ({takers})" if failed else "none failed or abandoned"
        return f"Transfers that came to a known end: {whole} carried out, {partly} carried out in part, {failures}."

    def _lessons(self, _situation: Situation, fitting: Fitting) -> str:
        count = len(fitting.innovation.lessons)
        return f"{count} lesson{' is' if count == 1 else 's are'} published about it." if count else "No lesson is published about it."

    def _reach(self, situation: Situation, fitting: Fitting) -> str:
        adopters = situation.adopters(fitting.innovation)
        for adopter in adopters:
            if shared := sorted(map(self._peers.network_name, situation.networks & self._peers.cities[adopter].networks)):
                return f"The city shares {', '.join(shared)} with {self._city(adopter)}, which has adopted it."
            if adopter in situation.city.twins:
                return f"The city is twinned with {self._city(adopter)}, which has adopted it."
        if situation.networks:
            return "The city shares no network and no twinning with an adopter."
        return "No network membership of the city is known."

    def _city(self, slug: str) -> str:
        known = self._peers.cities.get(slug)
        return known.name if known else slug

    def _fields(self, names: Iterable[str]) -> str:
        return ", ".join(self._field_names.get(name, name) for name in names)


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


_REASONS: Mapping[str, Callable[[Replicables, Situation, Fitting], str]] = {
    "CONTEXT": Replicables._context,
    "NEED": Replicables._need,
    "EVIDENCE": Replicables._evidence,
    "TRACK_RECORD": Replicables._track_record,
    "LESSONS": Replicables._lessons,
    "REACH": Replicables._reach,
}
