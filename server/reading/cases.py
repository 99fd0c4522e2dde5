"""Cases that are tried in their order, made into a tree in which what several of them ask for is asked once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.reading.plan import All, Condition, meaning
from server.reading.values import Value


@dataclass(frozen=True, slots=True)
class Case:
    """What has to hold, and what follows: a value, or further cases of which one is sure to hold."""

    condition: Condition
    then: "Value | tuple[Case, ...]"


@dataclass(frozen=True, slots=True)
class _Flat:
    conditions: tuple[Condition, ...]
    then: Value

    def asks(self, condition: Condition) -> bool:
        return any(meaning(each) == meaning(condition) for each in self.conditions)

    def without(self, condition: Condition) -> "_Flat":
        return _Flat(tuple(each for each in self.conditions if meaning(each) != meaning(condition)), self.then)


def tree(cases: Sequence[tuple[Condition, Value]]) -> tuple[Case, ...]:
    """The same choice; a store takes long to plan a condition, and as long again each time it comes back."""
    return _tree([_Flat(tuple(conjuncts(condition)), then) for condition, then in cases])


def _tree(cases: Sequence[_Flat]) -> tuple[Case, ...]:
    if not cases:
        return ()
    condition, length = max(((each, _shared(each, cases)) for each in cases[0].conditions), key=lambda found: found[1], default=(All(), 1))
    if length == 1:
        own = cases[0].conditions
        return (Case(own[0] if len(own) == 1 else All(own), cases[0].then), *_tree(cases[1:]))
    return (Case(condition, _tree([case.without(condition) for case in cases[:length]])), *_tree(cases[length:]))


def _shared(condition: Condition, cases: Sequence[_Flat]) -> int:
    """How many cases, from the first on, ask for it, the last of them for nothing else: then one of them holds where it does."""
    length = 1
    for place, case in enumerate(cases, 1):
        if not case.asks(condition):
            break
        if len(case.conditions) == 1:
            length = place
    return length


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """The conditions that have to hold together for this one."""
    if isinstance(condition, All):
        for part in condition.parts:
            yield from conjuncts(part)
    else:
        yield condition
