"""The whole network of transfers in figures, and what flows in it."""

from server.measures.known_network import KnownNetwork, NamedFlows
from server.reading.chosen import Grounds
from server.reading.measured.measure import KNOWLEDGE, NETWORK, Given, Measure, network


def _known(grounds: Grounds, _parent: str, given: Given) -> KnownNetwork:
    return network(grounds).known(grounds.knowledge, inferred=bool(given.get("includeInferred")), among=grounds.fitting)


def _flows(grounds: Grounds, parent: str, given: Given) -> NamedFlows:
    asked = {name: given[name] for name in ("by", "first") if given.get(name) is not None}
    return _known(grounds, parent, given).flows(**asked)


MEASURE = Measure(
    _known, NETWORK, 200, narrowed="Transfer", further=dict.fromkeys(("flows", "members", "smallCityShare"), lambda _: KNOWLEDGE)
)
FLOWS = Measure(_flows, NETWORK | KNOWLEDGE, 200, narrowed="Transfer")
