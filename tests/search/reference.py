"""The scores once more, from the meaning of a search alone and over all records, for tests to compare with."""

from collections.abc import Iterable, Mapping

from server.search.words import Question

LEVELS = (100, 80, 70, 60, 50, 30, 20)


def distance(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many or have changed places with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, start=1):
        rows.append([i])
        for j, b in enumerate(other, start=1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i].append(best)
    return rows[-1][-1]


def typos(question: Question, known: Iterable[str]) -> dict[str, str]:
    """Which of the known words may have been meant, each with what was typed."""
    long = [typed for typed in question.words if len(typed) >= 5 and not typed.isdigit()]
    pairs = ((word, typed) for word in known for typed in long if abs(len(typed) - len(word)) <= 1 and not word.startswith(typed))
    return {word: typed for word, typed in pairs if distance(typed, word) == 1}


def score_of(question: Question, meant: Mapping[str, str], names: str, text: str) -> int:
    """What one record scores; 0 where it is no hit."""
    if any(f" {phrase} " not in text for phrase in question.phrases):
        return 0
    exact = _level(question, names, text)
    if exact == LEVELS[0] or not meant.keys() & set(text.split()):
        return exact
    return max(exact, _level(question, _mended(meant, names), _mended(meant, text)) - 10)


def _mended(meant: Mapping[str, str], text: str) -> str:
    return "\n".join(" ".join(meant.get(word, word) for word in line.split(" ")) for line in text.split("\n"))


def _level(question: Question, names: str, text: str) -> int:
    title, opening = names.partition("\n")[0], f" {question.line}"
    if title == f"{opening} ":
        return LEVELS[0]
    tests = (
        title.startswith(opening),
        opening in title,
        _has_all(question, title),
        _has_all(question, names),
        opening in text,
        _has_all(question, text),
    )
    return next((score for score, holds in zip(LEVELS[1:], tests, strict=True) if holds), 0)


def _has_all(question: Question, lines: str) -> bool:
    words = lines.split()
    begun = all(any(word.startswith(typed) for word in words) for typed in question.words)
    return begun and all(f" {phrase} " in lines for phrase in question.phrases)
