"""Which cities are like one, and what a city could take up: as it is answered; the measures themselves have tests of their own."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from graph_schema.names import snake
from server.measures.facts import CityFacts, InnovationFacts, LessonFacts, NeedFacts, PilotFacts, twins_of
from server.measures.features import FEATURES
from server.measures.fit import FitOptions
from server.measures.peers import Peers
from server.measures.replicable import Replicable, Replicables
from tests.oracle.conditions import holds
from tests.oracle.knowing import Knowing
from tests.oracle.networks import VERSION
from tests.oracle.relations import Row, evidence_level
from tests.oracle.world import Record

Asked = Mapping[str, Any]
CITIES, INNOVATIONS, ADOPTERS, LESSONS = 5, 10, 10, 3


class Choosing:
    """Chooses for a city of a world, out of what is known of it."""

    def __init__(self, knowing: Knowing) -> None:
        self.knowing, self.world, self.related = knowing, knowing.seen.world, knowing.slugs

    def similar(self, city: Record, asked: Asked) -> dict[str, Any]:
        """`City.similarCities`."""
        features = FEATURES if asked.get("features") is None else asked["features"]
        candidates = self._fitting("City", asked) & self.knowing.cities.keys()
        found = self._peers.similar(city["slug"], features, candidates, asked.get("first") or CITIES)
        nodes = [
            {
                "city": self._record("City", each.slug),
                "distance": each.distance,
                "parts": [
                    {"feature": part.feature, "distance": part.distance, "mine": part.mine, "theirs": part.theirs} for part in each.parts
                ],
                "missing": each.missing,
                "sharedNetworks": [self._record("Network", slug) for slug in each.shared_networks],
            }
            for each in found.nodes
        ]
        return {"nodes": nodes, "leftOut": found.left_out, "definitionVersion": VERSION}

    def replicable(self, city: Record, asked: Asked) -> list[dict[str, Any]]:
        """`City.replicableInnovations`."""
        weights = {snake(name).upper(): weight for name, weight in (asked.get("weights") or {}).items() if weight is not None}
        options = FitOptions(datetime.now(UTC).date().isoformat(), weights)
        found = self._replicables.of(self._facts(city), self._fitting("Innovation", asked), options, asked.get("first") or INNOVATIONS)
        return list(map(self._told, found))

    def _told(self, found: Replicable) -> dict[str, Any]:
        adopters, taught = (
            [self._record("City", slug) for slug in found.adopters],
            [self._record("Lesson", each.slug) for each in found.lessons],
        )
        weighty = [{"lesson": lesson, "why": each.why} for lesson, each in zip(taught, found.lessons, strict=True)]
        return {
            "innovation": self._record("Innovation", found.innovation),
            "fit": found.fit,
            "parts": [{"name": each.name, "value": each.value, "weight": each.weight, "reason": each.reason} for each in found.parts],
            "missing": found.missing,
            "adopters": lambda first: adopters[: first or ADOPTERS],
            "failedTakers": [self._record("City", slug) for slug in found.failed_takers],
            "lessons": lambda first: taught[: first or LESSONS],
            "weightyLessons": lambda first: weighty[: first or LESSONS],
            "definitionVersion": VERSION,
        }

    def _fitting(self, label: str, asked: Asked) -> set[str]:
        """The records that `where` lets through."""
        where = asked.get("where") or {}
        return {each["slug"] for each in self.world.visible(label) if holds(self.knowing.seen, Row(each), where)}

    def _record(self, label: str, slug: str) -> Record:
        found = self.world.find(f"{label}:{slug}")
        assert found
        return found

    @cached_property
    def _peers(self) -> Peers:
        return Peers(self.knowing.cities.values(), {each["slug"]: each["name"] for each in self.world.visible("Network")})

    @cached_property
    def _replicables(self) -> Replicables:
        names = {each["slug"]: each["prefLabelEn"] for each in self.world.visible("Concept")}
        return Replicables(map(self._innovation, self.world.visible("Innovation")), self._peers, names)

    def _facts(self, city: Record) -> CityFacts:
        seen = self.knowing.seen
        needs = (NeedFacts(each["slug"], self.related(each, "fields"), each.get("openUntil")) for each in seen.related(city, "needs"))
        piloted = {name for pilot in seen.related(city, "pilots") for name in self.knowing.fields_of_pilot(pilot)}
        return CityFacts(city["slug"], tuple(needs), frozenset(piloted), twins_of(city["slug"], self.knowing.network.known))

    def _innovation(self, innovation: Record) -> InnovationFacts:
        seen, slug = self.knowing.seen, innovation["slug"]
        lessons = (
            LessonFacts(each["slug"], each["kind"], *(self.related(each, name) for name in ("fields", "cities", "pilots", "transfers")))
            for each in seen.related(innovation, "lessons")
        )
        return InnovationFacts(
            slug,
            next(iter(self.related(innovation, "originCity")), None),
            self.knowing.fields[slug],
            evidence_level(seen, innovation),
            tuple(lessons),
            tuple(PilotFacts(each["slug"], each.get("stage"), self.related(each, "cities")) for each in seen.related(innovation, "pilots")),
            tuple(each for each in self.knowing.network.known if each.innovation == slug),
        )
