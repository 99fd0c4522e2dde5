"""What is searched for, by a field whose records a search finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_schema.domain import Domain
from server.search.finding import Found
from server.search.statement import Wanted


@dataclass(frozen=True, slots=True)
class Sought:
    """A text, which records and how many of them; in all that they say, or only in what they are called.

    `answer` makes the result of what was found.
    """

    text: str
    wanted: Wanted
    whole: bool
    answer: Callable[[Domain, Found], Any]


Seek = Callable[[Mapping[str, Any], frozenset[str]], Sought]
"""From the arguments and what is needed to a search."""
