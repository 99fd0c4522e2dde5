"""The vocabulary of a graph, kept as long as the graph does not move."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from graph_schema.searching import TEXT
from server.cypher import Statement
from server.search.vocabulary import Vocabulary

Run = Callable[[Statement], Awaitable[list[list[Any]]]]

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

    async def reach(self, run: Run, revision: int) -> bool:
        """Know the words of that revision; whether anything had to be read for it."""
        async with self._turn:
            if self.revision >= revision:
                return False
            head, *grown = await run(Statement(_GROWN, {"graph": "graph", "since": self.revision}))
            # Many records at once, as after a load, take longer than an event loop may stand still.
            self.vocabulary = await asyncio.to_thread(self.vocabulary.plus, [text for _, text in grown])
            self.revision = head[0]
            return True
