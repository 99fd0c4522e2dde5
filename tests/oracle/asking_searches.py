"""What somebody may search for, drawn: words of the records, whole, begun or mistyped, alone, together or in quotes."""

from collections.abc import Callable
from typing import Any

from graph_schema.names import upper_snake
from tests.oracle.marks import Marks
from tests.oracle.searching import Searching, words
from tests.oracle.values import STRANGE_TEXTS
from tests.oracle.writing_values import Name, Pen

SEARCHES = ("search", "suggest")
SIZES = (1, 2, 3, 20)
MOST_WORDS = 10
# Where more may be meant than a service looks at, an index decides what is found.
MOST_LOOKED_AT = 900
NONSENSE = "nowhere to be found"


def of_search(pen: Pen, name: str, marks: Marks) -> dict[str, Any]:
    """The arguments of a search or of a suggestion."""
    searching = marks.oracle.searching
    asked: dict[str, Any] = {"text": _text(pen, searching)}
    types = sorted({upper_snake(each.record["label"]) for each in searching.read})
    if pen.chance(25):
        asked["types"] = [Name(each) for each in pen.some(types, 4)]
    if name == "search":
        asked |= _places(pen, searching)
        if pen.chance(25):
            asked["after"] = marks.hit(pen, asked)
    return asked | ({"first": pen.pick(SIZES)} if pen.chance(75) else {})


def _places(pen: Pen, searching: Searching) -> dict[str, Any]:
    world = searching.seen.world
    codes = [each["code"] for each in world.visible("Country")]
    known = [each for each in world.visible("Concept") if each["scheme"] == "FIELD"]
    fields = [each[name] for each in known for name in ("slug", "notation") if each.get(name)]
    drawn: dict[str, Any] = {}
    if pen.chance(15):
        drawn["countries"] = [pen.pick([code, code.lower()]) for code in pen.some(codes, 3)]
    if pen.chance(15):
        drawn["fields"] = pen.some(fields, 3)
    return drawn


def _text(pen: Pen, searching: Searching) -> str:
    drawn = pen.pick(_WAYS)(pen, searching)
    bent = pen.pick([drawn, drawn, drawn.upper(), drawn.swapcase()])
    return bent if len(words(bent)) <= MOST_WORDS and searching.looked_at(bent) <= MOST_LOOKED_AT else NONSENSE


def _said(pen: Pen, searching: Searching) -> list[str]:
    """The words of something that a record says, mostly of one that may be seen."""
    read = searching.visible if pen.chance(90) else searching.read
    texts = searching.texts(pen.pick(read).record)
    return (pen.pick(texts).split() if texts else []) or [NONSENSE]


def _word(pen: Pen, searching: Searching) -> str:
    return pen.pick(_said(pen, searching))


def _beginning(pen: Pen, searching: Searching) -> str:
    word = _word(pen, searching)
    return word[: pen.number(1, len(word))]


def _mistyped(pen: Pen, searching: Searching) -> str:
    said = _said(pen, searching)
    word = pen.pick([each for each in said if len(each) >= 5] or said)
    place = pen.number(0, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    return pen.pick([before + after, word[: place + 1] + word[place:], before + "e" + after, before + after[:1] + letter + after[1:]])


def _together(pen: Pen, searching: Searching) -> str:
    return " ".join(pen.shuffled(pen.some(_said(pen, searching), 3)))


def _apart(pen: Pen, searching: Searching) -> str:
    return f"{_word(pen, searching)} {_beginning(pen, searching)}"


def _quoted(pen: Pen, searching: Searching) -> str:
    said = _said(pen, searching)
    start = pen.number(0, len(said) - 1)
    phrase = f'"{" ".join(said[start : start + pen.number(1, 3)])}"'
    return pen.pick([phrase, f"{phrase} {pen.pick(said)}", f"{pen.pick(said)} {phrase}", phrase[:-2] + '"'])


def _whole(pen: Pen, searching: Searching) -> str:
    return " ".join(_said(pen, searching)[:MOST_WORDS])


def _strange(pen: Pen, _searching: Searching) -> str:
    return pen.pick([*STRANGE_TEXTS, NONSENSE, "!!!", '""', '"a', "AND OR", "a*"])


_WAYS: tuple[Callable[[Pen, Searching], str], ...] = (
    _word, _word, _beginning, _beginning, _mistyped, _mistyped, _together, _apart, _quoted, _whole, _strange,
)  # fmt: skip
