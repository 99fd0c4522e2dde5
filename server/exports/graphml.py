"""The network of transfers as GraphML: cities are nodes, each city that gave has an edge to the one that received."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from server.exchange.cells import write_number
from server.exports.places import Place, Places
from server.exports.tables import Holds, Row, Table, integer, number, text
from server.exports.transfers import TABLE as TRANSFERS

MEDIA_TYPE = "application/graphml+xml; charset=utf-8"

NODE_KEYS = (
    text("name", "English name of the city."),
    text("country", "ISO 3166-1 code of its country."),
    number("latitude", "Degrees north, WGS84."),
    number("longitude", "Degrees east, WGS84."),
    integer("population", "Inhabitants."),
)
_CREDIT = number("credit", "1 divided by the number of cities that gave: the credits of a transfer sum to 1.")
_OF_EDGE = ("transfer", "innovation", "innovation_title", "kind", "degree", "channel", "year", "outcome", "claim_level", "counts",
            "why_not", "joint_attribution", "crosses_border")  # fmt: skip
EDGE_KEYS = (*(column for name in _OF_EDGE for column in TRANSFERS.columns if column.name == name), _CREDIT)
_PLACES = {column.name: place for place, column in enumerate(TRANSFERS.columns)}
_TYPES = {Holds.INTEGER: "int", Holds.NUMBER: "double", Holds.TRUTH: "boolean"}

# XML 1.0 has no place for these, escaped or not.
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Of a hundred texts ninety-nine have nothing in them that must be written differently, which one search tells.
_SPECIAL = re.compile(f'[&<>"\t\n\r]|{_UNSAYABLE.pattern}')

CLOSING = b"</graph>\n</graphml>\n"


def opening(table: Table, metadata: str) -> bytes:
    """What stands before the first node."""
    keys = [
        f'<key id="{kind[0]}-{each.name}" for="{kind}" attr.name="{each.name}" attr.type="{_TYPES.get(each.holds, "string")}">'
        f"<desc>{_said(each.description)}</desc></key>\n"
        for kind, columns in (("node", NODE_KEYS), ("edge", EDGE_KEYS))
        for each in columns
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
        f"<desc>{_said(metadata)}</desc>\n{''.join(keys)}"
        f'<graph id="{table.name}" edgedefault="directed">\n<desc>{_said(table.description)}</desc>\n'
    ).encode()


class Drawing:
    """Draws rows of transfers; a city is drawn before the first edge that needs it."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._cities = _Once(_named)
        self._drawn: set[str] = set()

    def draw(self, rows: Sequence[Row]) -> bytes:
        """The nodes and edges of these rows."""
        if not rows:
            return b""
        columns = dict(zip(_PLACES, zip(*rows, strict=True), strict=True))
        told = zip(*(_Once(partial(_data, "e", name)).of(columns[name]) for name in _OF_EDGE), strict=True)
        ends = zip(columns["transfer"], columns["source_cities"], columns["target_city"], told, strict=True)
        return "".join(part for slug, givers, target, shared in ends for part in self._transfer(slug, givers, target, shared)).encode()

    def _transfer(self, slug: str, givers: Sequence[str] | None, target: str | None, shared: Sequence[str]) -> Iterator[str]:
        if not givers or not target:
            return
        for city in (*givers, target):
            if city not in self._drawn:
                self._drawn.add(city)
                yield f"<node id={self._cities[city]}>{_known(self._places.of.get(city))}</node>\n"
        data = "".join([*shared, _data("e", _CREDIT.name, 1 / len(givers))])
        for giver in givers:
            name = slug if len(givers) == 1 else f"{slug}:{giver}"
            yield f"<edge id={_named(name)} source={self._cities[giver]} target={self._cities[target]}>{data}</edge>\n"


class _Once(dict[Any, str]):
    """How each value is written: most values of a column are those of other rows, and writing one takes ten times as long as this."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: Any) -> str:
        written = self[value] = self._write(value)
        return written

    def of(self, values: Iterable[Any]) -> Iterator[str]:
        """The values, written."""
        return map(self.__getitem__, values)


def _known(place: Place | None) -> str:
    return "".join(_data("n", key.name, getattr(place, key.name)) for key in NODE_KEYS) if place else ""


def _data(kind: str, name: str, value: Any) -> str:
    if value is None:
        return ""
    return f'<data key="{kind}-{name}">{_said(_written(value))}</data>'


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return write_number(value) if isinstance(value, float) else str(value)


def _said(text: str) -> str:
    if not _SPECIAL.search(text):
        return text
    # A bare carriage return would be read as a line feed.
    return escape(_UNSAYABLE.sub("\ufffd", text), {"\r": "&#13;"})


def _named(text: str) -> str:
    if not _SPECIAL.search(text):
        return f'"{text}"'
    return quoteattr(_UNSAYABLE.sub("\ufffd", text))
