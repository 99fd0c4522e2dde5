"""Searches in one graph, each with the words that the graph has at its revision."""

from dataclasses import dataclass, replace
from typing import Any

from graph_schema.domain import Domain
from server.errors import BadInput
from server.graph import Graph
from server.policy import visible_statuses
from server.reading.sought import Sought
from server.search.finding import Found, find
from server.search.lexicon import Lexicon
from server.search.statement import Wanted, statements, types_searched
from server.search.words import read_question
from server.viewer import Viewer

_KNOWN = {
    "countries": ("country", "Give codes, as in `countries { nodes { code } }`."),
    "fields": ("field of action", "Give slugs, as in `concepts(where: {scheme: {eq: FIELD}}) { nodes { slug } }`."),
}


@dataclass(frozen=True, slots=True)
class Sighted:
    """What a search answers, and the revision at which it looked."""

    answer: Any
    revision: int


class Searching:
    """Searches over one graph."""

    def __init__(self, graph: Graph, domain: Domain, most_words: int) -> None:
        self._graph = graph
        self._domain = domain
        self._most_words = most_words
        self._lexicon = Lexicon()
        self._labels = types_searched(domain)

    async def found(self, sought: Sought, viewer: Viewer) -> Sighted:
        """What this viewer finds; raises BadInput and OverLimit."""
        question = read_question(sought.text, self._most_words)
        wanted = replace(sought.wanted, types=self._types(sought.wanted), statuses=visible_statuses(viewer))
        asked = statements(self._domain, question, wanted, whole=sought.whole)
        found = await find(self._graph.read, self._graph.stream, self._lexicon, asked, wanted.facets)
        _refuse_unknown(found)
        return Sighted(sought.answer(self._domain, found), found.revision)

    def _types(self, wanted: Wanted) -> list[str]:
        for name in wanted.types:
            if name not in self._labels:
                raise BadInput(
                    f"`types` has {name}, and records of that type are not searched.", hint="Ask for them as a list, with `where`."
                )
        return [self._labels[name] for name in wanted.types] or list(self._labels.values())


def _refuse_unknown(found: Found) -> None:
    for argument, given in found.unknown:
        noun, hint = _KNOWN[argument]
        raise BadInput(f"`{argument}` has {given!r}, and there is no such {noun}.", hint=hint)
