"""What a question reads: one statement, with the records that a measure chose before it, or two, with those it chose between them."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from graph_schema.domain import Domain
from server.graph import Graph
from server.operations.fetching import Fetching, revision_of
from server.operations.grounding import Grounded, Grounding
from server.operations.preparation import Question
from server.operations.searching import Searching
from server.reading.chosen import ROOT, Choosing, Grounds, Wanted
from server.reading.shaper import Gap
from server.settings import Limits
from server.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for a question, with what was chosen for it among its variables."""

    question: Question
    record: list[Any]
    totals: Mapping[str, int]

    @property
    def revision(self) -> int:
        """The revision of the graph that the record tells of."""
        return revision_of(self.record)


class Reads:
    """Reads for one graph."""

    def __init__(self, graph: Graph, domain: Domain, limits: Limits) -> None:
        self._searching = Searching(graph, domain, limits.search_words)
        self._fetching = Fetching(graph)
        self._grounding = Grounding(graph, domain)
        # What takes long is worked out one by one, beside the threads that everyone needs: who comes second finds it kept.
        self._patient = ThreadPoolExecutor(1, "replicity-patient")

    async def read(self, question: Question, viewer: Viewer) -> Read:
        """The question with what was chosen for it, the record, the numbers of records of each type."""
        reading = question.prepared.reading
        if not reading.choosing:
            return Read(question, *await self._fetching.fetch(question, viewer.scope))
        if all(choosing.seek for choosing in reading.choosing):
            return await self._found(question, viewer)
        needs = frozenset[str]().union(*(choosing.needs for choosing in reading.choosing))
        grounded = await self._grounding.at_least(viewer, needs)
        read = await self._chosen(question, grounded, viewer)
        if read.revision > grounded.revision:
            # The graph has moved on since: once more on newer grounds, and then that answer stands.
            grounded = await self._grounding.at_least(viewer, needs, read.revision)
            read = await self._chosen(question, grounded, viewer)
        return read

    async def read_unless(self, seen: int, question: Question, viewer: Viewer) -> Read | None:
        """The same for a question for which nothing is chosen, or None where the graph is at the revision seen."""
        fetched = await self._fetching.fetch_unless(seen, question, viewer.scope)
        return Read(question, *fetched) if fetched else None

    async def _chosen(self, question: Question, grounded: Grounded, viewer: Viewer) -> Read:
        choosing = question.prepared.reading.choosing
        early, late = ([each for each in choosing if each.late is is_late] for is_late in (False, True))
        variables = dict(question.variables)
        for each in early:
            if each.seek:
                await self._search(each, variables, viewer)
            else:
                variables[each.key], variables[each.ids] = await self._choice(each, grounded, (), variables)
        asking = replace(question, variables=variables)
        record, totals = await self._fetching.fetch(asking, viewer.scope)
        for each in early:
            variables[each.key] = each.with_rows(variables[each.key], record)
        if late:
            await self._follow(asking, late, grounded, record)
        return Read(asking, record, totals)

    async def _choice(self, choosing: Choosing, *rest: Any) -> tuple[Any, dict[str, list[str]]]:
        """A choice, made in a thread."""
        threads = self._patient if choosing.takes_long else None
        return await asyncio.get_running_loop().run_in_executor(threads, _choose, choosing, *rest)

    async def _found(self, question: Question, viewer: Viewer) -> Read:
        """Where nothing but searches chooses: without a record to be read, their statements are all."""
        reading, variables = question.prepared.reading, dict(question.variables)
        asking = replace(question, variables=variables)
        revisions = [await self._search(each, variables, viewer) for each in reading.choosing]
        if reading.reads_beside or any(ids for each in reading.choosing for ids in variables[each.ids].values()):
            record, totals = await self._fetching.fetch(asking, viewer.scope)
        else:
            record, totals = [None, [max(revisions), None]], {}
        for each in reading.choosing:
            variables[each.key] = each.with_rows(variables[each.key], record if len(record) > 2 else None)
        return Read(asking, record, totals)

    async def _search(self, choosing: Choosing, variables: dict[str, Any], viewer: Viewer) -> int:
        """Put what is found among the variables; the revision at which it was looked for."""
        sought = choosing.sought(variables)
        assert sought
        found = await self._searching.found(sought, viewer)
        grounds = Grounds(None, None, found=found.answer)
        variables[choosing.key], variables[choosing.ids] = choosing.chosen(grounds, (ROOT,), variables)
        return found.revision

    async def _follow(self, asking: Question, late: Sequence[Choosing], grounded: Grounded, record: list[Any]) -> None:
        """Choose for the parents that are in the record, and read what was chosen."""
        variables, following = asking.variables, asking.prepared.reading.following
        await asyncio.to_thread(_note_parents, asking, late, record)
        for each in late:
            noted = tuple(variables[each.key].parents)
            variables[each.key], variables[each.ids] = await self._choice(each, grounded, noted, variables, record)
        found = any(ids for each in late for ids in variables[each.ids].values())
        followed = await self._fetching.follow(following, asking) if following and found else None
        for each in late:
            variables[each.key] = each.with_rows(variables[each.key], followed)


def _choose(
    choosing: Choosing, grounded: Grounded, noted: Sequence[str], variables: Mapping[str, Any], record: Sequence[Any] = ()
) -> tuple[Any, dict[str, list[str]]]:
    """The choice for the parents that are known without the answer, or for those that were noted in it."""
    fitting = None if choosing.fitting is None else [row[0] for row in record[choosing.fitting]]
    return choosing.chosen(grounded.grounds(fitting), choosing.known_parents(variables) or noted, variables)


def _note_parents(asking: Question, late: Sequence[Choosing], record: list[Any]) -> None:
    """The answer is shaped for the sake of those who are asked after in it; what is missing in it is said when it is shaped again."""
    for each in late:
        asking.variables[each.key] = Wanted()
    with suppress(Gap):
        asking.prepared.reading.shaper(record, asking.variables, _NoTotals(), [])


class _NoTotals(dict[str, int]):
    """Numbers of records, where none of them matters."""

    def __missing__(self, label: str) -> int:
        return 0
