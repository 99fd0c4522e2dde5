"""A Cypher statement and what can run one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Statement:
    """Cypher text and its values, kept apart: a value never enters the text."""

    text: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


class Transaction(Protocol):
    """Something that runs statements which are kept or undone together."""

    async def run(self, statement: Statement) -> list[list[Any]]:
        """Every record the statement returns, each as the list of its values."""
        ...
