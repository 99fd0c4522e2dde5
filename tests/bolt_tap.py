"""Counting what really goes over the wire: statements, round trips and records, as the driver itself logs them."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_MESSAGE = re.compile(r"^\[#(?P<connection>\w+)\] +(?P<side>[CS]): (?P<kind>[A-Z]+)")


@dataclass
class Traffic:
    """What was sent and received, heartbeats left out."""

    statements: int = 0
    round_trips: int = 0
    records: int = 0
    sent: list[str] = field(default_factory=list)
    """The driver's words for each statement, with its access mode and limits."""
    _speaking: dict[str, str] = field(default_factory=dict)
    _heartbeats: set[str] = field(default_factory=set)

    def hear(self, line: str) -> None:
        """Count one line of the driver's log."""
        match = _MESSAGE.match(line)
        if not match:
            return
        connection, side, kind = match["connection"], match["side"], match["kind"]
        if side == "C" and "heartbeat" in line:
            self._heartbeats.add(connection)
        if connection in self._heartbeats or (side == "S" and connection not in self._speaking):
            return
        if kind == "RUN":
            self.statements += 1
            self.sent.append(line)
        self.records += kind == "RECORD"
        self.round_trips += side == "S" and self._speaking[connection] == "C"
        self._speaking[connection] = side


class _Tap(logging.Handler):
    def __init__(self, traffic: Traffic) -> None:
        super().__init__(logging.DEBUG)
        self.traffic = traffic

    def emit(self, record: logging.LogRecord) -> None:
        self.traffic.hear(record.getMessage())


@contextmanager
def bolt_traffic() -> Iterator[Traffic]:
    """What goes between this process and its databases while inside."""
    log = logging.getLogger("neo4j.io")
    level, tap = log.level, _Tap(Traffic())
    log.addHandler(tap)
    log.setLevel(logging.DEBUG)
    try:
        yield tap.traffic
    finally:
        log.removeHandler(tap)
        log.setLevel(level)
