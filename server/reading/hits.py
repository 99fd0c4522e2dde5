"""What a search answers, made of what it has found."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_schema.domain import Domain
from graph_schema.kernel import Kind
from server.errors import BadInput
from server.reading.hit_counts import FacetCounts, SearchAggregate, counted, summed
from server.reading.order import Ordering, cursor, read_cursor
from server.reading.plan import Key, Stored
from server.search.finding import Found, Hit
from server.search.highlights import Highlight, highlights
from server.search.statement import Position, texts_of

_KEYS = (Key(Stored("score", required=True), descending=True, nullable=False), Key(Stored("slug", required=True), nullable=False))


def ordering(text_mark: str) -> Ordering:
    """The order of the hits of one text: cursors of another do not fit."""
    return Ordering("SearchHit", f"score:{text_mark}", _KEYS, (Kind.INT, Kind.CODE))


def position(given: str, order: Ordering) -> Position:
    """Where the page after a cursor begins; raises BadInput."""
    (score, slug), id = read_cursor(given, order)
    return Position(score, slug, id)


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A hit with what it takes to say where it answers."""

    hit: Hit
    fields: tuple[str, ...]
    sought: tuple[str, ...]

    @property
    def id(self) -> str:
        """The global id of the record."""
        return self.hit.id

    @property
    def score(self) -> int:
        """How well it answers."""
        return self.hit.score

    @property
    def highlights(self) -> tuple[Highlight, ...]:
        """Where it answers."""
        return highlights(self.fields, self.hit.texts, self.sought)


@dataclass(frozen=True, slots=True)
class SearchEdge:
    """A hit and its cursor."""

    cursor: str
    hit: SearchHit


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page stands."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of hits."""

    domain: Domain
    found: Found
    order: Ordering

    @property
    def nodes(self) -> tuple[SearchHit, ...]:
        """The hits."""
        return tuple(SearchHit(hit, texts_of(self.domain, hit.label), self.found.sought) for hit in self.found.hits)

    @property
    def edges(self) -> tuple[SearchEdge, ...]:
        """The hits with their cursors."""
        return tuple(SearchEdge(self._cursor(each.hit), each) for each in self.nodes)

    @property
    def page_info(self) -> PageInfo:
        """Where it stands."""
        ends = (self.found.hits[0], self.found.hits[-1]) if self.found.hits else ()
        start, end = map(self._cursor, ends) if ends else (None, None)
        return PageInfo(self.found.more, self.found.before > 0, start, end)

    @property
    def total_count(self) -> int | None:
        """How many hits there are; None where not all was looked at."""
        return self.found.total

    @property
    def truncated(self) -> bool:
        """Whether not all was looked at."""
        return self.found.truncated

    def facets(self, by: Sequence[str]) -> tuple[FacetCounts, ...]:
        """The counts, in the order in which they are asked for."""
        if not by:
            raise BadInput("`by` names no facet.", hint="Name at least one, as in facets(by: [TYPE, COUNTRY]).")
        return tuple(counted(self.found.facets, facet) for facet in by)

    def aggregate(self, group_by: str | None = None) -> SearchAggregate:
        """The hits in numbers."""
        return summed(self.found.facets, group_by)

    def _cursor(self, hit: Hit) -> str:
        return cursor(self.order.label, self.order.name, [hit.score, hit.slug], hit.id)
