"""Innovations that a city has not taken up, those first that fit it best."""

from datetime import UTC, datetime

from graph_schema.names import camel
from server.measures.fit import PARTS, FitOptions
from server.measures.replicable import Replicable
from server.reading.chosen import Grounds
from server.reading.measured.measure import KNOWLEDGE, Given, Measure, first, knowledge
from server.reading.values import now

INNOVATIONS = 10
_PART_NAMED = {camel(name.lower()): name for name in PARTS}


def _replicable(grounds: Grounds, city: str, given: Given) -> tuple[Replicable, ...] | None:
    known = knowledge(grounds)
    if city not in known.peers.cities:
        return None
    weights = {_PART_NAMED[name]: weight for name, weight in (given.get("weights") or {}).items() if weight is not None}
    options = FitOptions(datetime.now(UTC).date().isoformat(), weights)
    return known.replicables.of(known.city_facts(city), grounds.fitting, options, first(given, INNOVATIONS))


MEASURE = Measure(
    _replicable, KNOWLEDGE, 50, "Innovation", lambda arguments: {"replicableInnovations": now(arguments.get("first")) or INNOVATIONS}
)
