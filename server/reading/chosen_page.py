"""A page of the records that a measure chose, in the order in which it chose them, as a connection."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph_schema.kernel import Kind
from server.reading.chosen import Made, Taking, Teller, Told
from server.reading.counts import Counts
from server.reading.gathered import Gathered
from server.reading.order import Ordering, cursor, read_cursor
from server.reading.plan import Key, Stored
from server.reading.shape import Worked
from server.reading.values import Value, now, value
from server.reading.walk import Nodes
from server.reading.window import DEFAULT_PAGE, page_size, refuse_both

CHOSEN = "chosen"
# The key of a record is its place; its slug tells whether it still stands there.
_KEYS = (Key(Stored("position", required=True), nullable=False),)

Slugs = Sequence[str]


@dataclass(frozen=True, slots=True)
class _Taken:
    """The slugs of the page, the place of its first one, how many there are in all, and the place of their list among those that
    are counted."""

    slugs: Slugs
    begins: int
    total: int
    counted: int | None = None

    @property
    def is_last(self) -> bool:
        return self.begins + len(self.slugs) >= self.total


@dataclass(frozen=True, slots=True)
class _Window:
    """`size` records after one and before another, the first of them or, `backward`, the last."""

    size: int
    backward: bool
    after: Value
    before: Value

    def of(self, slugs: Slugs, variables: Mapping[str, Any]) -> _Taken:
        after, before = self.after.resolve(variables), self.before.resolve(variables)
        begins = 0 if after is None else _place_of(slugs, *after) + (after[1] in slugs)
        ends = len(slugs) if before is None else max(begins, _place_of(slugs, *before))
        if self.backward:
            begins = max(begins, ends - self.size)
        return _Taken(slugs[begins : min(ends, begins + self.size)], begins, len(slugs))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the parts of a page are made of."""

    told: Told
    taken: _Taken
    label: str
    has_rows: bool
    counts: Mapping[Hashable, Any]

    def is_there(self, slug: str) -> bool:
        """Whether its record was still there when it was read, if it was read."""
        return not self.has_rows or self.row(slug) is not None

    def row(self, slug: str) -> list[Any] | None:
        return self.told.row(self.label, slug)

    def cursor(self, place: int) -> str:
        """The cursor of the record at that place of the page."""
        return cursor(self.label, CHOSEN, [self.taken.begins + place], self.taken.slugs[place])


Tell = Callable[[_Shown], Any]
TellEdge = Callable[[_Shown, int], Any]


@dataclass(frozen=True, slots=True)
class _Page(Teller):
    """A page; `made` are the places that show its records, without any none is read. Without `counted` nothing is counted of its
    list; else that is the name of such lists, and `tallies` are what is counted."""

    read: Callable[[Any, Any], Slugs]
    label: str
    window: _Window
    made: tuple[Made, ...]
    parts: tuple[tuple[str, Tell], ...]
    counted: str | None
    tallies: tuple[Hashable, ...]

    def take(self, taking: Taking, result: Any) -> _Taken:
        slugs = self.read(result, taking.variables)
        taken = self.window.of(slugs, taking.variables)
        for made in self.made:
            taking.shown[made].update(taken.slugs)
        return replace(taken, counted=taking.count(self.counted, self.label, slugs)) if self.counted else taken

    def tell(self, told: Told, taken: Any) -> Any:
        counts = told.counted(self.counted, taken.counted) if self.counted else ()
        shown = _Shown(told, taken, self.label, bool(self.made), dict(zip(self.tallies, counts, strict=False)))
        return {name: part(shown) for name, part in self.parts}


def plan_page(gathered: Gathered, holder: str, nodes: Nodes, label: str, read: Callable[[Any, Any], Slugs]) -> tuple[Teller, int]:
    """What makes the page, and what it costs in records. `read` gives the slugs out of a result."""
    arguments = gathered.walk.arguments(gathered.walk.schema.get_type(holder), nodes[0])
    first, last = (page_size(name, arguments.get(name), gathered.walk.limits) for name in ("first", "last"))
    refuse_both(first, last)
    window = _Window(first or last or DEFAULT_PAGE, bool(last), *(_pointed(arguments.get(name), label) for name in ("after", "before")))
    walked = _Parts(gathered, label)
    parts = tuple((name, walked.part(fields)) for name, fields in gathered.walk.selected(f"{label}Connection", nodes).items())
    tallies = walked.counts.settled()
    counted = gathered.counts(tuple(tally for _, tally in tallies)) if tallies else None
    page = _Page(read, label, window, tuple(walked.made), parts, counted, tuple(name for name, _ in tallies))
    return page, window.size * max(walked.cost, 1) + walked.counts.cost


class _Parts:
    """Walks what is selected of a page."""

    def __init__(self, gathered: Gathered, label: str) -> None:
        self.gathered = gathered
        self.label = label
        self.cost = 0
        self.made: list[Made] = []
        self.counts = Counts(gathered.walk, label, at_root=False)

    def part(self, fields: Nodes) -> Tell:
        label = self.label
        match fields[0].name.value:
            case "nodes":
                return _nodes(self._made(fields))
            case "edges":
                return self._edges(fields)
            case "pageInfo":
                return self._page_info(fields)
            case "totalCount":
                return lambda shown: shown.taken.total
            case "facets":
                return _counted(self.counts.facets(fields))
            case "aggregate":
                return _counted(self.counts.aggregate(fields))
            case _:
                return lambda _: f"{label}Connection"

    def _edges(self, fields: Nodes) -> Tell:
        selected = self.gathered.walk.selected(f"{self.label}Edge", fields)
        parts = tuple((name, self._edge(of)) for name, of in selected.items())
        return lambda shown: [
            {name: part(shown, place) for name, part in parts} for place, slug in enumerate(shown.taken.slugs) if shown.is_there(slug)
        ]

    def _edge(self, fields: Nodes) -> TellEdge:
        match fields[0].name.value:
            case "cursor":
                return _Shown.cursor
            case "node":
                made = self._made(fields)
                return lambda shown, place: shown.told.made(made, shown.row(shown.taken.slugs[place]) or [])
            case "__typename":
                name = f"{self.label}Edge"
                return lambda _, __: name
            case _:
                # What a relationship says; no relationship led here.
                return lambda _, __: None

    def _page_info(self, fields: Nodes) -> Tell:
        selected = self.gathered.walk.selected("PageInfo", fields)
        parts = tuple((name, _PAGE_INFO[of[0].name.value]) for name, of in selected.items())
        return lambda shown: {name: part(shown) for name, part in parts}

    def _made(self, fields: Nodes) -> Made:
        made, cost = self.gathered.made(self.label, fields)
        self.cost += cost
        self.made.append(made)
        return made


_PAGE_INFO: dict[str, Tell] = {
    "hasNextPage": lambda shown: not shown.taken.is_last,
    "hasPreviousPage": lambda shown: shown.taken.begins > 0,
    "startCursor": lambda shown: shown.cursor(0) if shown.taken.slugs else None,
    "endCursor": lambda shown: shown.cursor(len(shown.taken.slugs) - 1) if shown.taken.slugs else None,
    "__typename": lambda _: "PageInfo",
}


def _counted(of: Worked) -> Tell:
    return lambda shown: of.compose(shown.counts)


def _nodes(made: Made) -> Tell:
    return lambda shown: [shown.told.made(made, row) for slug in shown.taken.slugs if (row := shown.row(slug)) is not None]


def _pointed(asked: Any, label: str) -> Value:
    """The place and the slug that a cursor holds; None without one."""
    order = Ordering(label, CHOSEN, _KEYS, (Kind.INT,))

    def pointed(text: str | None) -> tuple[int, str] | None:
        if text is None:
            return None
        (place,), slug = read_cursor(text, order)
        return place, slug

    # A cursor that is none is refused while planning, like those of other lists.
    pointed(now(asked))
    return value(asked, pointed)


def _place_of(slugs: Slugs, place: int, slug: str) -> int:
    """Where the record stands. One that has moved is looked for; of one that is gone, the place is kept."""
    if 0 <= place < len(slugs) and slugs[place] == slug:
        return place
    return slugs.index(slug) if slug in slugs else min(max(place, 0), len(slugs))
