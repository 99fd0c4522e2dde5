"""What a measure behind a field is made of, and what all of them need of their grounds and arguments."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_schema.answer import DEFAULT_MOST
from server.errors import BadInput
from server.measures.knowledge import Knowledge
from server.measures.snapshot import Snapshot
from server.reading.chosen import Choose, Grounds
from server.reading.sought import Seek
from server.reading.window import how_many

NETWORK, KNOWLEDGE, SEARCH = frozenset({"network"}), frozenset({"knowledge"}), frozenset({"search"})

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Measure:
    """How a field's records are chosen.

    `needs` names the grounds it is chosen from, `narrowed` the noun that its `where` is about. `cost` is what working it
    out costs, in records read; `sizes` says how long its lists are taken to be with these arguments, and, under the name
    of the field, how long itself is, if it is a list. `further` are the grounds that a part of its answer needs beside, by
    its arguments. What is found by a search is chosen by `seek`, before anything else is read.
    """

    choose: Choose
    needs: frozenset[str]
    cost: int
    narrowed: str = ""
    sizes: Callable[[Given], Mapping[str, int]] = lambda _: {}
    further: Mapping[str, Callable[[Given], frozenset[str]]] = field(default_factory=dict)
    seek: Seek | None = None


def first(given: Given, usual: int) -> int:
    """How many are asked for; refuses none, and too many."""
    asked = given.get("first")
    return usual if asked is None else how_many(asked, DEFAULT_MOST, usual)


def network(grounds: Grounds) -> Snapshot:
    """The network of transfers."""
    assert grounds.network
    return grounds.network


def knowledge(grounds: Grounds) -> Knowledge:
    """What is known of cities and innovations."""
    assert grounds.knowledge
    return grounds.knowledge


def check_city(of: Snapshot, name: str, slug: str) -> None:
    """Refuse an argument that names no city."""
    if slug not in of.cities:
        raise BadInput(
            f"`{name}` is {slug!r}, and there is no such city.", hint="Give the slug of a city, as in `cities { nodes { slug } }`."
        )


def check_innovation(of: Snapshot, slug: str | None) -> None:
    """Refuse an argument that names no innovation."""
    if slug is not None and slug not in of.innovations:
        raise BadInput(
            f"`innovation` is {slug!r}, and there is no such innovation.",
            hint="Give the slug of an innovation, as in `innovations { nodes { slug } }`.",
        )
