"""Texts that a spreadsheet would run as formulas get an apostrophe, and lose it again without loss."""

import re
from collections.abc import Callable, Iterable

from server.exchange.cells import join_list, split_list
from server.exchange.shape import Column, Table
from server.exchange.tables import Cells

# A text that begins like a formula gets an apostrophe before it. One that has apostrophes before such a beginning gets one more,
# so that taking one away always gives back what was there.
BEGINNINGS = frozenset("'=+-@\t\r")
"""With what a text begins that may have to be written differently; all others stay as they are."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MADE_HARMLESS = re.compile(r"''*[=+\-@\t\r]")


def harmless(text: str) -> str:
    """The text as a spreadsheet may open it."""
    return f"'{text}" if text[:1] in BEGINNINGS and _FORMULA.match(text) else text


def as_it_was(cell: str) -> str:
    """The text that was made harmless."""
    return cell[1:] if _MADE_HARMLESS.match(cell) else cell


def made_harmless(table: Table, rows: Iterable[Cells]) -> list[Cells]:
    """Rows of a package as a spreadsheet may open them; numbers stay numbers."""
    return _rewritten(table, rows, harmless)


def as_they_were(table: Table, rows: Iterable[Cells]) -> list[Cells]:
    """The rows that were made harmless."""
    return _rewritten(table, rows, as_it_was)


def _rewritten(table: Table, rows: Iterable[Cells], rewrite: Callable[[str], str]) -> list[Cells]:
    columns = {each.name: each for each in table.columns if not each.numeric}
    return [{name: _cell(columns[name], cell, rewrite) if name in columns else cell for name, cell in row.items()} for row in rows]


def _cell(column: Column, cell: str, rewrite: Callable[[str], str]) -> str:
    return join_list([rewrite(item) for item in split_list(cell)]) if column.listed and cell else rewrite(cell)
