"""What a load did, told to the person who asked for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.markup import escape

from server.cli.steps import complaints, console, say_done
from server.errors import GraphUnavailable, PackageRefused
from server.exchange.load import LoadReport
from server.exchange.merging import Conflict, MissingRow

MOST_SHOWN = 20


def summary(report: LoadReport) -> str:
    """What came of it, in one sentence."""
    rows = f"{sum(report.rows.values()):,} rows of {len(report.rows)} tables"
    if report.changed_nothing:
        return f"Nothing changed: the graph says already what the {rows} say"
    created, changed = sum(report.created.values()), sum(report.changed.values())
    would = "would be " if report.dry_run else ""
    return f"{rows}: {created:,} records {would}created, {changed:,} {would}changed; revision {report.revision}"


def tell(report: LoadReport) -> None:
    """What a person should know beside the figures."""
    for note in report.notes:
        say_done(note)
    _section("changed both in the package and in the graph, kept as in the graph", [_conflict(each) for each in report.conflicts])
    gone = [each for each in report.missing if each not in report.withdrawn and each not in report.needed]
    _section("no longer in the package, left as they are", [_missing(each) for each in gone])
    _section("no longer in the package, withdrawn", [_missing(each) for each in report.withdrawn])
    _section("no longer in the package, left because published records need them", [_missing(each) for each in report.needed])


def _section(title: str, lines: list[str]) -> None:
    if lines:
        console.print(f"[yellow]{len(lines)} {escape(title)}:[/]")
        for line in lines[:MOST_SHOWN]:
            console.print(f"  {escape(line)}")
        if len(lines) > MOST_SHOWN:
            console.print(f"  … and {len(lines) - MOST_SHOWN} more")


class Fate:
    """What becomes of a package whose load is broken off: until all of it was sent, nothing of it is kept."""

    def __init__(self) -> None:
        self.all_sent = False

    def told(self, part: str, done: int, total: int) -> None:
        """Hear how far the load is."""
        self.all_sent = part == "write" and done == total

    def words(self) -> str:
        """It, for the person who waits."""
        if self.all_sent:
            return "The package may or may not be written: load it again to be sure, nothing is written twice."
        return "Nothing of the package was written."

    @contextmanager
    def told_when_lost(self) -> Iterator[None]:
        """A database that is lost inside is no reason to wonder what is written."""
        try:
            yield
        except GraphUnavailable as lost:
            told = f"{lost.message} {self.words()}"
            raise GraphUnavailable(told) from lost


@contextmanager
def findings_listed() -> Iterator[None]:
    """Whatever is wrong with a package is told one thing a line, before the refusal itself."""
    try:
        yield
    except PackageRefused as refused:
        _list_findings(refused)
        raise


def _list_findings(refused: PackageRefused) -> None:
    listed = [finding["text"] for finding in refused.details.get("findings", ())]
    for finding in listed:
        complaints.print(f"  {escape(finding)}")
    more = refused.details.get("total", 0) - len(listed)
    if more > 0:
        complaints.print(f"  … and {more} more")


def _conflict(conflict: Conflict) -> str:
    return f"{conflict.label} {conflict.slug}, {conflict.part}: package {conflict.package!r}, graph {conflict.graph!r}"


def _missing(row: MissingRow) -> str:
    return f"{row.table}: {row.slug}" + (f" ({row.part})" if row.part else "")
