"""Answers remembered for as long as the graph stays as it is."""

from dataclasses import dataclass, replace

import orjson

from server.operations.answer import Answer
from server.operations.kept import Kept
from server.operations.preparation import Question

MOST_ANSWERS = 10_000
# Bytes that an answer and its key take besides their texts.
BESIDES = 1_000
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
        """The answer, with its data as text where it is remembered."""
        if not self._takes(question) or answer.errors:
            return answer
        text = _fitting(orjson.dumps(answer.content))
        written = replace(answer, content=orjson.Fragment(text))
        key = _key(question)
        weight = len(text) + len(question.key[0]) + len(key[1]) + BESIDES
        if weight <= self._most:
            self._kept.keep(key, Remembered(written, revision), weight)
        return written

    def _takes(self, question: Question) -> bool:
        reading = question.prepared.reading
        return bool(self._most) and not question.heavy and not reading.choosing and reading.needs_graph


def _key(question: Question) -> tuple[object, bytes]:
    return question.key, _fitting(orjson.dumps(list(question.variables.items())))


def _fitting(text: bytes) -> bytes:
    """The same in memory of its own length; what orjson hands out holds some kilobytes more, however short it is."""
    return bytes(memoryview(text))
