"""Values in a document: literals, or variables with everything a variable may be."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graphql import GraphQLInputType
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

T = TypeVar("T")


class Name(str):
    """A value of a closed list: bare in a document, a string in JSON."""

    __slots__ = ()


class Literal(str):
    """A value as the document has it."""

    __slots__ = ()


@dataclass(frozen=True)
class Variable:
    """A variable as the operation declares it."""

    declaration: str
    name: str


@dataclass
class Pen:
    """Draws, and keeps what a document needs beside its selections."""

    draw: DrawFn
    variables: list[Variable] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)
    inside_variable: bool = False

    def chance(self, percent: int) -> bool:
        """Whether something unusual happens; the simplest document has nothing unusual."""
        return bool(self.draw(st.integers(0, 99)) >= 100 - percent)

    def pick(self, options: Sequence[T]) -> T:
        return self.draw(st.sampled_from(options))

    def some(self, options: Sequence[T], at_most: int) -> list[T]:
        """One or more different options."""
        return self.draw(st.lists(st.sampled_from(options), min_size=1, max_size=min(at_most, len(options)), unique=True))

    def shuffled(self, options: list[T]) -> list[T]:
        return self.draw(st.permutations(options))

    def number(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def may_become_variable(self, percent: int = 12) -> bool:
        """Whether the next value is to be a variable; inside a variable nothing is."""
        return not self.inside_variable and len(self.variables) < 12 and self.chance(percent)

    def literal(self, value: Any) -> Literal:
        """A value as the document writes it."""
        if isinstance(value, Literal | Name):
            return Literal(value)
        if isinstance(value, dict):
            return Literal("{" + ", ".join(f"{name}: {self.literal(each)}" for name, each in value.items()) + "}")
        if isinstance(value, list):
            return Literal("[" + ", ".join(map(self.literal, value)) + "]")
        return Literal(json.dumps(value, ensure_ascii=False))

    def variable(self, of: GraphQLInputType, value: Any, *, may_be_absent: bool) -> tuple[Literal, bool]:
        """The value as a new variable, and whether it has that value rather than none."""
        name = f"v{len(self.variables)}"
        loose = str(of).removesuffix("!")
        ways = ["given", "default", "both", "required", *(["absent"] if may_be_absent else [])]
        way = self.pick(ways)
        types = {"given": of, "default": loose, "both": loose, "required": f"{loose}!", "absent": loose}
        default = f" = {self.literal(value)}" if way in ("default", "both") else ""
        self.variables.append(Variable(f"${name}: {types[way]}{default}", name))
        if way in ("given", "both", "required"):
            self.given[name] = value
        return Literal(f"${name}"), way != "absent"

    def written(self, of: GraphQLInputType, value: Any, *, percent: int = 12, may_be_absent: bool = False) -> Any:
        """A plain value, or a variable that stands for it."""
        if self.may_become_variable(percent):
            return self.variable(of, value, may_be_absent=may_be_absent)[0]
        return value
