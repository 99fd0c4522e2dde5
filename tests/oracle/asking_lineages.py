"""Arguments of lineages and family trees, drawn."""

from typing import Any

from tests.oracle.marks import Marks
from tests.oracle.writing_values import Name, Pen

TREES = ("CityLineages",)


def of_lineage(pen: Pen, marks: Marks) -> dict[str, Any]:
    """Which transfers belong to a lineage, and whether it is folded."""
    asked: dict[str, Any] = {
        "includeInferred": pen.chance(50),
        "kinds": pen.pick([[Name("REPLICATION")], [Name("TWINNING"), Name("TRANSFER")], []]),
        "since": pen.pick([2015, 2021, None]),
        "until": pen.pick([2022, 1980, None]),
        "includeVariants": pen.chance(80),
    }
    drawn = {name: value for name, value in asked.items() if pen.chance(30)}
    if pen.chance(40):
        drawn["collapseBy"] = Name("COUNTRY")
        if pen.chance(50):
            drawn["first"] = pen.pick([1, 2, 1000])
        if pen.chance(40):
            drawn["after"] = marks.fold(pen)
    return drawn


def of_tree(pen: Pen, innovations: list[str]) -> dict[str, Any]:
    """Which way a family tree is followed, how far, along which transfers."""
    asked: dict[str, Any] = {
        "maxGenerations": pen.number(1, 10),
        "includeInferred": pen.chance(50),
        "sameInnovation": pen.chance(50),
        "innovation": pen.pick(innovations),
    }
    direction = Name(pen.pick(["UPSTREAM", "DOWNSTREAM"]))
    return {"direction": direction} | {name: value for name, value in asked.items() if pen.chance(25)}


def of_steps(pen: Pen, label: str, marks: Marks) -> dict[str, Any]:
    """How many steps, branches or other parts of an answer; steps after a place."""
    most = 1000 if label.startswith("Lineage") else 100
    drawn: dict[str, Any] = {"first": pen.pick([1, 3, most])} if pen.chance(70) else {}
    return drawn | {"after": marks.step(pen)} if label == "LineageStep" and pen.chance(40) else drawn
