"""The folded form of text, written once more from its definition."""

import unicodedata

SPELLED = {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t"}
SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ")
HIGHEST = 0xD7FF


def fold(text: str) -> str:
    """NFKD, no marks on Latin, Greek or Cyrillic letters, casefold, spelled-out letters, high characters as hexadecimal."""
    kept: list[str] = []
    bearer = ""
    for sign in unicodedata.normalize("NFKD", text):
        is_mark = unicodedata.category(sign) == "Mn"
        bearer = bearer if is_mark else sign
        if not (is_mark and bears_marks(bearer)):
            kept.append(sign)
    return "".join(_high(SPELLED.get(sign, sign)) for sign in "".join(kept).casefold())


def bears_marks(sign: str) -> bool:
    """Whether a mark on this sign is dropped."""
    return bool(sign) and unicodedata.category(sign).startswith("L") and unicodedata.name(sign, "").startswith(SCRIPTS)


def _high(sign: str) -> str:
    return f"{chr(HIGHEST)}{ord(sign):06x}" if len(sign) == 1 and ord(sign) > HIGHEST else sign
