"""Cities on a map."""

from server.measures.points import Box, CityPoints, city_points
from server.reading.chosen import Grounds
from server.reading.measured.measure import KNOWLEDGE, Given, Measure, knowledge


def _points(grounds: Grounds, _parent: str, given: Given) -> CityPoints:
    cities = knowledge(grounds).peers.cities
    chosen = cities.values() if grounds.fitting is None else [cities[slug] for slug in grounds.fitting if slug in cities]
    box = given.get("box")
    return city_points(chosen, None if box is None else Box(**box), given.get("precision"))


MEASURE = Measure(_points, KNOWLEDGE, 200, narrowed="City")
