"""Replication paths from city to city."""

from collections.abc import Callable, Mapping
from typing import Any

from graph_schema.measures import MEASURES
from server.errors import BadInput
from server.measures.paths import FoundPaths, Path, PathOptions
from server.measures.snapshot import Snapshot
from server.reading.chosen import Choose, Gathered, Told
from server.reading.values import now, value
from server.reading.walk import Nodes

OfPath = Callable[[Told, Path], Any]

_OPTIONS = {
    "maxTransfers": "max_transfers",
    "innovation": "innovation",
    "sameInnovation": "same_innovation",
    "countedOnly": "counted_only",
    "timeRespecting": "time_respecting",
    "includeInferred": "include_inferred",
    "includeFailed": "include_failed",
    "first": "first",
}


def plan_paths(gathered: Gathered, nodes: Nodes, arguments: Mapping[str, Any]) -> tuple[Callable[[Told], Any], Choose, int]:
    """How the answer is made, how the paths are chosen, and what they cost."""
    parts = {name: _part(gathered, fields) for name, fields in gathered.walk.selected("ReplicationPaths", nodes).items()}
    longest, most = (now(arguments.get(name)) or default for name, default in (("maxTransfers", 4), ("first", 10)))
    cost = most * ((longest + 1) * gathered.costs.get("City", 0) + longest * gathered.costs.get("Transfer", 0)) + 1
    return lambda told: {name: part(told) for name, part in parts.items()}, _choose(arguments), cost


def _choose(arguments: Mapping[str, Any]) -> Choose:
    asked = {name: value(given) for name, given in arguments.items()}

    def choose(snapshot: Snapshot, variables: Mapping[str, Any]) -> tuple[FoundPaths, Mapping[str, list[str]]]:
        given = {name: each.resolve(variables) for name, each in asked.items()}
        _check(snapshot, given)
        kinds = given.get("kinds")
        options = {name: given[argument] for argument, name in _OPTIONS.items() if given.get(argument) is not None}
        found = snapshot.paths.find(given["from"], given["to"], PathOptions(kinds=None if kinds is None else frozenset(kinds), **options))
        cities = {city for path in found.paths for city in path.cities}
        transfers = {transfer for path in found.paths for transfer in path.transfers}
        return found, {"City": sorted(cities), "Transfer": sorted(transfers)}

    return choose


def _check(snapshot: Snapshot, given: Mapping[str, Any]) -> None:
    for name in ("from", "to"):
        if given[name] not in snapshot.cities:
            raise BadInput(
                f"`{name}` is {given[name]!r}, and there is no such city.",
                hint="Give the slug of a city, as in `cities { nodes { slug } }`.",
            )
    if given.get("innovation") is not None and given["innovation"] not in snapshot.innovations:
        raise BadInput(
            f"`innovation` is {given['innovation']!r}, and there is no such innovation.",
            hint="Give the slug of an innovation, as in `innovations { nodes { slug } }`.",
        )


def _part(gathered: Gathered, nodes: Nodes) -> Callable[[Told], Any]:
    match nodes[0].name.value:
        case "nodes":
            parts = {name: _of_path(gathered, fields) for name, fields in gathered.walk.selected("ReplicationPath", nodes).items()}
            return lambda told: [{name: part(told, path) for name, part in parts.items()} for path in _whole(told)]
        case "truncated":
            return lambda told: told.result.truncated
        case "undatedSteps":
            return lambda told: told.result.undated_steps
        case "definitionVersion":
            return lambda _: MEASURES
    return lambda _: "ReplicationPaths"


def _whole(told: Told) -> list[Path]:
    """The paths of which every asked-for record was still there."""
    kept = {label: {name.partition(":")[2] for name in rows} for label, rows in told.rows.items()}
    return [
        path
        for path in told.result.paths
        if set(path.cities) <= kept.get("City", set(path.cities)) and set(path.transfers) <= kept.get("Transfer", set(path.transfers))
    ]


def _of_path(gathered: Gathered, nodes: Nodes) -> OfPath:
    match nodes[0].name.value:
        case "cities":
            city = gathered.made("City", nodes)
            return lambda told, path: [told.made(city, slug) for slug in path.cities]
        case "transfers":
            transfer = gathered.made("Transfer", nodes)
            return lambda told, path: [told.made(transfer, slug) for slug in path.transfers]
        case "length":
            return lambda _, path: len(path.transfers)
        case "timeRespecting":
            return lambda _, path: path.time_respecting
        case "jointSteps":
            return lambda _, path: path.joint_steps
    return lambda *_: "ReplicationPath"
