"""The story of a search: asked with the words known, and once more if the graph has new ones."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from server.cypher import Statement
from server.search.lexicon import Lexicon, Run
from server.search.statement import Position
from server.search.vocabulary import Vocabulary

Read = Callable[[Statement], Awaitable[list[Any]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that answers; its texts are those of the fields that `texts_of` its label names."""

    id: str
    score: int
    slug: str
    texts: tuple[Any, ...]

    @property
    def label(self) -> str:
        """The type of the record."""
        return self.id.partition(":")[0]

    @property
    def position(self) -> Position:
        """Where the page after it begins."""
        return Position(self.score, self.slug, self.id)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found, best first; `total` is None where there was too much to look at all of it."""

    hits: tuple[Hit, ...]
    more: bool
    total: int | None
    truncated: bool
    revision: int


async def find(read: Read, read_all: Run, lexicon: Lexicon, asked: Callable[[Vocabulary], Statement]) -> Found:
    """One statement; two more where the graph has moved on and somebody may have meant one of its new words."""
    statement = asked(lexicon.vocabulary)
    answer = await read(statement)
    if await lexicon.reach(read_all, answer[-1]):
        again = asked(lexicon.vocabulary)
        if again != statement:
            statement, answer = again, await read(again)
    return _found(answer, statement.parameters.get("first", 1) - 1)


def _found(answer: list[Any], first: int) -> Found:
    rows, total, truncated, revision = answer
    hits = tuple(Hit(id, score, slug, tuple(texts)) for id, score, slug, texts in rows[:first])
    return Found(hits, len(rows) > first, total, truncated, revision)
