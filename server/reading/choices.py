"""Conditions on what follows from rules, as conditions on what the rules look at."""

from collections.abc import Callable, Iterator
from typing import Any

from server.reading.plan import ALWAYS, NEVER, All, Choice, Condition, Some, meaning
from server.reading.values import Value

Fits = Callable[[Any], bool]

_FITS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda held, asked: held == asked,
    "in": lambda held, asked: held in asked,
    "gt": lambda held, asked: held > asked,
    "gte": lambda held, asked: held >= asked,
    "lt": lambda held, asked: held < asked,
    "lte": lambda held, asked: held <= asked,
}


def fitting(operator: str, asked: Any) -> Fits | None:
    """Whether a value fits, where an operator can be worked out beforehand; a missing value fits none."""
    fits = _FITS.get(operator)
    return (lambda held: held is not None and fits(held, asked)) if fits else None


def unfolded(of: Choice, fits: Fits, negated: Callable[[Condition], Condition]) -> Condition | None:
    """The condition under which a choice has a value that fits; None where that depends on a stored value.

    Databases plan it far sooner than a comparison with the choice itself.
    """
    if not isinstance(of.otherwise, Value):
        return None
    found: Condition = ALWAYS if fits(of.otherwise.constant) else NEVER
    for test, then in reversed(of.cases):
        found = _either(test, found) if fits(then.constant) else _both(negated(test), found)
    return found


def _either(one: Condition, other: Condition) -> Condition:
    if other in (ALWAYS, NEVER):
        return ALWAYS if other == ALWAYS else one
    # What asks for more than the other adds nothing to it.
    return other if set(_parts(other)) <= set(_parts(one)) else Some((one, other))


def _both(one: Condition, other: Condition) -> Condition:
    if other in (ALWAYS, NEVER):
        return NEVER if other == NEVER else one
    return All((one, other))


def _parts(condition: Condition) -> Iterator[Any]:
    if isinstance(condition, All) and condition.parts:
        for part in condition.parts:
            yield from _parts(part)
    else:
        yield meaning(condition)
