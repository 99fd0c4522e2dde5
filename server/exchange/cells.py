"""One cell of a table: text there, a value here, and back without loss."""

import calendar
import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from graph_schema.kernel import Kind, Property

MOST_CELL_BYTES = 20 * 1024
MOST_LIST_ITEMS = 100
EMPTY_LIST = ";"
"""A source reports that there is none; an empty cell means that none reports anything."""

_WHOLE = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_LARGEST = 2**31 - 1
"""What GraphQL's Int can hold."""
_TRUE = ("true", "True", "TRUE", "1")
_FALSE = ("false", "False", "FALSE", "0")
# A semicolon inside an item is written with a backslash before it, and so is a backslash that would be taken for that sign.
_ESCAPED = re.compile(r"\\(?=[;\\]|$)|;")
_ITEM = re.compile(r"\\([;\\])|(;)|([^;\\]+|\\)")


class Unreadable(Exception):
    """A cell that does not hold what its column is for."""

    def __init__(self, reason: str, expected: str) -> None:
        super().__init__(f"{reason}; expected {expected}")
        self.reason = reason
        self.expected = expected


def split_list(text: str) -> list[str]:
    """`a;b` → two items; `\\;` inside an item stands for a semicolon, and `;` alone for the empty list."""
    if text == EMPTY_LIST:
        return []
    if "\\" not in text:
        return text.split(";")
    items = [""]
    for escaped, separator, plain in _ITEM.findall(text):
        if separator:
            items.append("")
        else:
            items[-1] += escaped or plain
    return items


def join_list(items: Sequence[str]) -> str:
    """The one cell that `split_list` reads as these items."""
    if not items:
        return EMPTY_LIST
    return ";".join([_ESCAPED.sub(r"\\\g<0>", item) if ";" in item or "\\" in item else item for item in items])


def real_date(text: str) -> bool:
    """Whether it is a year, a month or a day that exists."""
    found = _DATE.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part) if part else None for part in found.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or (month is not None and 1 <= day <= calendar.monthrange(year, month)[1])


def read_value(declared: Property, text: str) -> Any:
    """The value that a filled cell of this property holds."""
    value = _READERS[declared.kind](declared, text)
    within(declared, value)
    return value


def within(declared: Property, value: Any) -> None:
    """Refuse a figure outside the declared bounds."""
    if declared.minimum is not None and value < declared.minimum:
        raise Unreadable(f"{value} is too small", f"at least {declared.minimum:g}")
    if declared.maximum is not None and value > declared.maximum:
        raise Unreadable(f"{value} is too large", f"at most {declared.maximum:g}")


def read_number(text: str) -> float:
    """A number as tables write it: a point before the fraction, no other marks."""
    if not _NUMBER.fullmatch(text):
        raise Unreadable(f"{shortened(text)} is not a number", "a number such as 1200.5, without unit or thousands mark")
    number = float(text)
    if not math.isfinite(number):
        raise Unreadable(f"{shortened(text)} is too large to be held", "a number such as 1200.5")
    return number


def read_whole(text: str) -> int:
    """A whole number that GraphQL can tell."""
    if not _WHOLE.fullmatch(text):
        raise Unreadable(f"{shortened(text)} is not a whole number", "digits only, such as 1200")
    if abs(int(text)) > _LARGEST:
        raise Unreadable(f"{shortened(text)} is too large", f"at most {_LARGEST}")
    return int(text)


def read_truth(text: str) -> bool:
    """Yes or no, in the spellings that Frictionless and spreadsheets use."""
    if text not in _TRUE and text not in _FALSE:
        raise Unreadable(f"{shortened(text)} is neither yes nor no", "true or false")
    return text in _TRUE


def write_value(declared: Property, value: Any) -> str:
    """The cell from which `read_value` reads this value."""
    if value is None:
        return ""
    if declared.kind is Kind.TEXT_LIST:
        return join_list(value)
    if declared.kind is Kind.BOOLEAN:
        return "true" if value else "false"
    if declared.kind is Kind.FLOAT:
        return write_number(value)
    return str(value)


def write_number(value: float) -> str:
    """The shortest text that reads back as the same number."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def shortened(text: str) -> str:
    """A cell's text as a sentence can quote it."""
    return f"“{text}”" if len(text) <= 60 else f"“{text[:57]}…”"


def _text(declared: Property, text: str) -> str:
    if declared.max_length and len(text) > declared.max_length:
        raise Unreadable(f"{len(text)} characters are too many", f"at most {declared.max_length}")
    return text


def _choice(declared: Property, text: str) -> str:
    assert declared.vocabulary
    if text not in declared.vocabulary.values:
        raise Unreadable(f"{shortened(text)} is not in the list", f"one of {', '.join(declared.vocabulary.values)}")
    return text


def _date(declared: Property, text: str) -> str:
    if not real_date(text):
        raise Unreadable(
            f"{shortened(text)} is not a date that exists", "YYYY-MM-DD" if declared.whole_day else "YYYY, YYYY-MM or YYYY-MM-DD"
        )
    if declared.whole_day and len(text) != len("YYYY-MM-DD"):
        raise Unreadable(f"{shortened(text)} is not a whole day", "YYYY-MM-DD")
    return text


def read_texts(text: str) -> list[str]:
    """The items of a list cell."""
    items = split_list(text)
    if len(items) > MOST_LIST_ITEMS:
        raise Unreadable(f"{len(items)} items are too many", f"at most {MOST_LIST_ITEMS}")
    if "" in items:
        raise Unreadable("an item of the list is empty", "items separated by single semicolons")
    return items


_READERS: dict[Kind, Callable[[Property, str], Any]] = {
    Kind.TEXT: _text,
    Kind.CODE: _text,
    Kind.ENUM: _choice,
    Kind.PARTIAL_DATE: _date,
    Kind.DATE_TIME: _text,
    Kind.INT: lambda _, text: read_whole(text),
    Kind.FLOAT: lambda _, text: read_number(text),
    Kind.BOOLEAN: lambda _, text: read_truth(text),
    Kind.TEXT_LIST: lambda _, text: read_texts(text),
}
