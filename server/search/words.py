"""What somebody types becomes words and phrases to look for, whatever it is."""

import re
from dataclasses import dataclass

from graph_schema.searching import line_of, words_of
from server.errors import OverLimit

_QUOTE = '"“”„‟«»'
_QUOTED = re.compile(f"[{_QUOTE}]([^{_QUOTE}]*)[{_QUOTE}]")


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: every word, as it is or as the beginning of one, and every phrase, exactly.

    `line` has the words of both, in the order in which they were typed.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    line: str = ""

    def __bool__(self) -> bool:
        return bool(self.line)


def read_question(text: str, most: int) -> Question:
    """Any text is a question; one without a word finds nothing, one of too many words is refused."""
    words: list[str] = []
    phrases: list[str] = []
    line: list[str] = []
    # Every second part stood in quotes; a quote that is never closed is none.
    for place, part in enumerate(_QUOTED.split(text)):
        found = words_of(part)
        line.extend(found)
        if len(line) > most:
            raise OverLimit("search_words", most, "more")
        if place % 2 and found:
            phrases.append(" ".join(found))
        else:
            words.extend(found)
    return Question(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(phrases)), " ".join(line))


def needles(question: Question) -> list[str]:
    """What a line must contain to answer the question: beginnings of words, and whole phrases."""
    return [*(f" {word}" for word in question.words), *(line_of(phrase.split()) for phrase in question.phrases)]
