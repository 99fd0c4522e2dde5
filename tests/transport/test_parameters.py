"""Lists and objects are counted before they are made, wherever texts and quotes stand."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.errors import OverLimit
from server.settings import Limits
from server.transport.parameters import BYTES_AT_ONCE, from_body

TEXTS = st.text('{}[]",\\ab', max_size=12)
VALUES = st.recursive(TEXTS | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=20)


def containers(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(containers, value.values()))
    return 1 + sum(map(containers, value)) if isinstance(value, list) else 0


def is_taken(body: dict[str, Any], allowed: int) -> bool:
    try:
        from_body(json.dumps(body).encode(), Limits(json_containers=allowed))
    except OverLimit:
        return False
    return True


@given(document=TEXTS, value=VALUES)
def test_exactly_the_lists_and_objects_are_counted(document: str, value: Any) -> None:
    body = {"query": document, "variables": {"v": value}}

    assert is_taken(body, containers(body))
    assert not is_taken(body, containers(body) - 1)


@pytest.mark.parametrize("shift", range(8))
def test_a_text_over_the_border_of_two_pieces_stays_a_text(shift: int) -> None:
    body = {"query": "x" * (BYTES_AT_ONCE - 20 + shift) + '[{"[\\' * 30, "variables": {"v": ["[", []]}}

    assert is_taken(body, 4)
    assert not is_taken(body, 3)
