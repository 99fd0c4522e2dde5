"""Where the values of a plan come from, so that one plan serves every request of its shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Value:
    """Something that becomes a parameter: a constant of the document, or a place in the variables.

    Values compare by identity, never by what they hold, and all look alike in a plan's `repr`: two
    requests that differ in values only have plans that look alike.
    """

    constant: Any = None
    path: tuple[str | int, ...] | None = None
    convert: Convert | None = None
    parts: tuple["Value", ...] | None = None

    def resolve(self, variables: Mapping[str, Any]) -> Any:
        """What the parameter is in a request with these variables."""
        if self.parts is not None:
            return [part.resolve(variables) for part in self.parts]
        if self.path is None:
            return self.constant
        found: Any = variables
        for step in self.path:
            found = found[step]
        return self.convert(found) if self.convert else found

    @property
    def source(self) -> tuple[Any, ...]:
        """Where it comes from: two values of one source are the same in every request."""
        parts = tuple(part.source for part in self.parts or ())
        return self.path, repr(self.constant), parts, self.parts is None

    def __repr__(self) -> str:
        return "?"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the variables, with what stands there in the request that is being planned."""

    path: tuple[str | int, ...]
    now: Any


def slotted(variable: Any, path: tuple[str | int, ...]) -> Any:
    """A variable's value with a slot in the place of every leaf; a list of leaves is one leaf.

    An empty list is no slot: that it is empty decides the plan.
    """
    if isinstance(variable, dict):
        return {key: slotted(value, (*path, key)) for key, value in variable.items()}
    if isinstance(variable, list) and (not variable or any(isinstance(item, dict | list) for item in variable)):
        return [slotted(item, (*path, place)) for place, item in enumerate(variable)]
    return None if variable is None else Slot(path, variable)


def now(leaf: Any) -> Any:
    """What a leaf is in the request that is being planned."""
    here = leaf.now if isinstance(leaf, Slot) else leaf
    return [now(item) for item in here] if isinstance(here, list) else _bare(here)


def value(leaf: Any, convert: Convert | None = None) -> Value:
    """A leaf as a value of the plan. `convert` turns what clients write into what the graph holds."""
    each = _plain(convert)
    if isinstance(leaf, Slot):
        return Value(path=leaf.path, convert=(_listwise(each) if isinstance(leaf.now, list) else each))
    if isinstance(leaf, list) and any(isinstance(item, Slot) for item in leaf):
        return Value(parts=tuple(value(item, convert) for item in leaf))
    return Value(constant=_listwise(each)(leaf) if isinstance(leaf, list) else each(leaf))


def resolver(given: Any) -> Convert:
    """What gives an argument, an input object too, in a request with these variables."""
    if isinstance(given, dict):
        parts = {name: resolver(part) for name, part in given.items()}
        return lambda variables: {name: part(variables) for name, part in parts.items()}
    return value(given).resolve


def _plain(convert: Convert | None) -> Convert:
    return (lambda leaf: convert(_bare(leaf))) if convert else _bare


def _bare(leaf: Any) -> Any:
    """A member of an enum is its value."""
    return getattr(leaf, "value", leaf)


def _listwise(convert: Convert) -> Convert:
    return lambda leaves: [convert(leaf) for leaf in leaves]
