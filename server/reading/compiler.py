"""A plan becomes one Cypher statement that returns one record."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from server.cypher import Statement
from server.reading.matching import Match
from server.reading.plan import Column, Found, FoundAll, Key, Lists, One, Page, Place, Plan, Relation, Root, Row, Stored, meaning
from server.reading.sorting import Bounding, Sorting, beyond, within, within_nulls, within_values
from server.reading.tallying import row_tallied, tallied, write_lists, write_tallies
from server.reading.values import Value
from server.reading.writer import Scope, Writer, may_repeat, quoted

NEVER_SEEN = -1
"""No revision of any graph."""

# It comes first: a change made while the rest is read shows as a newer revision in the next answer. Where the graph is as it was
# seen, no row is left and nothing is read.
_UNLESS_SEEN = "OPTIONAL MATCH (g:`Graph`) WITH g.`revision` AS revision WHERE revision IS NULL OR revision <> $seen"


@dataclass(frozen=True, slots=True)
class Compiled:
    """The text of a statement, and where its parameters come from."""

    text: str
    values: tuple[tuple[str, Value], ...]

    def bind(self, variables: Mapping[str, Any], seen: int = NEVER_SEEN) -> Statement:
        """The statement of a request with these variables. At the revision `seen` it returns nothing."""
        return Statement(self.text, {"seen": seen, **{name: value.resolve(variables) for name, value in self.values}})


def compile_plan(plan: Plan, *, totals: bool, reads_together_from: int) -> Compiled:
    """The statement of a plan. Its record is one list: each root field's part, the totals, the graph's revision.

    Rows of `reads_together_from` properties of a record and more read them in one map.
    """
    writer = Writer(plan.visible, reads_together_from)
    before: list[str] = []
    parts = [_root(writer, root, before) for root in plan.roots]
    counts = [_count_all(writer, label) for label in plan.totals] if totals else []
    known = f"[{', '.join([*counts, 'null'])}]" if counts else "null"
    opening = f"WITH revision, {', '.join(before)} " if before else ""
    return Compiled(f"{_UNLESS_SEEN} {opening}RETURN [{', '.join([*parts, known, '[revision, null]'])}] AS data", tuple(writer.values))


def _root(writer: Writer, root: Root, before: list[str]) -> str:
    match root:
        case Found(label, key, value, row):
            scope = Scope(0, compared={key})
            pattern = f"({scope.record}:{quoted(label)} {{{quoted(key)}: {writer.parameter(value)}}})"
            match_one = Match(pattern, writer.shown(scope), scope.reached)
            return f"head({_ahead(f'COLLECT {{ {match_one} {_returned(writer, row, scope)} }}', before)})"
        case FoundAll(ids, row):
            scope = Scope(0, compared={"id"})
            match_each = Match(f"({scope.record}:`Record` {{`id`: id}})", writer.shown(scope), scope.reached)
            found = f"COLLECT {{ UNWIND {writer.parameter(ids)} AS id {match_each} {_returned(writer, row, scope)} }}"
            return _ahead(found, before) if row_tallied(row) else found
        case Page():
            return _root_page(writer, root, before)
        case Lists():
            return _ahead(write_lists(writer, root), before)


def _ahead(text: str, before: list[str], prefix: str = "a") -> str:
    """The name under which a part is read ahead of the others.

    Where it counts by groups, Neo4j takes the whole expression around it for a sum, which may then name nothing else. And
    with the head of a subquery anywhere in a statement, Neo4j keeps nothing that it has read of a record for a second use;
    the head of a name does no harm.
    """
    before.append(f"{text} AS {prefix}{len(before)}")
    return f"{prefix}{len(before) - 1}"


def _count_all(writer: Writer, label: str) -> str:
    scope = Scope(0)
    return writer.count(writer.match_all(label, scope, writer.shown(scope)), once=False)


# Rows -------------------------------------------------------------------------------------------------


def _returned(writer: Writer, row: Row, scope: Scope) -> str:
    """The end of a subquery: its row, out of one map where several properties of a record are asked for."""
    scope.together = f"m{scope.depth}" if _own(row, scope) >= writer.reads_together_from else None
    answer = _row(writer, row, scope)
    carried = [*scope.reached, *scope.named.values()]
    together, scope.together = scope.together, None
    before = f"WITH {', '.join(carried)}, {_map(scope)} AS {together} " if together else ""
    ahead = f"WITH {', '.join([*carried, *([together] if together else []), *scope.ahead])} " if scope.ahead else ""
    return f"{before}{ahead}RETURN {answer}"


def _own(row: Row, scope: Scope) -> int:
    """How many properties of the record itself are read in any case, and not yet."""
    columns = row.columns[0][1] if len(row.columns) == 1 else ()
    places = sum(isinstance(each, Place) for each in columns)
    stored = [each for each in columns if isinstance(each, Stored) and each.holder == "record"]
    return 2 * places + sum(each.name not in scope.compared for each in stored)


def _map(scope: Scope) -> str:
    return f"{scope.record} {{{', '.join(f'.{quoted(name)}' for name in scope.read)}}}"


def _row(writer: Writer, row: Row, scope: Scope) -> str:
    if len(row.columns) == 1:
        return _positional(scope, _written(writer, row.columns[0][1], scope, surely=True))
    alike: dict[Hashable, list[str]] = {}
    columns_of = {}
    for label, columns in row.columns:
        alike.setdefault(meaning(columns), []).append(label)
        columns_of[meaning(columns)] = columns
    # Types that are read alike share one list, and the largest group needs no test.
    *tested, rest = sorted(alike, key=lambda key: (len(alike[key]), alike[key]))
    lists = {
        key: _positional(scope, [f"{scope.record}.`id`", *_written(writer, columns_of[key], scope, surely=False)])
        for key in (*tested, rest)
    }
    when = " ".join(f"WHEN {_is_any(scope, alike[key])} THEN {lists[key]}" for key in tested)
    return f"CASE {when} ELSE {lists[rest]} END" if tested else lists[rest]


def _written(writer: Writer, columns: tuple[Column, ...], scope: Scope, *, surely: bool) -> list[str]:
    return [_column(writer, column, scope, surely=surely) for column in columns]


def _is_any(scope: Scope, labels: list[str]) -> str:
    return " OR ".join(f"{scope.record}:{quoted(label)}" for label in labels)


def _positional(scope: Scope, columns: list[str]) -> str:
    # A list of one element is padded: the embedded store reads some of them as the element itself.
    padded = columns if len(columns) > 1 else [*columns, "null"] if columns else [f"{scope.record}.`slug`", "null"]
    return f"[{', '.join(padded)}]"


def _column(writer: Writer, column: Column, scope: Scope, *, surely: bool) -> str:
    """A column; `surely`: every row has it."""
    match column:
        case One(relation, row):
            found = " + ".join(_one(writer, relation, branch, row, scope) for branch in writer.branches(relation))
            return f"head({_before_row(found, scope) if surely or tallied(column) else found})"
        case Page():
            found = _related_page(writer, column, scope)
            return _before_row(found, scope) if tallied(column) else found
        case _:
            return writer.expression(column, scope)


def _before_row(text: str, scope: Scope) -> str:
    return _ahead(text, scope.ahead, f"{scope.record}f")


def _one(writer: Writer, relation: Relation, branch: int, row: Row, scope: Scope) -> str:
    below = writer.reach(relation, branch, scope)
    # Before the row, so that it is known what has been compared already.
    shown = writer.shown(below)
    answer = _returned(writer, row, below)
    # Of several types there may be one record each: the first by id is the one.
    first = f" WITH {below.record} ORDER BY {below.record}.`id`" if len(row.columns) > 1 else ""
    return f"COLLECT {{ {writer.match(relation, branch, scope, below, shown)}{first} {answer} }}"


# Pages ------------------------------------------------------------------------------------------------


def _related_page(writer: Writer, page: Page, start: Scope) -> str:
    assert isinstance(page.start, Relation)
    parts = []
    if page.row:
        parts.append(" + ".join(_branch(writer, page, page.start, branch, start) for branch in writer.branches(page.start)))
    if page.counted:
        counts = []
        for branch in writer.branches(page.start):
            scope = writer.reach(page.start, branch, start)
            match = writer.match(page.start, branch, start, scope, writer.fitting(page.condition, scope))
            counts.append(writer.count(match, once=may_repeat(page.start.paths[branch])))
        parts.append(" + ".join(counts))
    for side in page.outside:
        scope = writer.reach(page.start, 0, start)
        fitting = writer.fitting(page.condition, scope)
        sorting = Sorting.of(writer, scope, page.keys, beyond(page, side))
        parts.append(sorting.exists(partial(writer.match, page.start, 0, start, scope), fitting))
    return _parts(parts + write_tallies(writer, page, start))


def _branch(writer: Writer, page: Page, relation: Relation, branch: int, start: Scope) -> str:
    scope = writer.reach(relation, branch, start)
    fitting = writer.fitting(page.condition, scope)
    keys = page.keys if scope.edge else tuple(key for key in page.keys if not _of_edge(key))
    sorting = Sorting.of(writer, scope, keys, within(page), _tie(page))
    assert page.row
    answer = _returned(writer, page.row, scope)
    cut = sorting.cut(page, keys, distinct=may_repeat(relation.paths[branch]))
    match = writer.match(relation, branch, start, scope, [*fitting, *sorting.conditions])
    return f"COLLECT {{ {' '.join(part for part in (str(match), cut, answer) if part)} }}"


def _root_page(writer: Writer, page: Page, before: list[str]) -> str:
    assert isinstance(page.start, str)
    parts = []
    if page.row:
        parts.append(_root_rows(writer, page, before))
    if page.counted:
        scope = Scope(0)
        parts.append(writer.count(writer.match_all(page.start, scope, writer.fitting(page.condition, scope)), once=False))
    for side in page.outside:
        scope = Scope(0)
        # Before the keys of the order have names, which stand behind this match only.
        fitting = writer.fitting(page.condition, scope)
        sorting = Sorting.of(writer, scope, page.keys, beyond(page, side))
        parts.append(sorting.exists(partial(writer.match_all, page.start, scope), fitting))
    parts += [_ahead(tally, before) for tally in write_tallies(writer, page, None)]
    return _parts(parts)


def _root_rows(writer: Writer, page: Page, before: list[str]) -> str:
    first = page.keys[0] if page.keys else None
    assert page.row
    if row_tallied(page.row):
        present = [] if first and first.nullable else _present(writer, first)
        return _ahead(_root_branch(writer, page, page.keys, present, within(page)), before)
    if not first or not first.nullable or not isinstance(first.of, Stored):
        bounds = within(page)
        # A bound says already that there is a value, and the embedded store tests whatever is written.
        return _root_branch(writer, page, page.keys, [] if bounds else _present(writer, first), bounds)
    # Records with a value in the first key and records without one are two bounded reads, the second
    # made only if the first does not fill the page: either can then follow an index.
    named = writer.expression(first.of, Scope(0))
    texts = {"values": _values_branch(writer, page, named), "nulls": _nulls_branch(writer, page, named)}
    order = ("nulls", "values") if page.backward else ("values", "nulls")
    reads = [text for text in (texts[name] for name in order) if text]
    if len(reads) < 2:
        return reads[0] if reads else "[]"
    assert page.limit
    name = _ahead(reads[0], before)
    return f"{name} + CASE WHEN size({name}) < {writer.parameter(page.limit)} THEN {reads[1]} ELSE [] END"


def _present(writer: Writer, first: Key | None) -> list[str]:
    of = first.of if first else Stored("slug", required=True)
    return [f"{writer.expression(of, Scope(0))} IS NOT NULL"] if isinstance(of, Stored) else []


def _values_branch(writer: Writer, page: Page, named: str) -> str | None:
    if page.after and page.after.values[0] is None:
        return None
    certain = (Key(page.keys[0].of, page.keys[0].descending, nullable=False), *page.keys[1:])
    return _root_branch(writer, page, certain, [f"{named} IS NOT NULL"], within_values(page))


def _nulls_branch(writer: Writer, page: Page, named: str) -> str | None:
    if page.before and page.before.values[0] is not None:
        return None
    return _root_branch(writer, page, page.keys[1:], [f"{named} IS NULL"], within_nulls(page))


def _root_branch(writer: Writer, page: Page, keys: tuple[Key, ...], conditions: list[str], bounds: Sequence[Bounding]) -> str:
    scope = Scope(0)
    assert page.row
    assert isinstance(page.start, str)
    fitting = [*writer.fitting(page.condition, scope), *conditions]
    sorting = Sorting.of(writer, scope, keys, bounds, _tie(page))
    answer = _returned(writer, page.row, scope)
    match = writer.match_all(page.start, scope, [*fitting, *sorting.conditions])
    return f"COLLECT {{ {match} {sorting.cut(page, keys, distinct=False)} {answer} }}"


def _tie(page: Page) -> str | None:
    return page.tie if page.ordered else None


def _of_edge(key: Key) -> bool:
    return isinstance(key.of, Stored) and key.of.holder == "edge"


def _parts(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]" if parts else "null"
