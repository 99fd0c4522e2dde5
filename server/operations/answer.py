"""What goes back: data, errors, the status that says it over HTTP."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import structlog

from server.errors import BadDocument, BadInput, BadRequest, GraphTooSlow, GraphUnavailable, NotFound, OverLimit, Refusal

STATUS_BY_REFUSAL: tuple[tuple[type[Refusal], int], ...] = (
    (BadDocument, 400),
    (BadInput, 400),
    (OverLimit, 400),
    (NotFound, 404),
    (GraphUnavailable, 503),
    (GraphTooSlow, 504),
)

log = structlog.get_logger("replicity")


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL answer. Without data (`has_data` False) the request was refused as a whole.

    `status` is meant for application/graphql-response+json; application/json turns a 400 into 200.
    """

    content: Any = None
    """The data, or their JSON text as a fragment."""
    errors: tuple[Mapping[str, Any], ...] = ()
    extensions: Mapping[str, Any] = field(default_factory=dict)
    has_data: bool = True
    status: int = 200
    retry_after: int | None = None

    @property
    def data(self) -> Any:
        """The data as plain values."""
        return orjson.loads(orjson.dumps(self.content)) if isinstance(self.content, orjson.Fragment) else self.content

    @property
    def code(self) -> str | None:
        """The code of the first error, for the log."""
        first = self.errors[0] if self.errors else {}
        return (first.get("extensions") or {}).get("code")

    def encode(self) -> bytes:
        """The JSON text. Errors come first, so that a reader sees them before a long answer."""
        parts: dict[str, Any] = {}
        if self.errors:
            parts["errors"] = self.errors
        if self.has_data:
            parts["data"] = self.content
        if self.extensions:
            parts["extensions"] = self.extensions
        return orjson.dumps(parts)


def refused(refusal: Refusal) -> Answer:
    """A refusal as an answer without data."""
    errors = getattr(refusal, "errors", ()) or ({"message": refusal.message},)
    return Answer(
        errors=tuple(_with_code(error, refusal) for error in errors),
        has_data=False,
        status=_status(refusal),
        retry_after=getattr(refusal, "retry_after", None),
    )


def masked(stranger: BaseException) -> Answer:
    """An answer for what nobody foresaw: the log has the whole story, the client the reference to it."""
    reference = logged(stranger)
    message = f"Something went wrong on our side. The operator finds it in the log under {reference}."
    return Answer(errors=({"message": message, "extensions": {"code": "INTERNAL", "reference": reference}},), has_data=False, status=500)


def logged(stranger: BaseException) -> str:
    """The reference under which the log has what nobody foresaw."""
    reference = secrets.token_hex(8)
    log.error("unexpected failure", reference=reference, exc_info=stranger)
    return reference


def _status(refusal: Refusal) -> int:
    if isinstance(refusal, BadRequest):
        return refusal.status
    return next((status for kind, status in STATUS_BY_REFUSAL if isinstance(refusal, kind)), 500)


def _with_code(error: Any, refusal: Refusal) -> Mapping[str, Any]:
    """One error of the refusal as plain JSON; a GraphQL error keeps its places, a code of its own wins."""
    formatted: Mapping[str, Any] = error if isinstance(error, Mapping) else error.formatted
    return {**formatted, "extensions": {**refusal.extensions, **(formatted.get("extensions") or {})}}
