"""What is matched, and under which conditions: those that ask for much are worked out before they decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SUBQUERIES = ("COUNT ", "EXISTS ", "COLLECT ")
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

    def __str__(self) -> str:
        plain = [each for each in self.conditions if depth(each) < _DEEP]
        where = f" WHERE {' AND '.join(plain)}" if plain else ""
        text = f"MATCH {self.pattern}{where}"
        deep = [(f"{self.carried[0]}c{place}", each) for place, each in enumerate(self._deep)]
        values = [f"{each} AS {name}" for name, each in deep]
        return f"{text} WITH {', '.join([*self.carried, *values])} WHERE {' AND '.join(name for name, _ in deep)}" if deep else text

    @property
    def whole(self) -> str:
        """The same where nothing follows: a query that ends there."""
        return f"{self} RETURN {self.carried[0]}" if self._deep else str(self)

    @property
    def _deep(self) -> list[str]:
        return [each for each in self.conditions if depth(each) >= _DEEP]


def depth(text: str) -> int:
    """How deep subqueries stand within one another."""
    return max(_depths(text), default=0)


def _depths(text: str) -> Iterator[int]:
    open_braces: list[bool] = []
    for place, sign in enumerate(text):
        if sign == "{":
            open_braces.append(text.endswith(_SUBQUERIES, 0, place))
            yield sum(open_braces)
        elif sign == "}":
            open_braces.pop()
