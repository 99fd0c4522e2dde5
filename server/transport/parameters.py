"""The members of a GraphQL request over HTTP, each of the type it must have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

import orjson

from server.errors import BadRequest, OverLimit
from server.settings import Limits

KINDS = {dict: "an object", list: "a list", str: "a string", int: "a number", float: "a number", bool: "true or false"}
MOST_FIELDS = 20
BYTES_AT_ONCE = 65_536
BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was sent, before a document id is looked up."""

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)


def from_body(body: bytes, limits: Limits) -> Parameters:
    """The parameters of a POST."""
    start = body.lstrip()[:1]
    if not start:
        raise BadRequest("The body is empty.", hint='Send a JSON object such as {"query": "{ __typename }"}.')
    if start == b"[":
        raise BadRequest("Batching is off: send one request at a time, not a list of them.")
    return _checked(json_of(body, "The body", limits))


def from_query_string(query_string: bytes, limits: Limits) -> Parameters:
    """The parameters of a GET; `variables` and `extensions` are JSON texts there."""
    members: dict[str, Any] = dict(fields_of(query_string))
    for name in ("variables", "extensions"):
        text = members.get(name, "")
        members[name] = json_of(text.encode(), f"`{name}`", limits) if text.strip() else None
    return _checked(members)


def fields_of(query_string: bytes) -> Mapping[str, str]:
    """The fields of a query string, each of which may stand there once."""
    if query_string.count(b"&") >= MOST_FIELDS:
        raise BadRequest(f"The query string has more than {MOST_FIELDS} fields.")
    fields: dict[str, str] = {}
    for part in query_string.split(b"&"):
        name, _, value = part.partition(b"=")
        if _unescaped(name) in fields:
            raise BadRequest(f"`{_unescaped(name)}` is given more than once.")
        if part:
            fields[_unescaped(name)] = _unescaped(value)
    return fields


def _unescaped(text: bytes) -> str:
    if BROKEN_ESCAPE.search(text):
        raise BadRequest("In the query string, two hexadecimal digits must follow each percent sign.")
    try:
        return unquote_to_bytes(text.replace(b"+", b" ")).decode()
    except UnicodeDecodeError as broken:
        raise BadRequest("The query string is not UTF-8.") from broken


def json_of(text: bytes, what: str, limits: Limits) -> Any:
    """The value of a JSON text, within the limits; raises BadRequest and OverLimit."""
    _refuse_many_containers(text, limits.json_containers)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as broken:
        raise BadRequest(_why_not_json(text, what, broken)) from broken


def _refuse_many_containers(text: bytes, allowed: int) -> None:
    """Before reading: making 300,000 lists of a megabyte of brackets would keep everybody waiting."""
    if text.count(b"{") + text.count(b"[") <= allowed:
        return
    # A document or another text may be full of brackets: only those outside of quotes open a container.
    bare = text.replace(rb"\\", b"").replace(rb"\"", b"")
    found, within_quotes = 0, 0
    for start in range(0, len(bare), BYTES_AT_ONCE):
        parts = bare[start : start + BYTES_AT_ONCE].split(b'"')
        outside = b"".join(parts[within_quotes::2])
        found += outside.count(b"{") + outside.count(b"[")
        within_quotes = (within_quotes + len(parts) - 1) % 2
        if found > allowed:
            raise OverLimit("json_containers", allowed, "more")


def _why_not_json(text: bytes, what: str, broken: orjson.JSONDecodeError) -> str:
    try:
        text.decode()
    except UnicodeDecodeError as place:
        return f"{what} is not UTF-8: byte {place.start} cannot stand there."
    return f"{what} is not JSON: {broken.msg} (line {broken.lineno}, column {broken.colno})."


def _checked(members: Any) -> Parameters:
    if not isinstance(members, dict):
        raise BadRequest(f"A request is a JSON object, not {_kind(members)}.")
    query, document_id = _text(members, "query"), _text(members, "documentId")
    if query is not None and document_id is not None:
        raise BadRequest("Send `query` or `documentId`, not both.")
    extensions = _object(members, "extensions")
    if query is None and document_id is None and "persistedQuery" not in extensions:
        raise BadRequest("`query` is missing.", hint="Send the GraphQL document as `query`, or the id of a persisted one as `documentId`.")
    return Parameters(query, document_id, _text(members, "operationName") or None, _object(members, "variables"), extensions)


def _text(members: Mapping[str, Any], name: str) -> str | None:
    value = members.get(name)
    if value is None or isinstance(value, str):
        return value
    raise BadRequest(f"`{name}` must be a string, not {_kind(value)}.")


def _object(members: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = members.get(name)
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise BadRequest(f"`{name}` must be an object, not {_kind(value)}.")


def _kind(value: Any) -> str:
    return KINDS.get(type(value), "null")
