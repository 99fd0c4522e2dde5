"""What an answer is made of that is worked out of many records: its parts, and the arguments by which it is asked for."""

from dataclasses import dataclass

from graph_schema.names import snake

DEFAULT_MOST = 100
"""How long a list in an answer may be asked for, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a field: a scalar, a closed list, an input object or the filter of a noun, by the name of its type."""

    name: str
    of: str
    description: str
    many: bool = False
    required: bool = False
    default: int | bool | str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One field of an answer: a figure, records of a noun, or answers of another type, by the name of `of`.

    `first` is how many a list gives unless its argument `first` says otherwise; without it the list is given whole and
    taken to have `usual` items in the cost of a request. Where a record of a `whole` list is gone, what holds the list
    is left out with it. `sparse` lists hold null where nothing is known. `source` is the attribute it is read from, if
    that is not its own name. With `arguments` it is worked out by a method, called with them. It has a price of `cost` records.
    What is `grouped` is refused where the field it stands in has no `groupBy`.

    Where `of` is the connection of a noun, the part is a page of the records that a measure chose, in its order.
    """

    name: str
    of: str
    description: str
    many: bool = False
    required: bool = True
    first: int | None = None
    most: int = DEFAULT_MOST
    usual: int = 5
    whole: bool = False
    sparse: bool = False
    source: str = ""
    arguments: tuple[Argument, ...] = ()
    cost: int = 0
    grouped: bool = False

    @property
    def attribute(self) -> str:
        """Where it stands in what a measure gives back."""
        return self.source or snake(self.name)

    @property
    def connected(self) -> str:
        """The noun whose connection it is; nothing where it is none."""
        return self.of.removesuffix("Connection") if self.of.endswith("Connection") else ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A type of answers."""

    name: str
    description: str
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part:
        """The part of that name."""
        return next(part for part in self.parts if part.name == name)


@dataclass(frozen=True, slots=True)
class Asked:
    """A root field: what it answers and by which arguments it is asked for."""

    field: str
    of: str
    description: str
    arguments: tuple[Argument, ...] = ()
    many: bool = False


VERSION = Part("definitionVersion", "String", "Version of the definition.")
INFERRED = Argument("includeInferred", "Boolean", "With transfers that were only inferred.", default=False)
