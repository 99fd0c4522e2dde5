"""What holds for every statement: values apart, equal shapes alike, one statement for everything."""

import pytest

from tests.goldens import Compiler

COMPILER = Compiler()


def text_of(document: str, variables: dict[str, object] | None = None) -> str:
    return COMPILER.statement(document, variables or {}).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{ city(slug: "lund") { name } }', '{ mine: city(slug: "malmo") { called: name } }'),
        ("{ cities(first: 3) { nodes { name population } } }", "{ cities(first: 9) { nodes { population name } } }"),
        (
            '{ cities(where: {name: {eq: "a"}, population: {gt: 1}}) { nodes { name } } }',
            '{ cities(where: {population: {gt: 2}, name: {eq: "b"}}) { nodes { name } } }',
        ),
        ('{ city(slug: "a") { name country { code } } }', '{ city(slug: "b") { country { ...C } name } } fragment C on Country { code }'),
        ("{ pilots(where: {stage: {in: [IDEA]}}) { totalCount } }", "{ pilots(where: {stage: {in: [RUNNING, IDEA]}}) { totalCount } }"),
    ],
)
def test_equal_shapes_give_byte_equal_text(one: str, other: str) -> None:
    assert text_of(one) == text_of(other)


def test_a_variable_and_a_literal_give_the_same_text() -> None:
    literal = text_of('{ cities(where: {name: {contains: "x"}}, first: 5) { nodes { name } } }')

    variable = text_of(
        "query ($t: String!, $n: Int) { cities(where: {name: {contains: $t}}, first: $n) { nodes { name } } }", {"t": "y", "n": 7}
    )

    assert variable == literal


def test_no_value_of_a_document_stands_in_the_text() -> None:
    hostile = "x'}) MATCH (n) DETACH DELETE n //"

    statement = COMPILER.statement(
        "query ($v: String!) { cities(where: {name: {eq: $v}, slug: {in: [$v]}, population: {gt: 987654}}, first: 77) { nodes { name } } }",
        {"v": hostile},
    )

    assert not [part for part in ("DETACH", "987654", "77", "78") if part in statement.text]
    assert hostile.lower() in statement.parameters.values()


def test_a_scalar_asked_for_under_many_names_is_read_once() -> None:
    assert text_of('{ city(slug: "a") { a: name b: name c: name } }') == text_of('{ city(slug: "a") { name } }')


def test_an_empty_in_is_decided_without_the_database() -> None:
    statement = COMPILER.statement("{ cities(where: {population: {in: []}}) { nodes { name } } }", {})

    assert " IN " not in statement.text
    assert [] not in statement.parameters.values()
