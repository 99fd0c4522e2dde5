"""Answers remembered for as long as the graph stays as it is."""

from dataclasses import dataclass, replace

import orjson

from server.operations.answer import Answer
from server.operations.kept import Kept
from server.operations.preparation import Question

MOST_ANSWERS = 10_000
# What an answer weighs by the length of its text: its objects stay beside the text.
WEIGHT = 6
# No single answer takes more than this part of the memory.
LARGEST = 8


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer, and the revision of the graph that it tells of."""

    answer: Answer
    revision: int


class Remembering:
    """Remembers answers to questions that are answered out of the graph alone, up to so many bytes of memory.

    It never says by itself that an answer still holds: the statement of the next equal question does, where the graph's revision
    is the one remembered.
    """

    def __init__(self, most_bytes: int) -> None:
        self._kept: Kept[Remembered] = Kept(MOST_ANSWERS, most_bytes)
        self._most = most_bytes // LARGEST

    def recall(self, question: Question) -> Remembered | None:
        """What was answered last to an equal question."""
        return self._kept.get(_key(question)) if self._takes(question) else None

    def remember(self, question: Question, answer: Answer, revision: int) -> Answer:
        """The answer, with its text where it is remembered."""
        if not self._takes(question) or answer.errors:
            return answer
        text = answer.encode()
        if WEIGHT * len(text) > self._most:
            return replace(answer, text=text)
        key = _key(question)
        # Many small answers to long documents weigh as much as the documents.
        weight = WEIGHT * len(text) + len(question.key[0]) + len(key[1])
        return self._kept.keep(key, Remembered(replace(answer, text=text), revision), weight).answer

    def _takes(self, question: Question) -> bool:
        reading = question.prepared.reading
        return bool(self._most) and not question.heavy and not reading.choosing and reading.needs_graph


def _key(question: Question) -> tuple[object, bytes]:
    return question.key, orjson.dumps(list(question.variables.items()))
