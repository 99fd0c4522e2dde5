"""Replication paths from city to city."""

from collections.abc import Mapping

from server.measures.paths import LONGEST, FoundPaths, PathOptions
from server.reading.chosen import Grounds
from server.reading.measured.measure import NETWORK, Given, Measure, check_city, check_innovation, network
from server.reading.values import Slot, now

_OPTIONS = {
    "maxTransfers": "max_transfers",
    "innovation": "innovation",
    "sameInnovation": "same_innovation",
    "countedOnly": "counted_only",
    "timeRespecting": "time_respecting",
    "includeInferred": "include_inferred",
    "includeFailed": "include_failed",
    "first": "first",
}


def _paths(grounds: Grounds, _parent: str, given: Given) -> FoundPaths:
    snapshot = network(grounds)
    for name in ("from", "to"):
        check_city(snapshot, name, given[name])
    check_innovation(snapshot, given.get("innovation"))
    kinds = given.get("kinds")
    options = {name: given[argument] for argument, name in _OPTIONS.items() if given.get(argument) is not None}
    return snapshot.paths.find(given["from"], given["to"], PathOptions(kinds=None if kinds is None else frozenset(kinds), **options))


def _sizes(arguments: Given) -> Mapping[str, int]:
    asked = arguments.get("maxTransfers")
    # A variable may be anything in the next request of this shape.
    longest = LONGEST if isinstance(asked, Slot) else now(asked) or 4
    return {
        "ReplicationPaths.nodes": now(arguments.get("first")) or 10,
        "ReplicationPath.cities": longest + 1,
        "ReplicationPath.transfers": longest,
    }


MEASURE = Measure(_paths, NETWORK, 20, sizes=_sizes)
