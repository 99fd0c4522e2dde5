"""What peers, replicable innovations and gaps are worked out of, at a revision of the graph; each part when it is first asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from server.measures.facts import CityFacts, InnovationFacts, LessonFacts, NeedFacts, PilotFacts
from server.measures.features import CityFeatures
from server.measures.gaps import Figure, Ground, KnowledgeGaps, PilotGround, TransferGround, knowledge_gaps
from server.measures.network import Transfer, counts
from server.measures.peers import Peers
from server.measures.replicable import Replicables

Ties = Mapping[str, tuple[str, ...]]
Groups = Mapping[str, frozenset[str]]

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Records:
    """Visible records as they were read: by label and slug what each holds, and by label and relationship whom each is tied to."""

    revision: int
    held: Mapping[str, Mapping[str, tuple[Any, ...]]]
    tied: Mapping[str, Ties]


class Knowledge:
    """What viewers of one scope may know of cities, innovations and what came of them."""

    def __init__(self, records: Records) -> None:
        self.revision = records.revision
        self._held, self._tied = records.held, records.tied
        self._gaps: dict[frozenset[str] | None, KnowledgeGaps] = {}

    # For everyone ----------------------------------------------------------------------------------

    @cached_property
    def field_names(self) -> Mapping[str, str]:
        """The English labels of fields of action, and of all other concepts."""
        return {slug: label for slug, (label,) in self._held["Concept"].items()}

    @cached_property
    def country_names(self) -> Mapping[str, str]:
        """The names of countries by their codes."""
        return dict(self._held["Country"].values())

    @property
    def innovation_fields(self) -> Ties:
        """The fields of action of each innovation that has any."""
        return self._tied["Innovation.fields"]

    @cached_property
    def network_names(self) -> Mapping[str, str]:
        return {slug: name for slug, (name,) in self._held["Network"].items()}

    @cached_property
    def populations(self) -> Mapping[str, int | None]:
        return {slug: city.population for slug, city in self.peers.cities.items()}

    @cached_property
    def networks(self) -> Groups:
        """The member cities of each network, those without any among them."""
        members = _turned((slug, city.networks) for slug, city in self.peers.cities.items())
        return {network: frozenset(members.get(network, ())) for network in self._held["Network"]}

    @cached_property
    def countries(self) -> Groups:
        """The cities of each country, by its code."""
        cities = _turned((slug, (city.country,)) for slug, city in self.peers.cities.items())
        return {code: frozenset(cities.get(code, ())) for code, _ in self._held["Country"].values()}

    @cached_property
    def peers(self) -> Peers:
        """Compares cities."""
        return Peers(self._cities(), self.network_names)

    @cached_property
    def transfers(self) -> tuple[Transfer, ...]:
        """The transfers whose receiving city is visible, and at least one giver."""
        givers, targets, innovations = (self._tied[f"Transfer.{name}"] for name in ("sourceCities", "targetCity", "innovation"))
        return tuple(
            Transfer(slug, _first(innovations.get(slug)), kind, degree, outcome, claim_level, year, givers[slug], targets[slug][0])
            for slug, (kind, degree, outcome, claim_level, year) in self._held["Transfer"].items()
            if slug in givers and slug in targets
        )

    # What a city could take up ---------------------------------------------------------------------

    @cached_property
    def replicables(self) -> Replicables:
        """Says which innovations fit which city."""
        return Replicables(self.innovations, self.peers, self.field_names)

    @cached_property
    def innovations(self) -> tuple[InnovationFacts, ...]:
        """Every innovation with its pilots, transfers and lessons."""
        pilots = self._of_innovations("Pilot", self._pilots())
        lessons = self._of_innovations("Lesson", self._lessons())
        transfers: defaultdict[str | None, list[Transfer]] = defaultdict(list)
        for transfer in self.transfers:
            transfers[transfer.innovation].append(transfer)
        origins, fields = self._tied["Innovation.originCity"], self._tied["Innovation.fields"]
        return tuple(
            InnovationFacts(
                slug,
                _first(origins.get(slug)),
                fields.get(slug, ()),
                level,
                tuple(lessons.get(slug, ())),
                tuple(pilots.get(slug, ())),
                tuple(transfers.get(slug, ())),
            )
            for slug, (level,) in self._held["Innovation"].items()
        )

    def city_facts(self, slug: str) -> CityFacts:
        """What a city looks for and does already; nothing of a city that is not known."""
        return CityFacts(slug, self._needs.get(slug, ()), self._piloted.get(slug, _NOBODY), self._twins.get(slug, _NOBODY))

    # Where something is missing --------------------------------------------------------------------

    @cached_property
    def ground(self) -> Ground:
        """All pilots, transfers and figures, as gaps are looked for in them."""
        cities, innovations, fields = self._tied["Pilot.cities"], self._tied["Pilot.innovations"], self._tied["Innovation.fields"]
        return Ground(
            tuple(PilotGround(cities.get(slug, ()), self._pilot_fields[slug], innovations.get(slug, ())) for slug in self._held["Pilot"]),
            tuple(
                TransferGround(each.givers, fields.get(each.innovation or "", ()), each.innovation, counts(each)) for each in self.transfers
            ),
            tuple(self._figure(slug, kind) for slug, (kind,) in self._held["Observation"].items()),
        )

    def gaps(self, cities: frozenset[str] | None = None) -> KnowledgeGaps:
        """The gaps of a scope of cities, or of all there is; kept once worked out."""
        if cities not in self._gaps:
            self._gaps[cities] = knowledge_gaps(self.ground, cities)
        return self._gaps[cities]

    def _figure(self, slug: str, kind: str) -> Figure:
        pilot = _first(self._tied["Observation.pilot"].get(slug)) or ""
        own = self._tied["Observation.innovation"].get(slug, ())
        fields = (*self._fields_of(own), *self._pilot_fields.get(pilot, ()))
        innovations = (*own, *self._tied["Pilot.innovations"].get(pilot, ()))
        return Figure(kind, tuple(dict.fromkeys(fields)), tuple(dict.fromkeys(innovations)))

    # Out of the records ----------------------------------------------------------------------------

    def _cities(self) -> Iterable[CityFeatures]:
        countries, networks = self._tied["City.country"], self._tied["City.networks"]
        for slug, (name, (latitude, longitude), population, target_year) in self._held["City"].items():
            if slug in countries:
                code, country = self._held["Country"][countries[slug][0]]
                members = frozenset(networks.get(slug, ()))
                yield CityFeatures(slug, name, code, country, population, latitude, longitude, members, target_year)

    def _pilots(self) -> Iterable[tuple[str, PilotFacts]]:
        cities = self._tied["Pilot.cities"]
        return ((slug, PilotFacts(slug, stage, cities.get(slug, ()))) for slug, (stage,) in self._held["Pilot"].items())

    def _lessons(self) -> Iterable[tuple[str, LessonFacts]]:
        where = [self._tied[f"Lesson.{name}"] for name in ("fields", "cities", "pilots", "transfers")]
        return ((slug, LessonFacts(slug, kind, *(each.get(slug, ()) for each in where))) for slug, (kind,) in self._held["Lesson"].items())

    def _of_innovations(self, label: str, facts: Iterable[tuple[str, Any]]) -> Mapping[str, list[Any]]:
        tied = self._tied[f"{label}.innovations"]
        return _turned((fact, tied.get(slug, ())) for slug, fact in facts)

    @cached_property
    def _pilot_fields(self) -> Ties:
        """Of each pilot its own fields of action, else those of its innovations."""
        own, tested = self._tied["Pilot.fields"], self._tied["Pilot.innovations"]
        return {slug: own.get(slug) or self._fields_of(tested.get(slug, ())) for slug in self._held["Pilot"]}

    def _fields_of(self, innovations: Iterable[str]) -> tuple[str, ...]:
        fields = self._tied["Innovation.fields"]
        return tuple(dict.fromkeys(name for innovation in innovations for name in fields.get(innovation, ())))

    @cached_property
    def _needs(self) -> Mapping[str, tuple[NeedFacts, ...]]:
        cities, fields = self._tied["Need.city"], self._tied["Need.fields"]
        found = _turned(
            (NeedFacts(slug, fields.get(slug, ()), open_until), cities.get(slug, ())) for slug, (open_until,) in self._held["Need"].items()
        )
        return {city: tuple(needs) for city, needs in found.items()}

    @cached_property
    def _piloted(self) -> Groups:
        """The fields of action in which each city has a pilot."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for pilot, cities in self._tied["Pilot.cities"].items():
            for city in cities:
                found[city].update(self._pilot_fields[pilot])
        return {city: frozenset(fields) for city, fields in found.items()}

    @cached_property
    def _twins(self) -> Groups:
        """The other cities that gave to each or received from it in a twinning."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for transfer in self.transfers:
            if transfer.kind == "TWINNING":
                for giver in transfer.givers:
                    found[giver].add(transfer.target)
                    found[transfer.target].add(giver)
        return {city: frozenset(twins - {city}) for city, twins in found.items()}


def _turned(ties: Iterable[tuple[Any, Iterable[str]]]) -> dict[str, list[Any]]:
    """For everything reached, what it is reached from."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for one, others in ties:
        for other in others:
            found[other].append(one)
    return found


def _first(slugs: tuple[str, ...] | None) -> str | None:
    return slugs[0] if slugs else None
