"""Who plans the root fields whose records are chosen from a snapshot, by the name of the field."""

from collections.abc import Callable, Mapping
from typing import Any

from graph_schema.measures import MEASURES
from server.reading import shape
from server.reading.chosen import Choose, Choosing, Gathered, Told
from server.reading.network import plan_network
from server.reading.paths import plan_paths
from server.reading.plan import FoundAll
from server.reading.walk import Nodes, Walk

Plans = Callable[[Gathered, Nodes, Mapping[str, Any]], tuple[Callable[[Told], Any], Choose, int]]

CHOSEN: Mapping[str, Plans] = {"replicationPaths": plan_paths, "transferNetwork": plan_network}


def plan_chosen(
    walk: Walk, nodes: Nodes, arguments: Mapping[str, Any], key: str, first: int
) -> tuple[tuple[FoundAll, ...], shape.Chosen, Choosing, int]:
    """Such a field: what is read for it from the root `first` on, its shape, how its records are chosen, what it costs.

    `key` names the choice among the variables.
    """
    name = nodes[0].name.value
    gathered = Gathered(walk, key)
    compose, choose, cost = CHOSEN[name](gathered, nodes, arguments)
    walk.sight.measures[name] = MEASURES
    roots = gathered.roots()
    return roots, gathered.shaped(first, compose), Choosing(gathered.key, choose), cost
