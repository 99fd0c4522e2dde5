"""The vocabulary of a graph, kept as long as the graph does not move."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from graph_schema.searching import TEXT
from server.cypher import Statement
from server.search.vocabulary import Vocabulary, words_kept

Stream = Callable[[Statement], AsyncIterator[list[Any]]]

BATCH = 1_000
"""Texts from which words are taken at one go: never are more of them held."""

# The revision comes first: whatever was kept until then is among the texts that follow.
_GROWN = (
    "MATCH (g:`Graph` {id: $graph}) RETURN g.revision AS revision, null AS text "
    f"UNION ALL MATCH (n:`Record`) WHERE n.revision > $since AND n.`{TEXT}` IS NOT NULL RETURN n.revision AS revision, n.`{TEXT}` AS text"
)


class Lexicon:
    """The words of a graph at some revision; it only ever grows, by the records that have changed since."""

    def __init__(self) -> None:
        self.revision = -1
        self.vocabulary = Vocabulary()
        self._turn = asyncio.Lock()

    async def reach(self, stream: Stream, revision: int) -> bool:
        """Know the words of that revision; whether anything had to be read for it."""
        async with self._turn:
            if self.revision >= revision:
                return False
            arriving = stream(Statement(_GROWN, {"graph": "graph", "since": self.revision}))
            reached, _ = await anext(arriving)
            words: set[str] = set()
            async for texts in _batches(arriving):
                # Many records at once, as after a load, take longer than an event loop may stand still.
                words |= await asyncio.to_thread(words_kept, texts)
            self.vocabulary = await asyncio.to_thread(self.vocabulary.plus, words)
            self.revision = reached
            return True


async def _batches(arriving: AsyncIterator[list[Any]]) -> AsyncIterator[list[str]]:
    texts: list[str] = []
    async for _, text in arriving:
        texts.append(text)
        if len(texts) == BATCH:
            yield texts
            texts = []
    if texts:
        yield texts
