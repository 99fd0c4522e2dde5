"""What is worked out of a world as a whole, as it is answered; the measures themselves have tests of their own."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from server.measures.features import CityFeatures
from server.measures.flows import Flows, by_year, flows, flows_among, flows_within
from server.measures.gaps import FieldGap, Figure, Ground, PilotGround, TransferGround, knowledge_gaps
from server.measures.network import INFERRED, Transfer, counts
from server.measures.overview import NetworkOverview, against_the_rest, overview, small_city_share
from server.measures.points import Box, city_points
from tests.oracle.chosen_pages import chosen_page
from tests.oracle.conditions import holds
from tests.oracle.networks import VERSION, Network
from tests.oracle.relations import Row, Seen
from tests.oracle.world import Record

Asked = Mapping[str, Any]


class Knowing:
    """A world and its network."""

    def __init__(self, seen: Seen, network: Network) -> None:
        self.seen, self.network = seen, network

    def whole(self, asked: Asked) -> dict[str, Any]:
        """`transferNetwork`."""
        transfers = self._taken(asked)
        populations = {slug: city.population for slug, city in self.cities.items()}

        def members(network: str) -> dict[str, Any]:
            found = against_the_rest(transfers, {slug for slug, city in self.cities.items() if network in city.networks})
            return {"members": self._figures(found.members), "rest": self._figures(found.rest)}

        def share(below: int) -> dict[str, Any]:
            found = small_city_share(transfers, populations, below)
            return {
                "share": found.share,
                "smallCities": found.small_cities,
                "knownCities": found.known_cities,
                "unknownCities": found.unknown_cities,
            }

        years = [
            {
                "year": each.year,
                "transfers": each.transfers,
                "counting": each.counting,
                "givingCities": each.giving_cities,
                "receivingCities": each.receiving_cities,
                "joint": each.joint,
            }
            for each in by_year(transfers)
        ]
        return self._figures(overview(transfers)) | {
            "byYear": years,
            "flows": lambda by, first: self._flows(transfers, by, first),
            "members": members,
            "smallCityShare": share,
            "definitionVersion": VERSION,
        }

    def flows(self, asked: Asked) -> dict[str, Any]:
        """`transferFlows`."""
        return self._flows(self._taken(asked), asked["by"], asked["first"])

    def gaps(self, asked: Asked) -> dict[str, Any]:
        """`knowledgeGaps`."""
        scope: set[str] | None = None
        for name, fits in (
            ("country", lambda city, key: city.country == key),
            ("network", lambda city, key: key in city.networks),
        ):
            if asked.get(name) is not None:
                theirs = {slug for slug, city in self.cities.items() if fits(city, asked[name])}
                scope = theirs if scope is None else scope & theirs
        found = knowledge_gaps(self._ground, None if scope is None else frozenset(scope))
        return {
            "fieldsWithPilotsButNoTransfer": [self._gap(each) for each in found.fields_with_pilots_but_no_transfer],
            "fieldsWithTransfersButNoObservation": [self._gap(each) for each in found.fields_with_transfers_but_no_observation],
            "innovationsWithTransfersButNoObservation": chosen_page(
                self.seen, "Innovation", found.innovations_with_transfers_but_no_observation
            ),
            "citiesWithPilotsButNeverGave": chosen_page(self.seen, "City", found.cities_with_pilots_but_never_gave),
            "definitionVersion": VERSION,
        }

    def points(self, asked: Asked) -> dict[str, Any]:
        """`cityPoints`."""
        records = [each for each in self.seen.world.visible("City") if holds(self.seen, Row(each), asked.get("where") or {})]
        cities = [self.cities[each["slug"]] for each in records if each["slug"] in self.cities]
        box = asked.get("box")
        found = city_points(cities, box and Box(**box), asked.get("precision"))
        lists = ("slugs", "names", "latitudes", "longitudes", "populations")
        return {
            "points": {name: list(getattr(found.points, name)) for name in lists},
            "cells": [{"latitude": each.latitude, "longitude": each.longitude, "count": each.count} for each in found.cells],
            "precision": found.precision,
            "totalCount": found.total,
            "missing": found.missing,
        }

    def reachable(self, city: Record, asked: Asked) -> dict[str, Any]:
        """`City.reachableCities`."""
        found = self.network.finder().reachable(
            city["slug"], asked["maxTransfers"], asked.get("innovation"), include_inferred=bool(asked.get("includeInferred"))
        )
        shown = [{"city": self.network.cities[each.city], "transfers": each.transfers} for each in found[: asked["first"]]]
        return {"nodes": shown, "totalCount": len(found), "truncated": len(found) > len(shown), "definitionVersion": VERSION}

    def _taken(self, asked: Asked) -> list[Transfer]:
        where, records = asked.get("where") or {}, self.network.transfers
        wanted = [each for each in self.network.known if asked.get("includeInferred") or each.claim_level != INFERRED]
        return [each for each in wanted if holds(self.seen, Row(records[each.slug]), where)]

    def _figures(self, found: NetworkOverview) -> dict[str, Any]:
        brokers = [
            {
                "city": self.network.cities[each.city],
                "betweenness": each.betweenness,
                "given": each.given,
                "received": each.received,
                "credit": each.credit,
            }
            for each in found.brokers
        ]
        return {
            "transfers": found.transfers,
            "givingCities": found.giving_cities,
            "receivingCities": found.receiving_cities,
            "reciprocity": found.reciprocity,
            "sourceGini": found.source_gini,
            "missingYears": found.missing_years,
            "joint": found.joint,
            "brokers": lambda first: brokers[:first],
        }

    def _flows(self, transfers: Sequence[Transfer], by: str, first: int) -> dict[str, Any]:
        found, label, key, name = self._grouped(transfers, by)
        names = {each[key]: each[name] for each in self.seen.world.visible(label)}

        def end(group: str) -> dict[str, str]:
            return {"key": group, "label": names[group]}

        rows = [
            {"from": end(row.giving), "to": end(row.receiving), "transfers": row.transfers, "counting": row.counting}
            for row in found.rows[:first]
        ]
        return {"nodes": rows, "totalCount": len(found.rows), "ungrouped": found.ungrouped, "definitionVersion": VERSION}

    def _grouped(self, transfers: Sequence[Transfer], by: str) -> tuple[Flows, str, str, str]:
        if by == "COUNTRY":
            return flows(transfers, {slug: city.country for slug, city in self.cities.items()}), "Country", "code", "name"
        if by == "NETWORK":
            return flows_among(transfers, {slug: city.networks for slug, city in self.cities.items()}), "Network", "slug", "name"
        return flows_within(transfers, self.fields), "Concept", "slug", "prefLabelEn"

    def _gap(self, gap: FieldGap) -> dict[str, Any]:
        return {
            "field": self.seen.world.find(f"Concept:{gap.field}"),
            "pilots": gap.pilots,
            "transfersCounted": gap.transfers_counted,
            "figuresMeasured": gap.figures_measured,
            "innovations": chosen_page(self.seen, "Innovation", gap.innovations),
        }

    @cached_property
    def cities(self) -> dict[str, CityFeatures]:
        """What cities are compared by."""
        found = {}
        for city in self.seen.world.visible("City"):
            for country in self.seen.related(city, "country"):
                place = city.get("location") or {"latitude": None, "longitude": None}
                networks = frozenset(each["slug"] for each in self.seen.related(city, "networks"))
                found[city["slug"]] = CityFeatures(
                    city["slug"],
                    city["name"],
                    country["code"],
                    country["name"],
                    city.get("population"),
                    place["latitude"],
                    place["longitude"],
                    networks,
                    city.get("neutralityTargetYear"),
                )
        return found

    @cached_property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """The fields of action of each innovation."""
        return {each["slug"]: self.slugs(each, "fields") for each in self.seen.world.visible("Innovation")}

    @cached_property
    def _ground(self) -> Ground:
        world = self.seen.world
        return Ground(
            tuple(
                PilotGround(self.slugs(each, "cities"), self.fields_of_pilot(each), self.slugs(each, "innovations"))
                for each in world.visible("Pilot")
            ),
            tuple(
                TransferGround(each.givers, self.fields.get(each.innovation or "", ()), each.innovation, counts(each))
                for each in self.network.known
            ),
            tuple(map(self._figure, world.visible("Observation"))),
        )

    def _figure(self, observation: Record) -> Figure:
        pilots, own = self.seen.related(observation, "pilot"), self.slugs(observation, "innovation")
        fields = {name for slug in own for name in self.fields[slug]} | {name for pilot in pilots for name in self.fields_of_pilot(pilot)}
        tested = {slug for pilot in pilots for slug in self.slugs(pilot, "innovations")}
        return Figure(observation["kind"], tuple(fields), (*own, *tested))

    def fields_of_pilot(self, pilot: Record) -> tuple[str, ...]:
        """Its own, else those of what it tests."""
        own = self.slugs(pilot, "fields")
        return own or tuple({name for slug in self.slugs(pilot, "innovations") for name in self.fields[slug]})

    def slugs(self, record: Record, name: str) -> tuple[str, ...]:
        """The related records by the name of the relationship."""
        return tuple(each["slug"] for each in self.seen.related(record, name))
