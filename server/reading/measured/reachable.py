"""Cities that could have something from a city."""

from server.measures.reachable import ReachableCities
from server.reading.chosen import Grounds
from server.reading.measured.measure import NETWORK, Given, Measure, check_innovation, first, network
from server.reading.values import now

CITIES, TRANSFERS = 20, 3


def _reachable(grounds: Grounds, city: str, given: Given) -> ReachableCities:
    snapshot, most, innovation = network(grounds), given.get("maxTransfers"), given.get("innovation")
    check_innovation(snapshot, innovation)
    found = snapshot.paths.reachable(
        city, TRANSFERS if most is None else most, innovation, include_inferred=bool(given.get("includeInferred"))
    )
    return ReachableCities(found[: first(given, CITIES)], len(found))


MEASURE = Measure(_reachable, NETWORK, 20, sizes=lambda arguments: {"ReachableCities.nodes": now(arguments.get("first")) or CITIES})
