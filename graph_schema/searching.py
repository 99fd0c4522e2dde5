"""The texts by which a record is searched: folded words, kept beside the record by whoever writes it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from graph_schema.folding import folded
from graph_schema.kernel import NodeType, Property, Searched

NAMES = "searchedNames"
"""Hidden property of a record: its title in the first line, each alias or label in a line of its own."""
TEXT = "searchedText"
"""Hidden property of a record: its names, then what else is read of it, each text in a line of its own."""
FORM = 1
"""Raised whenever the texts of unchanged records come out differently, so that graphs are brought up to date."""

_WORD = re.compile(r"[^\W_]+")
# How the folded form writes what stands above U+D7FF. No store takes that character for part of a word.
_HIGH = re.compile("\ud7ff([0-9a-f]{6})")


def words_of(text: str) -> list[str]:
    """The words of a text in folded form: `Malmö's CO₂e` → `malmo`, `s`, `co2e`. Emoji are no words."""
    return _WORD.findall(_HIGH.sub(_spelled, folded(text)))


def line_of(words: Iterable[str]) -> str:
    """Words as a line: each stands between blanks, so that a blank before and one after tell a whole word."""
    return f" {' '.join(words)} "


def searched_as(node: NodeType, *roles: Searched) -> tuple[Property, ...]:
    """The properties that a search reads, those of the first role first; what only some may see is not among them."""
    return tuple(each for role in roles for each in node.properties if each.searched is role and each.seen_by is None)


def search_texts(node: NodeType, values: Mapping[str, Any]) -> dict[str, str | None]:
    """What a record is searched by, from all its properties by field. None where it has no words."""
    title, labels, bodies = (_lines(searched_as(node, role), values) for role in Searched)
    names = "\n".join([*(title or [""]), *labels])
    text = "\n".join([names, *bodies])
    return {NAMES: names if names.strip() else None, TEXT: text if text.strip() else None}


def _lines(properties: Iterable[Property], values: Mapping[str, Any]) -> list[str]:
    held = (values.get(each.field) for each in properties)
    texts = (text for value in held for text in (value if isinstance(value, list) else [value]) if text)
    return [line_of(words) for text in texts if (words := words_of(text))]


def _spelled(high: re.Match[str]) -> str:
    return f"x{high[1]}" if chr(int(high[1], 16)).isalnum() else " "
