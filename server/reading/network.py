"""The whole network of transfers in figures, with the cities that broker in it."""

from collections.abc import Callable, Mapping
from typing import Any

from graph_schema.measures import MEASURES
from graph_schema.names import camel
from server.errors import BadInput, OverLimit
from server.measures.brokers import Broker
from server.measures.overview import NetworkOverview
from server.measures.snapshot import Snapshot
from server.reading.chosen import Choose, Gathered, Told
from server.reading.values import now, value
from server.reading.walk import Nodes

BROKERS = 10
MOST_BROKERS = 100
_FIGURES = ("transfers", "giving_cities", "receiving_cities", "reciprocity", "source_gini", "missing_years", "joint")
_OF_BROKER = ("betweenness", "given", "received", "credit")

OfBroker = Callable[[Told, Broker], Any]


def plan_network(gathered: Gathered, nodes: Nodes, arguments: Mapping[str, Any]) -> tuple[Callable[[Told], Any], Choose, int]:
    """How the answer is made, how the brokers are chosen, and what they cost."""
    selection = gathered.walk.selected("TransferNetwork", nodes)
    sizes = [_size(gathered, parts) for parts in selection.values() if parts[0].name.value == "brokers"]
    parts = {name: _part(gathered, fields) for name, fields in selection.items()}
    inferred, most = value(arguments.get("includeInferred")), max(sizes, default=0)

    def choose(snapshot: Snapshot, variables: Mapping[str, Any]) -> tuple[NetworkOverview, Mapping[str, list[str]]]:
        found = snapshot.overview(inferred=bool(inferred.resolve(variables)))
        return found, {"City": [broker.city for broker in found.brokers[:most]]}

    return lambda told: {name: part(told) for name, part in parts.items()}, choose, most * gathered.costs.get("City", 0) + 1


def _part(gathered: Gathered, nodes: Nodes) -> Callable[[Told], Any]:
    name = nodes[0].name.value
    figures = {camel(figure): figure for figure in _FIGURES}
    if name in figures:
        return lambda told: getattr(told.result, figures[name])
    match name:
        case "brokers":
            most = _size(gathered, nodes)
            parts = {name: _of_broker(gathered, fields) for name, fields in gathered.walk.selected("Broker", nodes).items()}
            return lambda told: [
                {name: part(told, broker) for name, part in parts.items()}
                for broker in told.result.brokers[:most]
                if "City" not in told.rows or told.has("City", broker.city)
            ]
        case "definitionVersion":
            return lambda _: MEASURES
    return lambda _: "TransferNetwork"


def _of_broker(gathered: Gathered, nodes: Nodes) -> OfBroker:
    name = nodes[0].name.value
    if name in _OF_BROKER:
        return lambda _, broker: getattr(broker, name)
    if name == "city":
        city = gathered.made("City", nodes)
        return lambda told, broker: told.made(city, broker.city)
    return lambda *_: "Broker"


def _size(gathered: Gathered, nodes: Nodes) -> int:
    walk = gathered.walk
    asked = now(walk.arguments(walk.schema.get_type("TransferNetwork"), nodes[0]).get("first"))
    if asked is None:
        return BROKERS
    if asked < 1:
        raise BadInput(f"`first` is {asked}.", hint=f"Ask for 1 to {MOST_BROKERS} brokers, or leave `first` out for {BROKERS}.")
    if asked > MOST_BROKERS:
        raise OverLimit("page", MOST_BROKERS, f"first: {asked}", code="PAGE_TOO_LARGE")
    return int(asked)
