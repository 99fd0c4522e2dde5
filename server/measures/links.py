"""Who gave what to whom, laid out so that paths can be searched from either end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Arrows(NamedTuple):
    """One transfer; cities and transfers are ranks of their slugs, so that numbers sort as slugs do."""

    transfer: int
    givers: tuple[int, ...]
    target: int
    bit: int
    """One bit a class of transfers that a question takes or leaves as a whole."""


class Link(NamedTuple):
    """All transfers from one city to another, by slug."""

    bits: int
    transfers: tuple[int, ...]


Neighbours = dict[int, Link]
NO_NEIGHBOURS: Neighbours = {}


@dataclass(frozen=True, slots=True)
class Links:
    """Links by giver and by target; those a city gave to stand in the order of their slugs."""

    onward: dict[int, Neighbours]
    back: dict[int, Neighbours]


def link(transfers: Iterable[Arrows]) -> Links:
    """The links that the transfers make, given by slug. A city that gave to itself makes none: no path passes it twice."""
    found: dict[int, dict[int, list[Arrows]]] = defaultdict(dict)
    for arrows in transfers:
        for giver in arrows.givers:
            if giver != arrows.target:
                found[giver].setdefault(arrows.target, []).append(arrows)
    onward = {giver: {target: _link(found[giver][target]) for target in sorted(found[giver])} for giver in found}
    back: dict[int, Neighbours] = defaultdict(dict)
    for giver, links in onward.items():
        for target, own in links.items():
            back[target][giver] = own
    return Links(onward, dict(back))


def _link(arrows: list[Arrows]) -> Link:
    if len(arrows) == 1:
        return Link(arrows[0].bit, (arrows[0].transfer,))
    bits = 0
    for one in arrows:
        bits |= one.bit
    return Link(bits, tuple(one.transfer for one in arrows))
