"""Tables as CSV (RFC 4180, UTF-8) that no spreadsheet takes for formulas."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from server.exchange.apostrophes import BEGINNINGS, as_it_was, harmless
from server.exchange.cells import join_list, split_list, write_number
from server.exports.tables import Column, Holds, Row, Table

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
NOT_KNOWN = "NA"
"""Stands in a list of numbers for one that is not known."""


def list_items(cell: str) -> list[str] | None:
    """The items of a list's cell; None where nothing is reported."""
    return [as_it_was(item) for item in split_list(cell)] if cell else None


def header(table: Table) -> bytes:
    """The first line."""
    return _encoded([[column.name for column in table.columns]])


def body(table: Table, rows: Sequence[Row]) -> bytes:
    """The lines of these rows."""
    columns = zip(*rows, strict=True)
    written = [_written(column.holds, values) for column, values in zip(table.columns, columns, strict=bool(rows))]
    return _encoded(zip(*written, strict=True))


def _written(holds: Holds, values: Sequence[Any]) -> Sequence[Any]:
    # A column has one way of writing; looking it up for every cell of a row takes a fifth longer. Most need hardly any: the writer
    # itself leaves a cell empty where there is no value, and next to never does a text begin like a formula.
    match holds:
        case Holds.INTEGER | Holds.MOMENT:
            return values
        case Holds.TEXT if _all_harmless(values):
            return values
        case Holds.LIST if _all_harmless(chain.from_iterable(filter(None, values))):
            write: Callable[[Any], str] = join_list
        case _:
            write = _WRITERS[holds]
    return [None if value is None else write(value) for value in values]


def _all_harmless(texts: Iterable[str | None]) -> bool:
    return BEGINNINGS.isdisjoint(text[:1] for text in texts if text)


def _encoded(lines: Iterable[Iterable[Any]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\r\n").writerows(lines)
    return file.getvalue().encode()


def _list(value: Any) -> str:
    return join_list([harmless(item) for item in value])


def _numbers(value: Any) -> str:
    return join_list([NOT_KNOWN if item is None else str(item) for item in value])


_WRITERS: Mapping[Holds, Callable[[Any], str]] = {
    Holds.TEXT: harmless,
    Holds.LIST: _list,
    Holds.INTEGERS: _numbers,
    Holds.NUMBER: lambda value: write_number(float(value)),
    Holds.TRUTH: lambda value: "true" if value else "false",
}

_DATATYPES = {
    Holds.INTEGER: "integer",
    Holds.INTEGERS: "integer",
    Holds.NUMBER: "number",
    Holds.TRUTH: "boolean",
    Holds.MOMENT: "dateTimeStamp",
}
_LISTED: Mapping[Holds, Mapping[str, Any]] = {Holds.LIST: {"separator": ";"}, Holds.INTEGERS: {"separator": ";", "null": ["", NOT_KNOWN]}}


def csvw_column(column: Column) -> dict[str, Any]:
    """The column as “CSV on the Web” describes it."""
    datatype = _DATATYPES.get(column.holds, "string")
    return {
        "name": column.name,
        "titles": column.name,
        "datatype": datatype,
        "dc:description": column.description,
        **_LISTED.get(column.holds, {}),
    }
