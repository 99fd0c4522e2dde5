"""The story of a search: asked with the words known, and once more if the graph has new ones."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.cypher import Statement
from server.search.facets import Counts, read_counts
from server.search.lexicon import Lexicon, Stream
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
    """What a search has found, best first; `total` is None where there was too much to look at all of it.

    `before` is how many hits come before these. `facets` counts all hits, each score apart. `sought` are the words, or
    beginnings of words, by which they were found, those that may have been meant among them. `unknown` are places that were
    asked for and are none, each with the name of its argument.
    """

    hits: tuple[Hit, ...]
    more: bool
    total: int | None
    truncated: bool
    before: int
    facets: Counts
    sought: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]
    revision: int


async def find(read: Read, stream: Stream, lexicon: Lexicon, asked: Callable[[Vocabulary], Statement], facets: Sequence[str] = ()) -> Found:
    """One statement; two more where the graph has moved on and somebody may have meant one of its new words."""
    statement = asked(lexicon.vocabulary)
    answer = await read(statement)
    if await lexicon.reach(stream, answer[-1]):
        again = asked(lexicon.vocabulary)
        if again != statement:
            statement, answer = again, await read(again)
    return _found(answer, statement.parameters, facets)


def _found(answer: list[Any], asked: Mapping[str, Any], facets: Sequence[str]) -> Found:
    rows, total, truncated, before, counts, unknown, revision = answer
    first = asked.get("first", 1) - 1
    hits = tuple(Hit(id, score, slug, tuple(texts)) for id, score, slug, texts in rows[:first])
    meant = (word for word, _ in asked.get("meant", ()))
    sought = {word for line in (*asked.get("needles", ()), *meant) for word in line.split()}
    return Found(
        hits,
        len(rows) > first,
        total,
        truncated,
        before,
        read_counts(facets, counts),
        tuple(sorted(sought)),
        tuple((name, given) for name, given in unknown),
        revision,
    )
