"""Every way the service says no.

    Refusal
    ├── BadRequest          the HTTP request is not one of GraphQL
    ├── BadDocument         the document does not parse or does not fit the schema
    ├── BadInput            an argument or a variable has a value that cannot be
    ├── OverLimit           a limit is passed: names the limit, the figure and the setting
    ├── NotFound            nothing of that name, or nothing the viewer may see
    ├── GraphUnavailable    the database does not answer; ask again later
    ├── GraphTooSlow        the database answers, but not within the execution limit
    ├── PackageRefused      a data package has rows that are wrong: lists every finding
    └── StartRefused        the service cannot start with these settings; says what to mend

Nothing else is raised on purpose. Whatever else arrives at a border is a fault of ours: it is logged
with a reference and answered as `INTERNAL`.
"""

from collections.abc import Sequence
from typing import Any


class Refusal(Exception):
    """A no with a stable code, a sentence for a person and what to do next: the hint given, else the advice of its kind.

    `errors` are the GraphQL errors it is made of, where there are any; each knows its place in the document.
    """

    code = "REFUSED"
    advice: str | None = None

    def __init__(
        self, message: str, *, code: str | None = None, hint: str | None = None, errors: Sequence[Any] = (), **details: Any
    ) -> None:
        super().__init__(message)
        self.message = message
        self.errors = tuple(errors)
        self.code = code or type(self).code
        self.hint = hint or type(self).advice
        self.details = details

    @property
    def extensions(self) -> dict[str, Any]:
        """What a client gets beside the message."""
        hint = {"hint": self.hint} if self.hint else {}
        return {"code": self.code, **hint, **self.details}


class BadRequest(Refusal):
    """The HTTP request is not one of GraphQL."""

    code = "BAD_REQUEST"
    advice = 'Send one JSON object such as {"query": "{ __typename }"}, in UTF-8, as application/json.'

    def __init__(self, message: str, *, status: int = 400, **rest: Any) -> None:
        super().__init__(message, **rest)
        self.status = status


class BadDocument(Refusal):
    """The document does not parse or does not fit the schema."""

    code = "GRAPHQL_VALIDATION_FAILED"
    advice = "GET /schema.graphql shows what can be asked."


class BadInput(Refusal):
    """An argument or a variable has a value that cannot be."""

    code = "BAD_USER_INPUT"
    advice = "GET /schema.graphql shows what each argument and each variable takes."


class OverLimit(Refusal):
    """A limit is passed."""

    code = "OVER_LIMIT"

    def __init__(self, limit: str, allowed: float, found: float | str, *, code: str | None = None, hint: str | None = None) -> None:
        setting = f"REPLICITY_LIMIT_{limit.upper()}"
        noun = limit.replace("_", " ")
        figure = found if isinstance(found, str) else f"{found:,}"
        super().__init__(
            f"The limit on {noun} is {allowed:,}; this request has {figure}.",
            code=code,
            hint=hint or f"Ask for less at once; an operator can raise {setting}.",
            limit=limit,
            allowed=allowed,
            setting=setting,
        )


class NotFound(Refusal):
    """Nothing of that name, or nothing that the viewer may see."""

    code = "NOT_FOUND"
    advice = "The page / says what is where; `search` finds records by words."


class GraphUnavailable(Refusal):
    """The database does not answer."""

    code = "GRAPH_UNAVAILABLE"

    def __init__(self, message: str = "The graph cannot be reached at the moment.", *, retry_after: int = 2, **rest: Any) -> None:
        super().__init__(message, **({"hint": f"Ask again in {retry_after} seconds."} | rest))
        self.retry_after = retry_after


class GraphMoved(GraphUnavailable):
    """The graph was changed while an export read it, so what was read belongs to no revision."""

    code = "GRAPH_MOVED"

    def __init__(self) -> None:
        super().__init__("The graph was changed while it was exported.", hint="Ask again; an export is of one revision, whole.")


class ExportsBusy(GraphUnavailable):
    """As many exports are being made as may be."""

    code = "EXPORTS_BUSY"


class GraphTooSlow(Refusal):
    """The database did not finish within the execution limit."""

    code = "EXECUTION_TIMEOUT"
    advice = "Ask for less at once: fewer records, fewer levels, a narrower filter."


class PackageRefused(Refusal):
    """A data package has rows that are wrong; nothing was written."""

    code = "PACKAGE_REFUSED"


class StartRefused(Refusal):
    """The service cannot start with these settings."""

    code = "START_REFUSED"
