"""Cities like a given one."""

from server.measures.features import FEATURES
from server.measures.peers import SimilarCities
from server.reading.chosen import Grounds
from server.reading.measured.measure import KNOWLEDGE, Given, Measure, first, knowledge
from server.reading.values import now

CITIES = 5


def _similar(grounds: Grounds, city: str, given: Given) -> SimilarCities | None:
    peers, features = knowledge(grounds).peers, given.get("features")
    if city not in peers.cities:
        return None
    candidates = peers.cities.keys() if grounds.fitting is None else peers.cities.keys() & set(grounds.fitting)
    return peers.similar(city, FEATURES if features is None else features, candidates, first(given, CITIES))


MEASURE = Measure(_similar, KNOWLEDGE, 20, "City", lambda arguments: {"SimilarCities.nodes": now(arguments.get("first")) or CITIES})
