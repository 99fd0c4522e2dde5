"""What of a request's variables decides its plan: requests that agree in it share one."""

from collections.abc import Hashable, Mapping
from typing import Any

from server.errors import BadInput
from server.reading.order import cursor_parts


def decisive(variables: Mapping[str, Any], exact: frozenset[str], cursors: frozenset[str], counted: frozenset[str]) -> Hashable:
    """Of variables in `exact` all of it, of cursors which keys have no value, of others their structure; of `counted` the length."""
    lengths = tuple([(name, len(value)) for name, value in variables.items() if name in counted and isinstance(value, list)])
    return lengths, tuple([(name, _of_one(name, value, exact, cursors)) for name, value in variables.items()])


def _of_one(name: str, value: Any, exact: frozenset[str], cursors: frozenset[str]) -> Hashable:
    if name in exact:
        return repr(value)
    return _null_pattern(value) if name in cursors else _structure(value)


def _structure(variable: Any) -> Hashable:
    """What is an object, what is null, what is true, which lists are empty."""
    if isinstance(variable, dict):
        return tuple([(key, _structure(part)) for key, part in variable.items()])
    if isinstance(variable, list):
        if any(isinstance(item, dict | list) for item in variable):
            return ("several", *(_structure(item) for item in variable))
        return "[…]" if variable else "[]"
    return variable if variable is None or isinstance(variable, bool) else "…"


def _null_pattern(text: Any) -> Hashable:
    try:
        _, label, name, keys, _ = cursor_parts(text)
        return str(label), str(name), tuple([key is None for key in keys])
    except (BadInput, TypeError):
        # No cursor at all is refused when it is planned, under whatever key.
        return repr(text)
