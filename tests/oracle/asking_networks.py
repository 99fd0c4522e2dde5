"""Arguments of what is worked out of the whole network, drawn."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.oracle.world import World
from tests.oracle.writing_values import Name, Pen


def page_of_chosen(pen: Pen, size: int) -> dict[str, Any]:
    """How many records of a page that a measure chose."""
    return {pen.pick(["first", "last"]): size} if pen.chance(80) else {}


Drawn = tuple[dict[str, Any], dict[str, Any]]


def _slugs(world: World, label: str, key: str = "slug") -> list[str]:
    return sorted(each[key] for each in world.visible(label))


def _members(pen: Pen, world: World) -> Drawn:
    return {"network": pen.pick(_slugs(world, "Network"))}, {}


def _share(pen: Pen, _world: World) -> Drawn:
    return {}, {"below": pen.pick([1, 100_000, 250_000, 2_000_000])}


def _flows(pen: Pen, _world: World) -> Drawn:
    return {}, {"by": Name(pen.pick(["COUNTRY", "NETWORK", "FIELD"])), "first": pen.pick([1, 5, 1_000])}


def _all_flows(pen: Pen, world: World) -> Drawn:
    required, others = _flows(pen, world)
    return required, {**others, "includeInferred": pen.chance(50)}


def _network(pen: Pen, _world: World) -> Drawn:
    return {}, {"includeInferred": pen.chance(50)}


def _reach(pen: Pen, world: World) -> Drawn:
    return {"first": pen.pick([1, 2, 5])}, {
        "maxTransfers": pen.number(1, 6),
        "innovation": pen.pick(_slugs(world, "Innovation")),
        "includeInferred": pen.chance(50),
    }


def _gaps(pen: Pen, world: World) -> Drawn:
    return {}, {"country": pen.pick(_slugs(world, "Country", "code")), "network": pen.pick(_slugs(world, "Network"))}


def _points(pen: Pen, _world: World) -> Drawn:
    south, north = sorted((pen.pick([-90, -10, 40, 55.6]), pen.pick([0, 50, 60.5, 90])))
    box = {"south": south, "west": pen.pick([-180, 0, 100]), "north": north, "east": pen.pick([-100, 15.5, 180])}
    return {}, {"box": box, "precision": pen.pick([0.5, 5, 90])}


DRAWN: Mapping[str, Callable[[Pen, World], Drawn]] = {
    "members": _members,
    "smallCityShare": _share,
    "flows": _flows,
    "transferFlows": _all_flows,
    "transferNetwork": _network,
    "reachableCities": _reach,
    "knowledgeGaps": _gaps,
    "cityPoints": _points,
}
"""By field, what draws the arguments that it must have and those that may be left out; `where` is none of them."""
