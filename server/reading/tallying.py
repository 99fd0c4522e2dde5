"""What is counted and summed up over a whole list, as Cypher: no record is ever collected."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.reading.matching import Match
from server.reading.plan import (
    ALWAYS,
    All,
    ByRecord,
    ByValue,
    Column,
    Condition,
    Figures,
    Grouped,
    Groups,
    Kinds,
    Lists,
    One,
    Page,
    Row,
    Tally,
    Together,
)
from server.reading.writer import Bare, Scope, Writer, may_repeat, quoted

_FIGURES = {"count": "count({})", "max": "max({})", "median": "percentileCont({}, 0.5)", "min": "min({})", "sum": "sum({})"}


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the records of a list come from: the match that finds them, and whether it may find one twice."""

    scope: Scope
    match: Match
    repeats: bool

    @property
    def once(self) -> str:
        """The match, each record found once."""
        return f"{self.match} WITH DISTINCT {self.scope.record}" if self.repeats else str(self.match)


def tallied(column: Column) -> bool:
    """Whether something is counted over a list in a column or anywhere below it."""
    match column:
        case Page():
            return bool(column.tallies) or (column.row is not None and row_tallied(column.row))
        case One():
            return row_tallied(column.row)
        case _:
            return False


def row_tallied(row: Row) -> bool:
    """Whether something is counted over a list in a row or anywhere below it."""
    return any(tallied(column) for _, columns in row.columns for column in columns)


def write_tallies(writer: Writer, page: Page, start: Scope | None) -> list[str]:
    """What a page counts over its whole list: of all records of a type, or of those reached from the record at `start`."""
    # Of several paths only the first that leads anywhere counts, so no two of these find anything.
    sources = [_sources(writer, page, start, _condition(page.condition, each)) for each in page.tallies]
    return [" + ".join(_counted(writer, tally, source) for source in found) for tally, found in zip(page.tallies, sources, strict=True)]


def write_lists(writer: Writer, lists: Lists) -> str:
    """What is counted of each of the lists: a row for each, its place first."""
    ids = writer.parameter(lists.ids)
    counted = [_counted(writer, tally, _one_of(writer, ids, _condition(ALWAYS, tally))) for tally in lists.tallies]
    listed = f"UNWIND range(0, size({ids}) - 1) AS s WITH s, [{', '.join([*counted, 'null'])}] AS counted"
    return f"COLLECT {{ {listed} RETURN [s, counted] }}"


def _one_of(writer: Writer, ids: str, condition: Condition) -> _Source:
    scope = Scope(0)
    pattern = f"({scope.record}:`Record` {{`id`: id}})"
    match = Match(pattern, writer.fitting(condition, scope), scope.reached, ahead=f"UNWIND {ids}[s] AS id ")
    return _Source(scope, match, repeats=False)


def _condition(of_list: Condition, tally: Tally) -> Condition:
    parts = [of_list, *([tally.condition] if isinstance(tally, Together) else [])]
    told = tuple(part for part in parts if part != ALWAYS)
    return told[0] if len(told) == 1 else All(told)


def _sources(writer: Writer, page: Page, start: Scope | None, condition: Condition) -> list[_Source]:
    if isinstance(page.start, str):
        scope = Scope(0)
        return [_Source(scope, writer.match_all(page.start, scope, writer.fitting(condition, scope)), repeats=False)]
    assert start
    found = []
    for branch, path in enumerate(page.start.paths):
        scope = writer.reach(page.start, branch, start)
        fitting = writer.fitting(condition, scope)
        found.append(_Source(scope, writer.match(page.start, branch, start, scope, fitting), may_repeat(path)))
    return found


def _counted(writer: Writer, tally: Tally, source: _Source) -> str:
    match tally:
        case Together(_, ()):
            return writer.count(source.match, once=source.repeats)
        case Together(_, numbers):
            return f"COLLECT {{ {source.once} {_together(writer, source, numbers)} }}"
        case Groups(by):
            groups = _by_value(writer, source, tally, by) if isinstance(by, ByValue) else _by_record(writer, source, tally, by)
            return f"COLLECT {{ {source.once} {groups} }}"
        case Kinds(by):
            kinds = _kinds_of_value(writer, source, by) if isinstance(by, ByValue) else _kinds_of_record(writer, source, by)
            return f"COUNT {{ {source.once} {kinds} }}"
        case Grouped(by):
            once = f" RETURN DISTINCT {source.scope.record}" if by.several or source.repeats else ""
            return f"COUNT {{ {source.match} {_reached(writer, by, source.scope)}{once} }}"


def _kinds_of_value(writer: Writer, source: _Source, by: ByValue) -> str:
    return f"WITH {_value(writer, by, source.scope)} AS g WHERE g IS NOT NULL RETURN DISTINCT g"


def _kinds_of_record(writer: Writer, source: _Source, by: ByRecord) -> str:
    return f"{_reached(writer, by, source.scope)} RETURN DISTINCT {_end(source.scope).record}"


def _together(writer: Writer, source: _Source, numbers: tuple[Figures, ...]) -> str:
    figures = _figures(numbers)
    # Where there is no record, Neo4j gives no row and the embedded store one of nothing.
    return f"{_values(writer, source, numbers)} WITH {_named(figures)} WHERE c > 0 RETURN {_listed(figures)}"


# Groups -----------------------------------------------------------------------------------------------


def _by_value(writer: Writer, source: _Source, tally: Groups, by: ByValue) -> str:
    figures = _figures(tally.numbers)
    values = f"{_values(writer, source, tally.numbers, f'{_value(writer, by, source.scope)} AS g')} WHERE g IS NOT NULL"
    cut = f"WITH {_named(figures, 'g')} ORDER BY c DESC, g LIMIT {writer.parameter(tally.limit)}"
    return f"{values} {cut} RETURN {_listed(figures, 'g')}"


def _by_record(writer: Writer, source: _Source, tally: Groups, by: ByRecord) -> str:
    figures, end = _figures(tally.numbers), _end(source.scope).record
    key, label = (f"{end}.{quoted(name)}" for name in (by.key, by.label))
    # A record is in each of its groups once, over however many ways.
    several = by.several and may_repeat(by.relation.paths[0])
    once = f" WITH DISTINCT {source.scope.record}, {end}" if several else ""
    values = f" {_values(writer, source, tally.numbers, end)}" if tally.numbers else ""
    cut = f"WITH {_named(figures, end)} ORDER BY c DESC, {key} LIMIT {writer.parameter(tally.limit)}"
    return f"{_reached(writer, by, source.scope)}{once}{values} {cut} RETURN {_listed(figures, key, label)}"


def _value(writer: Writer, by: ByValue, scope: Scope) -> str:
    of = writer.expression(by.of, scope)
    return f"left({of}, 4)" if by.of_date else of


def _end(scope: Scope) -> Scope:
    # Under a name of its own: beside it, numbers that are counted walk from the record at hand as well.
    return Bare(f"g{scope.depth + 1}", scope.depth + 1)


def _reached(writer: Writer, by: ByRecord, start: Scope) -> str:
    """The match of the records that tell others apart."""
    end = _end(start)
    matches = [writer.match(by.relation, branch, start, end, writer.shown(end)) for branch in writer.branches(by.relation)]
    if len(matches) == 1:
        return str(matches[0])
    union = " UNION ".join(f"{match} RETURN {end.record}" for match in matches)
    return f"CALL ({start.record}) {{ {union} }}"


# Numbers ----------------------------------------------------------------------------------------------


def _values(writer: Writer, source: _Source, numbers: tuple[Figures, ...], *carried: str) -> str:
    """The numbers of each record, named; in the order of slugs where it matters in which order they are added."""
    named = [f"{writer.expression(number.of, source.scope)} AS v{place}" for place, number in enumerate(numbers)]
    in_order = any(number.fractions and "sum" in number.wanted for number in numbers)
    slug = [f"{source.scope.record}.`slug` AS o"] if in_order else []
    return f"WITH {', '.join([*carried, *slug, *named])}{' ORDER BY o' if in_order else ''}"


def _figures(numbers: tuple[Figures, ...]) -> list[tuple[str, str]]:
    """Each figure with its name: how many records there are, then those of each number."""
    figures = [("count(*)", "c")]
    for place, number in enumerate(numbers):
        figures += [(_FIGURES[wanted].format(f"v{place}"), f"v{place}{wanted}") for wanted in number.wanted]
    return figures


def _named(figures: Sequence[tuple[str, str]], *carried: str) -> str:
    return ", ".join([*carried, *(f"{text} AS {name}" for text, name in figures)])


def _listed(figures: Sequence[tuple[str, str]], *read: str) -> str:
    return f"[{', '.join([*read, *(name for _, name in figures)])}]"
