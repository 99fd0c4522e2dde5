"""What is wrong with a data package, place by place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from typing import Any

from server.errors import PackageRefused
from server.exchange.cells import shortened

SHOWN = 200
"""So many findings are told one by one; the rest is counted."""

HEADER = 1
"""The line that names the columns."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where it stands, why it is wrong and what was expected instead."""

    file: str
    line: int | None
    column: str | None
    reason: str
    expected: str
    ends_reading: bool = False
    """Whether nothing that stands behind it in the file could be read."""

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        column = f", column {shortened(self.column)}" if self.column else ""
        return f"{self.file}{line}{column}: {self.reason}; expected {self.expected}"

    @property
    def is_of_a_table(self) -> bool:
        """Whether it is about the package or a whole table: it names no row, or spoils all rows behind it."""
        return self.ends_reading or self.line in (None, HEADER)


@dataclass(slots=True)
class Findings:
    """All findings of one package, one to a cell."""

    total: int = 0
    _of_tables: list[Finding] = field(default_factory=list)
    _of_rows: list[Finding] = field(default_factory=list)
    _cells: set[tuple[str, int | None, str | None]] = field(default_factory=set)

    @property
    def shown(self) -> list[Finding]:
        """Those that are told one by one: what is wrong with whole tables first, then by file and line."""
        parts = (sorted(part, key=lambda each: (each.file, each.line or 0)) for part in (self._of_tables, self._of_rows))
        return list(chain.from_iterable(parts))[:SHOWN]

    def add(self, finding: Finding) -> None:
        """Note it, unless its cell has one already: the first says what the others follow from."""
        place = (finding.file, finding.line, finding.column)
        if place in self._cells:
            return
        self._cells.add(place)
        self.total += 1
        kept = self._of_tables if finding.is_of_a_table else self._of_rows
        if len(kept) < SHOWN:
            kept.append(finding)

    def copied(self) -> "Findings":
        """The same findings, to which others can be added without these knowing."""
        return Findings(self.total, list(self._of_tables), list(self._of_rows), set(self._cells))

    def has(self, file: str, line: int, columns: Iterable[str]) -> bool:
        """Whether one of these cells of a line has a finding."""
        return any((file, line, column) in self._cells for column in columns)

    def refuse_if_any(self) -> None:
        """Raise the refusal that lists them."""
        if not self.total:
            return
        more = f" The first {SHOWN} are listed." if self.total > SHOWN else ""
        things = "1 thing is" if self.total == 1 else f"{self.total} things are"
        raise PackageRefused(
            f"{things} wrong with the package; nothing was written.{more}",
            hint="Mend what is listed and load again; --dry-run looks without writing.",
            total=self.total,
            findings=[_as_json(each) for each in self.shown],
        )


def one_of(known: Sequence[str], given: str) -> str:
    """What was expected where a name is unknown: those that are known, and which of them was perhaps meant."""
    near = get_close_matches(plain(given), known, 1)
    return f"one of {', '.join(known)}" + (f"; did you mean {shortened(near[0])}?" if near else "")


def plain(name: str) -> str:
    """A name without what slips in when it is typed: blanks around it, capital letters."""
    return name.strip().lower()


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "reason": finding.reason,
        "expected": finding.expected,
        "text": str(finding),
    }
