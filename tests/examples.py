"""Records in domain words, written straight into a graph: for what no package can hold."""

from typing import Any

from graph_schema.domain import load_domain
from graph_schema.folding import folded
from graph_schema.searching import search_texts
from server.cypher import Statement
from server.graph import Graph

DOMAIN = load_domain()
_MOMENT = "2026-01-01T00:00:00.000000Z"
_REQUIRED: dict[str, dict[str, Any]] = {
    "City": {"missionStatus": "OTHER"},
    "Pilot": {},
    "Country": {"code": "SE"},
    "Transfer": {
        "kind": "REPLICATION",
        "degree": "UNKNOWN",
        "channel": "UNKNOWN",
        "outcome": "IMPLEMENTED",
        "claimLevel": "SELF_REPORTED",
    },
}


async def a_record(graph: Graph, label: str, slug: str, status: str = "PUBLISHED", **properties: Any) -> str:
    """One record of a type; returns its id."""
    node = DOMAIN[label]
    title = {node.title: slug} if node.title else {}
    given = {**_REQUIRED.get(label, {}), **title, **properties}
    shadows = {f"{name}Folded": folded(value) for name, value in given.items() if node.property_named(name).shadow}
    common = {"id": f"{label}:{slug}", "slug": slug, "status": status, "revision": 1, "createdAt": _MOMENT, "updatedAt": _MOMENT}

    async def work(tx: Any) -> None:
        await tx.run(
            Statement(f"CREATE (n:`{label}`:`Record`) SET n = $all", {"all": {**common, **given, **shadows, **search_texts(node, given)}})
        )

    await graph.write(work)
    return common["id"]  # type: ignore[return-value]


async def tied(graph: Graph, one: str, relationship: str, other: str) -> None:
    """A relationship from one record to another."""
    text = f"MATCH (a:`Record` {{id: $one}}) MATCH (b:`Record` {{id: $other}}) CREATE (a)-[:`{relationship}`]->(b)"

    async def work(tx: Any) -> None:
        await tx.run(Statement(text, {"one": one, "other": other}))

    await graph.write(work)
