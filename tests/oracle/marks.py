"""Cursors of what a measure has put in order, drawn: of where something stands, and of where nothing stands any more."""

from functools import cached_property
from typing import Any

from tests.oracle.chosen_pages import cursor_of_chosen
from tests.oracle.executor import Oracle
from tests.oracle.lineages import cursor_of_place, lineage_of, place_of_step
from tests.oracle.searching import Hit, cursor_of_hit
from tests.oracle.writing_values import Pen

MOST_LINEAGES = 30
SCORES = (100, 90, 80, 60, 50, 40, 30, 20, 10)


class Marks:
    """Marks places in the lists of a world."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle, self.world = oracle, oracle.seen.world

    def chosen(self, pen: Pen, label: str) -> str:
        """Of a record in a page of chosen ones; in another page it stands elsewhere, or not at all."""
        if self._chosen[label] and pen.chance(75):
            return pen.pick(self._chosen[label])
        return cursor_of_chosen(label, pen.number(0, 9), pen.pick([each["slug"] for each in self._records(label)]))

    def step(self, pen: Pen) -> str:
        """Of a step in a lineage."""
        if not self._steps:
            return cursor_of_place("LineageStep", [1, False, 2020, "a"])
        generation, undated, year, slug = pen.pick(self._steps)
        return cursor_of_place("LineageStep", [generation, undated, year, f"{slug}-0" if pen.chance(25) else slug])

    def fold(self, pen: Pen) -> str:
        """Of a fold of a lineage."""
        if not self._folds:
            return cursor_of_place("LineageFold", [1, -1, "SE", "DE"])
        generation, size, giving, receiving = pen.pick(self._folds)
        return cursor_of_place("LineageFold", [generation, size - 1 if pen.chance(25) else size, giving, receiving])

    def hit(self, pen: Pen, asked: dict[str, Any]) -> str:
        """Of a hit of a search."""
        hits = self.oracle.searching.hits(asked)
        if hits and pen.chance(75):
            return cursor_of_hit(asked["text"], pen.pick(hits))
        return cursor_of_hit(asked["text"], Hit(pen.pick(self.oracle.searching.read).record, pen.pick(SCORES)))

    def _records(self, label: str) -> list[dict[str, Any]]:
        return [each for each in self.world.records.values() if each["label"] == label]

    @cached_property
    def _chosen(self) -> dict[str, list[str]]:
        """All cursors of all pages of chosen records, by label."""
        gaps = self.oracle.knowing.gaps({})
        by_field = [each["innovations"] for name in gaps if name.startswith("fields") for each in gaps[name]]
        innovations = [gaps["innovationsWithTransfersButNoObservation"], *by_field]
        pages = {"Innovation": innovations, "City": [gaps["citiesWithPilotsButNeverGave"]]}
        return {label: sorted({cursor for page in of for cursor in page(first=1_000).cursors}) for label, of in pages.items()}

    @cached_property
    def _lineages(self) -> list[dict[str, Any]]:
        """The largest of the world, folded."""
        seen = self.oracle.seen
        innovations = sorted(self.world.visible("Innovation"), key=lambda each: (-len(seen.related(each, "transfers")), each["slug"]))
        asked = {"includeInferred": True, "collapseBy": "COUNTRY", "first": 1_000}
        return [found for each in innovations[:MOST_LINEAGES] if (found := lineage_of(seen, each, asked))]

    @cached_property
    def _steps(self) -> list[list[Any]]:
        return [place_of_step(step) for lineage in self._lineages for step in lineage["steps"](1_000)]

    @cached_property
    def _folds(self) -> list[list[Any]]:
        return [fold["place"] for lineage in self._lineages for fold in lineage["folds"]["nodes"]]
