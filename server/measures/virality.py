"""Whether something spread from one city to all, or from each to the next: structural virality."""

import math
from collections.abc import Iterable

import rustworkx

from server.measures.network import Transfer


def structural_virality(transfers: Iterable[Transfer]) -> float | None:
    """The mean distance, direction ignored, over all connected pairs of cities; None where there is no such pair.

    After Goel, Anderson, Hofman and Watts, "The Structural Virality of Online Diffusion", Management Science 62(1), 2016. Theirs is
    over trees; a lineage may have several givers, circles and components, so distances are shortest paths inside components.
    """
    ties = {(giver, transfer.target) for transfer in transfers for giver in transfer.givers}
    places = {city: place for place, city in enumerate({city for tie in ties for city in tie})}
    graph = rustworkx.PyGraph[str | None, None](multigraph=False)
    graph.add_nodes_from(list(places))
    graph.extend_from_edge_list([(places[giver], places[taker]) for giver, taker in ties])
    mean = rustworkx.graph_unweighted_average_shortest_path_length(graph, disconnected=True)
    return None if math.isnan(mean) else mean
