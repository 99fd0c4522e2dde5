"""A table's file as rows of text, however a spreadsheet has saved it."""

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from server.exchange.cells import MOST_CELL_BYTES, shortened
from server.exchange.findings import Finding, Findings, one_of, plain

DELIMITERS = (",", ";", "\t")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file as it was read."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    refused: tuple[Row, ...] = ()
    """Rows that cannot stand, with the cells that they have."""
    whole: bool = True
    """Whether it could be read to its end."""


def read_sheet(path: Path, known: frozenset[str], delimiter: str, findings: Findings) -> Sheet | None:
    """The rows of a file; None, with a finding that says why, where it cannot be read at all."""
    text = _decoded(path, findings)
    if text is None:
        return None
    first, separator = _header(text, known, delimiter)
    header = _named(first)
    if not _header_stands(path.name, header, known, findings):
        return None
    return _read(path.name, text, separator, header, findings)


def _decoded(path: Path, findings: Findings) -> str | None:
    try:
        content = path.read_bytes()
    except OSError as missing:
        findings.add(Finding(path.name, None, None, f"the file cannot be read: {missing.strerror}", "a file that datapackage.json names"))
        return None
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as wrong:
        findings.add(_undecodable(path.name, content, encoding, wrong.start))
        return None
    if not text.strip():
        findings.add(Finding(path.name, None, None, "the file is empty", "a header row"))
        return None
    return text


def _undecodable(file: str, content: bytes, encoding: str, at: int) -> Finding:
    expected = "UTF-8, or UTF-16 with a byte order mark: save the file as “CSV UTF-8”"
    if encoding == "utf-16":
        return Finding(file, None, None, "it begins as UTF-16 and does not go on so", expected)
    before = content[:at].decode("utf-8-sig", "ignore")
    line = before.count("\n") + 1
    return Finding(
        file, line, _column_at(before), f"byte {content[at]:#04x} is not UTF-8; the file looks like Latin-1", expected, ends_reading=True
    )


def _column_at(before: str) -> str | None:
    """The column in which a text breaks off, as far as its header tells."""
    rows = list(csv.reader(io.StringIO(before)))
    return rows[0][len(rows[-1]) - 1] if len(rows) > 1 and 0 < len(rows[-1]) <= len(rows[0]) else None


def _header(text: str, known: frozenset[str], declared: str) -> tuple[tuple[str, ...], str]:
    """The header row and the delimiter under which most names are known, however typed; the declared one where none fits better."""
    candidates = (declared, *(each for each in DELIMITERS if each != declared))
    headers = {each: _first(text, each) for each in candidates}
    best = max(candidates, key=lambda each: sum(plain(name) in known for name in headers[each]))
    return headers[best], best


def _named(header: tuple[str, ...]) -> tuple[str, ...]:
    """The header without the columns that spreadsheets leave behind a table, which have no name."""
    return header[: max((place for place, name in enumerate(header, start=1) if name), default=0)]


def _header_stands(file: str, header: Sequence[str], known: frozenset[str], findings: Findings) -> bool:
    names = sorted(known)
    if not any(plain(name) in known for name in header):
        findings.add(Finding(file, 1, None, "the first line is not the header of this table", f"some of the columns {', '.join(names)}"))
        return False
    seen: set[str] = set()
    for name in header:
        if name in seen:
            findings.add(Finding(file, 1, name, "the column stands there twice", "every column once"))
        elif name not in known:
            findings.add(Finding(file, 1, name or "(no name)", "the column is unknown", one_of(names, name)))
        seen.add(name)
    return len(seen) == len(header) and seen <= known


def _read(file: str, text: str, delimiter: str, header: tuple[str, ...], findings: Findings) -> Sheet:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    width = len(next(reader))
    rows: list[Row] = []
    refused: list[Row] = []
    whole, line = True, reader.line_num + 1
    try:
        for cells in reader:
            # A line without anything in it is what spreadsheets leave below a table.
            if any(cells):
                misfit = _misfit(cells, width, len(header))
                if misfit:
                    findings.add(Finding(file, line, None, *misfit))
                (refused if misfit else rows).append(Row(line, dict(zip(header, cells, strict=False))))
            line = reader.line_num + 1
    except csv.Error as broken:
        expected = (
            f"cells of at most {MOST_CELL_BYTES:,} bytes"
            if "field limit" in str(broken)
            else "cells in double quotes, quotes inside doubled"
        )
        findings.add(Finding(file, line, None, f"the row cannot be read: {broken}", expected, ends_reading=True))
        whole = False
    return Sheet(file, header, tuple(rows), tuple(refused), whole)


def _misfit(cells: Sequence[str], width: int, named: int) -> tuple[str, str] | None:
    """Why a row does not fit under its header, and what was expected; behind the columns that have a name, nothing may stand."""
    if len(cells) != width:
        return f"the row has {len(cells)} cells", f"{width}, as in the header"
    nameless = "".join(cells[named:])
    return (f"{shortened(nameless)} stands in a column without a name", "a name in the header, or no cell") if nameless else None


def _first(text: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), []))
    except csv.Error:
        return ()
