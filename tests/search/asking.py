"""Searching as the service does it."""

from functools import partial
from typing import Any

from graph_schema.domain import load_domain
from server.graph import Graph
from server.search.finding import Found, find
from server.search.lexicon import Lexicon
from server.search.statement import Wanted, search_statement, suggest_statement
from server.search.words import read_question

DOMAIN = load_domain()
MOST_WORDS = 16


async def searched(graph: Graph, text: str, **wanted: Any) -> Found:
    """What is found for a text, a hundred records unless told otherwise."""
    return await asked(graph, text, search=search_statement, **wanted)


async def suggested(graph: Graph, text: str, **wanted: Any) -> Found:
    """What is proposed to somebody who is typing."""
    return await asked(graph, text, search=suggest_statement, **wanted)


async def asked(graph: Graph, text: str, *, search: Any, lexicon: Lexicon | None = None, **wanted: Any) -> Found:
    """One search or suggestion."""
    question = read_question(text, MOST_WORDS)

    statement = partial(_statement, search, question, Wanted(**{"first": 100} | wanted))
    return await find(graph.read, graph.stream, lexicon or Lexicon(), statement, wanted.get("facets", ()))


def _statement(search: Any, question: Any, wanted: Wanted, vocabulary: Any) -> Any:
    return search(DOMAIN, question, vocabulary, wanted)


def ids(found: Found) -> list[str]:
    """The records, best first."""
    return [hit.id for hit in found.hits]


def scored(found: Found) -> list[tuple[str, int]]:
    """The records with their scores, best first."""
    return [(hit.id, hit.score) for hit in found.hits]


def counted(found: Found, facet: str) -> tuple[list[tuple[str | None, str | None, int]], int]:
    """The values of a facet as key, name and number of hits, and how many hits have none."""
    hits = {value: sum(scores.values()) for value, scores in found.facets[facet].items()}
    missing = hits.pop((None, None), 0)
    return sorted((key, name, count) for (key, name), count in hits.items()), missing
