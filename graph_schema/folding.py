"""The folded form of text: what filters and orders compare."""

import unicodedata

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t"})
_MARKED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
_LAST_BELOW_SURROGATES = "\ud7ff"


def folded(text: str) -> str:
    """`Malmö` and `MALMO` → `malmo`, ordered alike by every store.

    NFKD without the marks that follow a Latin, Greek or Cyrillic letter, casefolded, letters that carry their
    mark inside spelled out. A character above U+D7FF is written as U+D7FF and six hexadecimal digits, because
    Neo4j orders by UTF-16 units and the embedded store by code points: below that line both agree.
    """
    if text.isascii():
        return text.lower()
    lowered = _without_marks(unicodedata.normalize("NFKD", text)).casefold().translate(_LETTERS)
    return "".join(letter if letter <= _LAST_BELOW_SURROGATES else f"{_LAST_BELOW_SURROGATES}{ord(letter):06x}" for letter in lowered)


def _without_marks(decomposed: str) -> str:
    kept: list[str] = []
    after_letter = False
    for letter in decomposed:
        if unicodedata.category(letter) == "Mn":
            if not after_letter:
                kept.append(letter)
        else:
            kept.append(letter)
            after_letter = letter.isalpha() and unicodedata.name(letter, "").startswith(_MARKED_SCRIPTS)
    return "".join(kept)
