"""What is matched, and under which conditions: those that ask for much are worked out before they decide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BRACE = re.compile(r"(?P<subquery>(?:COUNT|EXISTS|COLLECT) )?\{|\}")
_DEEP = 2


@dataclass(frozen=True, slots=True)
class Match:
    """`MATCH … WHERE …`, ready to be gone on with.

    Neo4j plans a condition anew for each way in which it could find what it is about. Subqueries within subqueries then take
    it minutes: a condition with any is a value first, behind the match, which is planned once and read once a record.
    """

    pattern: str
    conditions: Sequence[str]
    carried: Sequence[str]
    """The variables that are gone on with, the record first."""
    ahead: str = ""
    """What comes before it in its query."""

    @property
    def record(self) -> str:
        """The variable of the record."""
        return self.carried[0]

    def __str__(self) -> str:
        return self._written()[0]

    @property
    def whole(self) -> str:
        """The same where nothing follows: a query that ends there."""
        text, staged = self._written()
        return f"{text} RETURN {self.record}" if staged else text

    def _written(self) -> tuple[str, bool]:
        """The text, and whether values come behind its match."""
        deep = [each for each in self.conditions if depth(each) >= _DEEP]
        text = f"{self.ahead}MATCH {self.pattern}{_where([each for each in self.conditions if each not in deep])}"
        if not deep:
            return text, False
        named = {f"{self.record}c{place}": each for place, each in enumerate(deep)}
        values = ", ".join([*self.carried, *(f"{each} AS {name}" for name, each in named.items())])
        return f"{text} WITH {values}{_where(list(named))}", True


def depth(text: str) -> int:
    """How deep subqueries stand within one another."""
    deepest, subqueries = 0, list[bool]()
    for brace in _BRACE.finditer(text):
        if brace[0] == "}":
            subqueries.pop()
        else:
            subqueries.append(brace["subquery"] is not None)
            deepest = max(deepest, sum(subqueries))
    return deepest


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
