"""What a table of an export is made of: columns with a meaning each."""

from dataclasses import dataclass
from enum import Enum
from typing import Any


class Holds(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    LIST = "list of texts"
    INTEGER = "whole number"
    INTEGERS = "list of whole numbers"
    NUMBER = "number"
    TRUTH = "true or false"
    MOMENT = "moment in UTC"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a cell without a value means: not known, not reported, or not applicable."""

    name: str
    holds: Holds
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns in order, which of them name a row."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


Row = tuple[Any, ...]
"""The values of a row in the order of the table's columns; None where there is none."""


def text(name: str, description: str) -> Column:
    """A column of texts, codes or slugs."""
    return Column(name, Holds.TEXT, description)


def texts(name: str, description: str) -> Column:
    """A column of lists of texts."""
    return Column(name, Holds.LIST, description)


def integer(name: str, description: str) -> Column:
    """A column of whole numbers."""
    return Column(name, Holds.INTEGER, description)


def integers(name: str, description: str) -> Column:
    """A column of lists of whole numbers, of which some may not be known."""
    return Column(name, Holds.INTEGERS, description)


def number(name: str, description: str) -> Column:
    """A column of numbers."""
    return Column(name, Holds.NUMBER, description)


def truth(name: str, description: str) -> Column:
    """A column of true or false."""
    return Column(name, Holds.TRUTH, description)


def moment(name: str, description: str) -> Column:
    """A column of moments."""
    return Column(name, Holds.MOMENT, description)
