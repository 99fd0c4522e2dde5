"""Searches and suggestions: what their arguments ask for."""

import hashlib
from collections.abc import Mapping
from typing import Any

from server.reading.chosen import Grounds
from server.reading.hits import SearchPage, ordering, position
from server.reading.measured.measure import SEARCH, Given, Measure, first
from server.reading.sought import Sought
from server.reading.suggestions import suggestions
from server.reading.values import now
from server.search.facets import COUNTRY, FIELD, TYPE
from server.search.statement import Wanted

HITS, SUGGESTIONS = 20, 10
FACETS = (TYPE, COUNTRY, FIELD)


def _search(given: Given, needs: frozenset[str]) -> Sought:
    order = ordering(_mark(given["text"]))
    after = given.get("after")
    wanted = Wanted(
        types=given.get("types") or (),
        fields=given.get("fields") or (),
        countries=given.get("countries") or (),
        first=first(given, HITS),
        after=None if after is None else position(after, order),
        facets=tuple(each for each in FACETS if each in needs),
    )
    return Sought(given["text"], wanted, True, lambda domain, found: SearchPage(domain, found, order))


def _suggest(given: Given, _needs: frozenset[str]) -> Sought:
    return Sought(given["text"], Wanted(types=given.get("types") or (), first=first(given, SUGGESTIONS)), False, suggestions)


def _mark(text: str) -> str:
    """Tells cursors of different texts apart."""
    return hashlib.blake2b(text.strip().encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _counted_by(given: Given) -> frozenset[str]:
    return frozenset(given["by"])


def _summed_by(given: Given) -> frozenset[str]:
    return frozenset({TYPE, given.get("groupBy") or TYPE})


def _found(grounds: Grounds, _parent: str, _given: Given) -> Any:
    return grounds.found


def _sizes(usual: int, *lists: str) -> Any:
    def sizes(arguments: Given) -> Mapping[str, int]:
        return dict.fromkeys(lists, first({"first": now(arguments.get("first"))}, usual))

    return sizes


SEARCHED = Measure(
    _found,
    SEARCH,
    100,
    sizes=_sizes(HITS, "SearchConnection.nodes", "SearchConnection.edges"),
    further={"facets": _counted_by, "aggregate": _summed_by},
    seek=_search,
)
SUGGESTED = Measure(_found, SEARCH, 20, sizes=_sizes(SUGGESTIONS, "suggest"), seek=_suggest)
