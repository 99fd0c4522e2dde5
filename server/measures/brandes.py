"""Betweenness of all cities of a large network, in steps so short that other threads keep running."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ties:
    """The neighbours of all nodes one after the other, and where those of each node begin."""

    neighbours: Places
    begins: Places
    degrees: Places

    def of(self, nodes: Places) -> tuple[Places, Places, Places]:
        """All neighbours of these nodes one after the other, how many each has, and where each one's begin."""
        degrees = self.degrees[nodes]
        ends = np.cumsum(degrees)
        begins = ends - degrees
        places = np.arange(ends[-1] if len(ends) else 0)
        places += np.repeat(self.begins[nodes] - begins, degrees)
        return self.neighbours[places], degrees, begins


@dataclass(frozen=True, slots=True)
class Layer:
    """The ties between nodes of one distance and the next, as they were found: from the near side or from the far side.

    `near` and `far` hold the numbers of shortest paths, zero at all nodes that are not of that distance.
    """

    pushed: bool
    nodes: Places
    near: Amounts
    far: Amounts


@dataclass(frozen=True, slots=True)
class Network:
    """A simple directed graph of nodes 0 to n - 1, seen from both ends of its ties."""

    onward: Ties
    backward: Ties

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.onward.degrees)


def betweenness(size: int, ties: Collection[tuple[int, int]]) -> Amounts:
    """For each node, the share of pairs of others whose shortest paths lead through it, divided by (n-1)(n-2).

    After Brandes, 2001, with the search of Beamer, Asanović and Patterson, "Direction-Optimizing Breadth-First Search", 2012: each
    layer is found from whichever side has fewer ties to look at.
    """
    # Taken apart here and not by numpy, which would let no other thread run while it reads so many tuples.
    givers = np.array([giver for giver, _ in ties], dtype=np.intp)
    takers = np.array([taker for _, taker in ties], dtype=np.intp)
    network = Network(_ties(size, givers, takers), _ties(size, takers, givers))
    total = np.zeros(size)
    for source in np.flatnonzero(network.onward.degrees):
        total += _dependencies(network, _layers(network, int(source)))
    return total / ((size - 1) * (size - 2))


def _ties(size: int, starts: Places, ends: Places) -> Ties:
    degrees = np.bincount(starts, minlength=size)
    return Ties(ends[np.argsort(starts, kind="stable")], np.cumsum(degrees) - degrees, degrees)


def _layers(network: Network, source: int) -> list[Layer]:
    """The shortest paths from a source, layer by layer."""
    layers: list[Layer] = []
    near = np.zeros(network.size)
    near[source] = 1.0
    unseen = np.ones(network.size, dtype=bool)
    unseen[source] = False
    front = np.array([source], dtype=np.intp)
    while len(front):
        open_nodes = np.flatnonzero(unseen)
        pushed = bool(network.onward.degrees[front].sum() <= network.backward.degrees[open_nodes].sum())
        nodes = front if pushed else open_nodes[network.backward.degrees[open_nodes] > 0]
        far = _paths_pushed(network, nodes, near) * unseen if pushed else _paths_pulled(network, nodes, near)
        layers.append(Layer(pushed, nodes, near, far))
        near, front = far, np.flatnonzero(far)
        unseen[front] = False
    return layers


def _paths_pushed(network: Network, nodes: Places, near: Amounts) -> Amounts:
    takers, degrees, _ = network.onward.of(nodes)
    return _added_up(takers, np.repeat(near[nodes], degrees), network.size)


def _paths_pulled(network: Network, nodes: Places, near: Amounts) -> Amounts:
    far = np.zeros(network.size)
    far[nodes] = _sums(near, network.backward, nodes)
    return far


def _dependencies(network: Network, layers: list[Layer]) -> Amounts:
    """How much of the paths from the source to all others leads through each node, from the last layer back to the second."""
    through = np.zeros(network.size)
    for layer in reversed(layers[1:]):
        each = np.divide(1.0 + through, layer.far, out=np.zeros(network.size), where=layer.far > 0)
        if layer.pushed:
            onward = layer.nodes[network.onward.degrees[layer.nodes] > 0]
            through[onward] += layer.near[onward] * _sums(each, network.onward, onward)
        else:
            givers, degrees, _ = network.backward.of(layer.nodes)
            through += layer.near * _added_up(givers, np.repeat(each[layer.nodes], degrees), network.size)
    return through


def _sums(amounts: Amounts, ties: Ties, nodes: Places) -> Amounts:
    """The sum over the neighbours of each node; every node has some."""
    neighbours, _, begins = ties.of(nodes)
    return np.add.reduceat(amounts[neighbours], begins) if len(nodes) else np.zeros(0)


def _added_up(nodes: Places, amounts: Amounts, size: int) -> Amounts:
    """For each node, the sum of the amounts that stand beside it."""
    return np.bincount(nodes, weights=amounts, minlength=size).astype(np.float64, copy=False)
