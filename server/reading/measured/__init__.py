"""The measures behind the fields whose records they choose, by the name of the field."""

from collections.abc import Mapping

from server.reading.measured import gaps, lineages, network, paths, peers, points, reachable, replicable, search
from server.reading.measured.measure import Measure

MEASURED: Mapping[str, Measure] = {
    "replicationPaths": paths.MEASURE,
    "transferNetwork": network.MEASURE,
    "transferFlows": network.FLOWS,
    "knowledgeGaps": gaps.MEASURE,
    "cityPoints": points.MEASURE,
    "reachableCities": reachable.MEASURE,
    "lineages": lineages.MEASURE,
    "similarCities": peers.MEASURE,
    "replicableInnovations": replicable.MEASURE,
    "search": search.SEARCHED,
    "suggest": search.SUGGESTED,
}
