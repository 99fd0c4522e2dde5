"""Cursors: positions in an order, bound to it, and nothing else."""

import base64

import orjson
import pytest

from server.errors import BadInput, Refusal
from server.reading.order import cursor
from tests.goldens import Compiler

COMPILER = Compiler()
PAGE = "query ($after: String) { cities(orderBy: [{population: DESC}, {name: ASC}], first: 2, after: $after) { nodes { name } } }"


def of(*parts: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(list(parts))).rstrip(b"=").decode()


def test_a_cursor_of_the_order_is_accepted() -> None:
    statement = COMPILER.statement(PAGE, {"after": cursor("City", "-population,name", [5, "lund"], "lund")})

    assert {5, "lund"} <= {value for value in statement.parameters.values() if not isinstance(value, list)}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "parts"),
        ("é", "alphabet"),
        ("####", "alphabet"),
        ("bm90IGpzb24", "parts"),
        (of(1, "City"), "parts"),
        (of(2, "City", "-population,name", [5, "a"], "a"), "version"),
        (of(True, "City", "-population,name", [5, "a"], "a"), "parts"),
        (of(1.0, "City", "-population,name", [5, "a"], "a"), "parts"),
        (of(1, "Pilot", "-population,name", [5, "a"], "a"), "Pilot"),
        (of(1, "City", "population,name", [5, "a"], "a"), "order"),
        (of(1, "City", "-population,name", ["5", "a"], "a"), "types"),
        (of(1, "City", "-population,name", [True, "a"], "a"), "types"),
        (of(1, "City", "-population,name", [5], "a"), "types"),
        (of(1, "City", "-population,name", [5, None], "a"), "types"),
        (of(1, "City", "-population,name", [2**63, "a"], "a"), "types"),
        (of(1, "City", "-population,name", [5, "a"], 7), "types"),
        (of(1, "City", "-population,name", {"0": 5}, "a"), "types"),
    ],
)
def test_what_is_no_cursor_of_this_list_is_refused_saying_why(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refusal:
        COMPILER.statement(PAGE, {"after": text})

    assert refusal.value.code == "BAD_CURSOR"
    assert refusal.value.hint


def test_a_cursor_does_not_depend_on_the_filter() -> None:
    filtered = PAGE.replace("orderBy", "where: {population: {gt: 3}}, orderBy")

    COMPILER.statement(filtered, {"after": cursor("City", "-population,name", [5, "lund"], "lund")})


def test_a_key_without_value_gives_another_plan_than_a_key_with_one() -> None:
    known = COMPILER.statement(PAGE, {"after": cursor("City", "-population,name", [5, "a"], "a")}).text
    missing = COMPILER.statement(PAGE, {"after": cursor("City", "-population,name", [None, "a"], "a")}).text

    assert known != missing


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ("first: 0", "is 0"),
        ("last: -1", "is -1"),
        ("first: 101", "page"),
        ("first: 2, last: 2", "both"),
        ("orderBy: [{name: ASC, slug: ASC}]", "exactly one"),
        ("orderBy: [{}]", "exactly one"),
        ("orderBy: [{name: null}]", "null"),
        ("where: {name: null}", "null"),
        ("where: {name: {eq: null}}", "null"),
        ("where: {pilots: {some: null}}", "null"),
        ("where: {not: null}", "null"),
    ],
)
def test_page_arguments_that_cannot_be_are_refused_with_a_hint(arguments: str, why: str) -> None:
    with pytest.raises(Refusal, match=why) as refusal:
        COMPILER.statement(f"{{ cities({arguments}) {{ totalCount }} }}")

    assert refusal.value.hint


@pytest.mark.parametrize("arguments", ["where: null", "orderBy: null", "first: null, after: null", "orderBy: []", "where: {}"])
def test_null_and_empty_page_arguments_are_as_good_as_none(arguments: str) -> None:
    plain = COMPILER.statement("{ cities { totalCount nodes { name } } }").text

    assert COMPILER.statement(f"{{ cities({arguments}) {{ totalCount nodes {{ name }} }} }}").text == plain
