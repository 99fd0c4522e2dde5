"""Where in a record's texts the words of a search stand."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph_schema.searching import words_of

AROUND = 80
"""Letters shown before and after what was found."""
MOST_FRAGMENTS = 3

_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Highlight:
    """A field and the places of its text that answer."""

    field: str
    fragments: tuple[str, ...]


def highlights(fields: Sequence[str], texts: Sequence[Any], sought: Iterable[str]) -> tuple[Highlight, ...]:
    """The fields in which a word stands that begins with one of those sought."""
    beginnings = tuple(sought)
    found = (Highlight(field, _fragments(held, beginnings)) for field, held in zip(fields, texts, strict=True))
    return tuple(each for each in found if each.fragments)


def _fragments(held: Any, beginnings: tuple[str, ...]) -> tuple[str, ...]:
    listed = held if isinstance(held, list) else [held] if held else []
    found = [fragment for text in listed for fragment in _of(text, beginnings)]
    return tuple(found[:MOST_FRAGMENTS])


def _of(text: str, beginnings: tuple[str, ...]) -> list[str]:
    fragments: list[str] = []
    shown = -1
    for run in _RUN.finditer(text):
        if run.start() >= shown and any(word.startswith(beginnings) for word in words_of(run[0])):
            start, shown = _cut(text, run.start() - AROUND), _cut(text, run.end() + AROUND)
            fragments.append(f"{'…' if start else ''}{text[start:shown].strip()}{'…' if shown < len(text) else ''}")
            if len(fragments) == MOST_FRAGMENTS:
                break
    return fragments


def _cut(text: str, place: int) -> int:
    """The nearest blank from there on, so that no word is cut."""
    if place <= 0:
        return 0
    blank = text.find(" ", place)
    return len(text) if blank < 0 or place >= len(text) else blank
