"""Replication paths found the slow way: networkx lists all simple paths, and everything else is sorted out afterwards."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import networkx as nx

from server.measures.network import Transfer
from server.measures.paths import PathOptions

Found = tuple[int, bool, tuple[str, ...], tuple[str, ...]]
"""Length, not respecting time, cities, transfers: in this order they sort as paths do."""


def all_paths(transfers: Iterable[Transfer], origin: str, destination: str, options: PathOptions) -> list[Found]:
    """Every path that was asked for, in order, however many were."""
    graph = nx.MultiDiGraph()
    for transfer in transfers:
        if is_wanted(transfer, options):
            graph.add_edges_from((giver, transfer.target, transfer.slug, {"transfer": transfer}) for giver in set(transfer.givers))
    if origin not in graph or destination not in graph:
        return []
    return sorted(walked(graph, origin, destination, options))


def is_wanted(transfer: Transfer, options: PathOptions) -> bool:
    wanted = options.innovation is None or transfer.innovation == options.innovation
    if options.kinds is not None:
        wanted = wanted and transfer.kind in options.kinds
    if not options.include_inferred:
        wanted = wanted and transfer.claim_level != "INFERRED"
    if not options.include_failed:
        wanted = wanted and transfer.outcome not in ("FAILED", "ABANDONED") and transfer.degree != "REJECTION"
    if options.counted_only:
        wanted = wanted and transfer.kind in ("REPLICATION", "TRANSFER", "ADAPTATION") and transfer.outcome in ("IMPLEMENTED", "PARTIAL")
        wanted = wanted and transfer.degree not in ("REJECTION", "INSPIRATION") and transfer.claim_level != "INFERRED"
        wanted = wanted and transfer.target not in transfer.givers
    return wanted


def walked(graph: nx.MultiDiGraph, origin: str, destination: str, options: PathOptions) -> Iterator[Found]:
    for edges in nx.all_simple_edge_paths(graph, origin, destination, cutoff=options.max_transfers):
        steps = [graph.edges[edge]["transfer"] for edge in edges]
        innovations = {step.innovation for step in steps}
        if options.same_innovation and (len(innovations) > 1 or None in innovations):
            continue
        late = not all(step.year is not None for step in steps) or any(one.year > two.year for one, two in pairwise(steps))
        if not (late and options.time_respecting):
            yield len(edges), late, (origin, *(edge[1] for edge in edges)), tuple(step.slug for step in steps)
