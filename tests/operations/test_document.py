"""Which operation of a document is meant, and what is said where none is."""

import pytest
from graphql import build_schema

from server.errors import BadInput
from server.operations.document import Reader
from server.settings import Limits

SCHEMA = build_schema("type Query { city: String }")


@pytest.mark.parametrize(
    ("document", "name", "hint"),
    [
        ("{ city }", "Ask", "Leave operationName out: the only operation has no name."),
        ("query Where { city }", "Ask", "Give operationName as one of: Where."),
        ("query Where { city } query Which { city }", None, "Give operationName as one of: Where, Which."),
    ],
)
def test_where_no_operation_is_meant_the_hint_says_what_to_give(document: str, name: str | None, hint: str) -> None:
    read = Reader(SCHEMA, Limits(), introspection=True).read(document)

    with pytest.raises(BadInput) as refusal:
        read.operation(name)

    assert refusal.value.hint == hint
