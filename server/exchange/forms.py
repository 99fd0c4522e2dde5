"""The forms of cells, as a description gives them to machines and as people are told of them."""

KEY = r"^[^\s;]+$"
KEYS = r"^[^\s;]+(;[^\s;]+)*$"
ADDRESS = r"^https?://\S+$"
ADDRESSES = r"^https?://\S+$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"

_SLUG = "[a-z0-9]+(-+[a-z0-9]+)*"

_WORDS = {
    KEY: "a key without blanks or semicolons",
    KEYS: "keys separated by semicolons, without blanks",
    ADDRESS: "a public address that begins with http:// or https://",
    r"^https?://[^\s;]+(;https?://[^\s;]+)*$": "public addresses separated by semicolons, each beginning with http:// or https://",
    DAY: "a day as YYYY-MM-DD",
    DATE: "YYYY, YYYY-MM or YYYY-MM-DD",
    f"^{_SLUG}$": "a key of small letters, digits and hyphens",
    f"^{_SLUG}(;{_SLUG})*$": "keys of small letters, digits and hyphens, separated by semicolons",
    "^[A-Z]{2}$": "a code of two capital letters",
    "^[A-Z]+(_[A-Z]+)*$": "capital letters, words joined by underscores",
    "^[^;]+(;[^;]+)*$": "texts separated by semicolons",
}


def in_words(pattern: str) -> str:
    """What a pattern asks for; one that nobody has put into words speaks for itself."""
    return _WORDS.get(pattern) or f"text that matches {pattern}"
