"""How well a record answers a question: one expression, decided in Cypher and the same on every store."""

TITLE_EQUALS = 100
TITLE_BEGINS = 80
TITLE_HAS_PHRASE = 70
TITLE_HAS_WORDS = 60
NAME_HAS_WORDS = 50
TEXT_HAS_PHRASE = 30
TEXT_HAS_WORDS = 20
TYPO = 10
"""What is taken off where only words with a typo answer."""

MENDED = "reduce(line = {line}, meant IN $meant | replace(line, meant[0], meant[1]))"
"""A line in which every word that may have been meant is written as it was typed."""


def level(title: str, names: str, text: str | None) -> str:
    """The score of three lines, 0 where they do not answer; without `text` only what a record is called counts."""
    cases = [
        (f"{title} = $whole", TITLE_EQUALS),
        (f"{title} STARTS WITH $opening", TITLE_BEGINS),
        (f"{title} CONTAINS $opening", TITLE_HAS_PHRASE),
        (_has_all(title), TITLE_HAS_WORDS),
        (_has_all(names), NAME_HAS_WORDS),
    ]
    if text:
        cases += [(f"{text} CONTAINS $opening", TEXT_HAS_PHRASE), (_has_all(text), TEXT_HAS_WORDS)]
    return f"CASE {' '.join(f'WHEN {condition} THEN {score}' for condition, score in cases)} ELSE 0 END"


def better(exact: str, mended: str) -> str:
    """The higher of two levels, the second of which needs a typo."""
    return f"CASE WHEN {mended} - {TYPO} > {exact} THEN {mended} - {TYPO} ELSE {exact} END"


def _has_all(line: str) -> str:
    # Written out as a list: inside CASE the embedded store takes all(… IN … WHERE …) for the condition in it.
    return f"size([needle IN $needles WHERE NOT {line} CONTAINS needle]) = 0"
