"""The network of a world: its paths worked out of plain dictionaries; the measures themselves have tests of their own."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from server.measures.network import Transfer
from server.measures.paths import PathFinder, PathOptions
from tests.oracle.relations import Seen
from tests.oracle.world import Record

VERSION = "1"
OPTIONS = {
    "maxTransfers": "max_transfers",
    "innovation": "innovation",
    "sameInnovation": "same_innovation",
    "countedOnly": "counted_only",
    "timeRespecting": "time_respecting",
    "includeInferred": "include_inferred",
    "includeFailed": "include_failed",
    "first": "first",
}


class Network:
    """The visible transfers of a world, with their cities."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self.transfers = {each["slug"]: each for each in seen.world.visible("Transfer")}
        self.cities = {each["slug"]: each for each in seen.world.visible("City")}
        self.known = tuple(found for each in self.transfers.values() if (found := self._transfer(each)))
        self.finder = cache(lambda: PathFinder(self.known))

    def paths(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """`replicationPaths` as it is answered."""
        kinds = asked.get("kinds")
        options = {OPTIONS[name]: value for name, value in asked.items() if name in OPTIONS and value is not None}
        found = self.finder().find(asked["from"], asked["to"], PathOptions(kinds=None if kinds is None else frozenset(kinds), **options))
        nodes = [
            {
                "cities": [self.cities[slug] for slug in path.cities],
                "transfers": [self.transfers[slug] for slug in path.transfers],
                "length": len(path.transfers),
                "timeRespecting": path.time_respecting,
                "jointSteps": path.joint_steps,
            }
            for path in found.paths
        ]
        return {"nodes": nodes, "truncated": found.truncated, "undatedSteps": found.undated_steps, "definitionVersion": VERSION}

    def _transfer(self, record: Record) -> Transfer | None:
        givers = tuple(each["slug"] for each in self._seen.related(record, "sourceCities"))
        reached = self._seen.related(record, "targetCity")
        if not givers or not reached:
            return None
        return Transfer(
            slug=record["slug"],
            innovation=next((each["slug"] for each in self._seen.related(record, "innovation")), None),
            kind=record["kind"],
            degree=record["degree"],
            outcome=record["outcome"],
            claim_level=record["claimLevel"],
            year=record.get("year"),
            givers=givers,
            target=reached[0]["slug"],
        )
