"""The folds of a lineage as they are answered: a page of them, each with the countries it leads from and to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph_schema.names import snake
from server.measures.folds import Fold, fold
from server.reading import shape
from server.reading.lineage_rows import RowOf, Rows, Told
from server.reading.steps import Stretch
from server.reading.walk import Nodes, Walk

Made = Callable[[str, Nodes, shape.RowLayout], str]
OfPage = Callable[["_Page"], Any]
OfFold = Callable[["_Page", Fold], Any]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of folds, with what is around it."""

    told: Told
    folds: tuple[Fold, ...]
    before: int
    total: int
    giving: dict[str, RowOf | None]
    receiving: dict[str, RowOf | None]


def plan_folds(walk: Walk, rows: Rows, made: Made, nodes: Nodes, asked: Stretch) -> Callable[[Told], Any]:
    """How the page is made."""
    planned = _Planned(walk, rows, made, asked)
    parts = {name: planned.part(fields) for name, fields in walk.selected("LineageFolds", nodes).items()}

    def folds(told: Told) -> dict[str, Any]:
        page = planned.page(told)
        return {name: part(page) for name, part in parts.items()}

    return folds


@dataclass(frozen=True, slots=True)
class _Planned:
    walk: Walk
    rows: Rows
    made: Made
    asked: Stretch

    def page(self, told: Told) -> _Page:
        """The page out of what was read."""
        whole = fold(told.lineage.steps, told.facts, told.places)
        folds, before = self.asked.of(whole, told.variables)
        country, rows = self.rows.country, self.rows
        givers = (city for listed in told.givers.values() for city in listed)
        giving = {told.places[rows.slug(rows.giver, city)].country: country(rows.giver, city) for city in givers}
        takers = told.receivers.values()
        receiving = {told.places[rows.slug(rows.receiver, city)].country: country(rows.receiver, city) for city in takers}
        return _Page(told, tuple(folds), before, len(whole), giving, receiving)

    def part(self, nodes: Nodes) -> OfPage:
        """How one part of the page is made."""
        match nodes[0].name.value:
            case "nodes":
                parts = {name: self._of_fold(fields) for name, fields in self.walk.selected("LineageFold", nodes).items()}
                return lambda page: [{name: part(page, each) for name, part in parts.items()} for each in page.folds]
            case "pageInfo":
                asked = {name: parts[0].name.value for name, parts in self.walk.selected("PageInfo", nodes).items()}
                return lambda page: {name: self._info(page)[of] for name, of in asked.items()}
            case "totalCount":
                return lambda page: page.total
        return lambda _: "LineageFolds"

    def _of_fold(self, nodes: Nodes) -> OfFold:
        match nodes[0].name.value:
            case "from":
                giver = self.made("Country", nodes, self.rows.to_one("City", "country", self.rows.giver))
                return lambda page, each: _country(page, giver, page.giving[each.giving])
            case "to":
                taker = self.made("Country", nodes, self.rows.to_one("City", "country", self.rows.receiver))
                return lambda page, each: _country(page, taker, page.receiving[each.receiving])
            case "__typename":
                return lambda *_: "LineageFold"
            case figure:
                return lambda _, each: getattr(each, snake(figure))

    def _info(self, page: _Page) -> dict[str, Any]:
        ends = (page.folds[0], page.folds[-1]) if page.folds else (None, None)
        start, end = (self.asked.cursor(each) if each else None for each in ends)
        return {
            "hasNextPage": page.before + len(page.folds) < page.total,
            "hasPreviousPage": page.before > 0,
            "startCursor": start,
            "endCursor": end,
            "__typename": "PageInfo",
        }


def _country(page: _Page, made: str, row: RowOf | None) -> Any:
    return page.told.makers[made](row) if row else None
