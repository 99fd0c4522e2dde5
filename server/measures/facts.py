"""What has to be known about a city and an innovation to say how well one fits the other."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from server.measures.network import Transfer, counts

ABORTED = frozenset({"FAILED", "ABANDONED"})
HIGHEST_EVIDENCE = 5
ENOUGH_LESSONS = 5
STOPPED_STAGES = frozenset({"STALLED", "DISCONTINUED", "REJECTED"})
_NEVER_BEGUN = frozenset({"IDEA", "REJECTED"})


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """Something a city is looking for; `open_until` at the precision known, None while no end is set."""

    slug: str
    fields: tuple[str, ...]
    open_until: str | None

    def is_open(self, today: str) -> bool:
        """Whether answers are welcome on that day; an end in 2027 is the end of 2027."""
        return self.open_until is None or self.open_until >= today[: len(self.open_until)]


@dataclass(frozen=True, slots=True)
class CityFacts:
    """What a city looks for and does already; its networks are known from its features."""

    slug: str
    needs: tuple[NeedFacts, ...]
    piloted_fields: frozenset[str]
    twins: frozenset[str]


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """A lesson about an innovation, and where it was learned."""

    slug: str
    kind: str
    fields: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    pilots: tuple[str, ...] = ()
    transfers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PilotFacts:
    """A pilot of an innovation and the cities it takes place in."""

    slug: str
    stage: str | None
    cities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InnovationFacts:
    """An innovation with all pilots, transfers and lessons of it."""

    slug: str
    origin: str | None
    fields: tuple[str, ...]
    evidence_level: int
    lessons: tuple[LessonFacts, ...] = ()
    pilots: tuple[PilotFacts, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    # What is the same for every city that asks is found once.
    known_in: frozenset[str | None] = field(init=False)
    """Cities it originated in, has a pilot in, or arrived in by more than twinning."""
    adopters: frozenset[str] = field(init=False)
    """Cities of its pilots that were begun or decided, and those it was carried over to."""
    ended: tuple[int, int, int] = field(init=False)
    """How many transfers of it were carried out, carried out in part, and failed or abandoned."""
    evidence: float = field(init=False)
    """The evidence level as a share of the highest."""
    track_record: float | None = field(init=False)
    """The share of transfers that came to a known end and were carried out, one carried out in part counting half; None without any."""
    lesson_share: float = field(init=False)
    """How many lessons there are, as a share of enough of them; 1 at most."""

    def __post_init__(self) -> None:
        outcomes = [transfer.outcome for transfer in self.transfers]
        aborted = sum(outcome in ABORTED for outcome in outcomes)
        piloting = {city for pilot in self.pilots for city in pilot.cities}
        begun = {city for pilot in self.pilots if pilot.stage not in _NEVER_BEGUN for city in pilot.cities}
        received = {transfer.target for transfer in self.transfers if transfer.kind != "TWINNING"}
        carried = {transfer.target for transfer in self.transfers if counts(transfer)}
        object.__setattr__(self, "known_in", frozenset({self.origin} | piloting | received))
        object.__setattr__(self, "adopters", frozenset(begun | carried))
        whole, partly = outcomes.count("IMPLEMENTED"), outcomes.count("PARTIAL")
        ended = whole + partly + aborted
        object.__setattr__(self, "ended", (whole, partly, aborted))
        object.__setattr__(self, "evidence", self.evidence_level / HIGHEST_EVIDENCE)
        object.__setattr__(self, "track_record", (whole + partly / 2) / ended if ended else None)
        object.__setattr__(self, "lesson_share", min(len(self.lessons), ENOUGH_LESSONS) / ENOUGH_LESSONS)

    def failed_takers(self) -> tuple[str, ...]:
        """Cities into which a transfer of it failed or was abandoned, by slug."""
        return tuple(sorted({transfer.target for transfer in self.transfers if transfer.outcome in ABORTED}))

    def stops(self) -> "Stops":
        pilots = [pilot for pilot in self.pilots if pilot.stage in STOPPED_STAGES]
        transfers = [transfer for transfer in self.transfers if transfer.outcome in ABORTED]
        return Stops(
            frozenset(pilot.slug for pilot in pilots),
            frozenset(transfer.slug for transfer in transfers),
            frozenset(city for pilot in pilots for city in pilot.cities) | {transfer.target for transfer in transfers},
        )


@dataclass(frozen=True, slots=True)
class Stops:
    """Pilots, transfers and cities in which an innovation came to a stop."""

    pilots: frozenset[str]
    transfers: frozenset[str]
    cities: frozenset[str]

    def taught(self, lesson: LessonFacts) -> bool:
        """Whether the lesson was learned at one of them."""
        return not (
            self.pilots.isdisjoint(lesson.pilots) and self.transfers.isdisjoint(lesson.transfers) and self.cities.isdisjoint(lesson.cities)
        )


def twins_of(city: str, transfers: Iterable[Transfer]) -> frozenset[str]:
    """Cities that gave to the city or received from it in a twinning."""
    own = [transfer for transfer in transfers if transfer.kind == "TWINNING"]
    given = {transfer.target for transfer in own if city in transfer.givers}
    taken = {giver for transfer in own if transfer.target == city for giver in transfer.givers}
    return frozenset((given | taken) - {city})
