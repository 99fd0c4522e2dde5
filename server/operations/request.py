"""One GraphQL request, whoever carried it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.viewer import ANONYMOUS, Viewer


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked, by whom, and whether it may change anything."""

    document: str
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)
    viewer: Viewer = ANONYMOUS
    queries_only: bool = False
