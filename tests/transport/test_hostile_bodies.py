"""No body up to the limit keeps other requests waiting, and each gets an answer."""

import json

import pytest
from starlette.applications import Starlette

from server.app import House, create_app
from server.errors import BadInput
from server.operations.answer import Answer
from server.operations.request import Request
from server.settings import Settings
from tests.transport.pulse import MOST_SECONDS, answer_to, longest_step
from tests.transport.small_service import EXAMPLES, SDL, SmallService

MEGABYTE = 1_000_000

BODIES = {
    "lists in lists": b"[" * MEGABYTE,
    "objects in objects": b'{"a":' * (MEGABYTE // 5),
    "closed lists in lists": b"[" * (MEGABYTE // 2) + b"]" * (MEGABYTE // 2),
    "empty lists": b'{"query":"{","variables":{"v":[' + b"[]," * (MEGABYTE // 3 - 20) + b"[]]}}",
    "objects": b'{"query":"{","variables":{"v":[' + b'{"":[]},' * (MEGABYTE // 8 - 20) + b"[]]}}",
    "brackets in a text": json.dumps({"query": "{[" * (MEGABYTE // 2 - 20)}).encode(),
    "quotes in a text": json.dumps({"query": '"{\\' * (MEGABYTE // 5 - 20)}).encode(),
    "numbers": b'{"query":"{","variables":{"v":[' + b"1," * (MEGABYTE // 2 - 40) + b"1]}}",
    "keys": json.dumps({"query": "{", "variables": {f"k{n}": n for n in range(55_000)}}).encode(),
    "members": json.dumps({f"k{n}": n for n in range(60_000)}).encode(),
    "escapes": b'{"query":"' + b"\\u0000" * (MEGABYTE // 6 - 10) + b'"}',
    "one long variable": json.dumps({"query": "{", "variables": {"v": "x" * (MEGABYTE - 100)}}).encode(),
    "a bad byte at the end": b'{"query":"' + b"x" * (MEGABYTE - 100) + b'\xff"}',
    "NUL bytes": b"\x00" * MEGABYTE,
    "white space": b" " * MEGABYTE,
    "digits": b'{"query":' + b"9" * (MEGABYTE - 100) + b"}",
    "a batch": b"[" + b"{}," * (MEGABYTE // 3 - 10) + b"{}]",
    "a persisted query": json.dumps({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x" * (MEGABYTE - 100)}}}).encode(),
    "a document id": json.dumps({"documentId": "x" * (MEGABYTE - 100)}).encode(),
    "an operation name": json.dumps({"query": "{", "operationName": "x" * (MEGABYTE - 100)}).encode(),
    "a document that looks named": json.dumps({"query": "query " * (MEGABYTE // 6 - 10)}).encode(),
}
QUERY_STRINGS = {
    "many fields": b"a&" * (MEGABYTE // 2),
    "one long field": b"query=" + b"x" * (MEGABYTE - 10),
    "percent signs": b"query=" + b"%" * (MEGABYTE - 10),
    "escapes": b"variables=" + b"%5B" * (MEGABYTE // 3 - 10),
    "bad bytes": b"query=" + b"%FF" * (MEGABYTE // 3 - 10),
    "raw bytes": b"query=" + b"\xff" * (MEGABYTE - 10),
}
HEADERS = {
    "accept": b"a/b;q=0.1," * 6_000,
    "accept_encoding": b"x;" * 30_000,
    "content_type": b"application/json;" * 3_000,
    "if_none_match": b'"x",' * 15_000,
    "x_request_id": b"x" * 60_000,
}


class Unasked(SmallService):
    """Refuses at once, for only the way to the service is tried here."""

    async def query(self, request: Request) -> Answer:
        raise BadInput("Not asked for.")


@pytest.fixture(scope="module")
def app() -> Starlette:
    return create_app(Settings(), House(Unasked(), SDL, EXAMPLES))


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
async def test_a_hostile_body_is_answered_at_once(app: Starlette, body: bytes) -> None:
    assert len(body) <= MEGABYTE

    with longest_step() as longest:
        status = await answer_to(app, "POST", body)

    assert status in (200, 400)
    assert longest[0] < MOST_SECONDS


@pytest.mark.parametrize("query_string", QUERY_STRINGS.values(), ids=QUERY_STRINGS.keys())
async def test_a_hostile_query_string_is_answered_at_once(app: Starlette, query_string: bytes) -> None:
    assert len(query_string) <= MEGABYTE

    with longest_step() as longest:
        status = await answer_to(app, "GET", query_string=query_string)

    assert status in (200, 400)
    assert longest[0] < MOST_SECONDS


@pytest.mark.parametrize("name", HEADERS)
async def test_a_hostile_header_is_answered_at_once(app: Starlette, name: str) -> None:
    with longest_step() as longest:
        status = await answer_to(app, "POST", b'{"query": "{"}', **{name: HEADERS[name]})

    assert status in (200, 400, 406, 415)
    assert longest[0] < MOST_SECONDS
