"""What is no date and no moment is refused where it stands, with what is wrong about it."""

from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse, validate
from graphql.execution.values import get_variable_values

from graph_schema.domain import load_domain
from server.api.schema import build_schema

SCHEMA = build_schema(load_domain())
NO_DAY = "there is no such day or no such time of day."
NO_OFFSET = "write it with its offset, as 2023-05-31T12:00:00Z."
NO_DATE = "write a real date as 2023, 2023-05 or 2023-05-31."


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ('createdAt: {gt: "2020-02-30T00:00:00Z"}', f'DateTime cannot be "2020-02-30T00:00:00Z": {NO_DAY}'),
        ('createdAt: {gt: "2020-02-03T25:00:00Z"}', f'DateTime cannot be "2020-02-03T25:00:00Z": {NO_DAY}'),
        ('createdAt: {gt: "0001-01-01T00:00:00+05:00"}', f'DateTime cannot be "0001-01-01T00:00:00+05:00": {NO_DAY}'),
        ('createdAt: {gt: "2020-02-03T00:00:00"}', f'DateTime cannot be "2020-02-03T00:00:00": {NO_OFFSET}'),
        ('startDate: {gt: "2020-02-30"}', f'PartialDate cannot be "2020-02-30": {NO_DATE}'),
        ("startDate: {gt: 2020}", "A date is written as a string, not as 2020."),
    ],
)
def test_what_is_no_date_is_refused_at_its_place(condition: str, message: str) -> None:
    [error] = validate(SCHEMA, parse(f"{{\n pilots(where: {{{condition}}}) {{ totalCount }} }}"))

    assert error.message == message
    assert [(place.line, place.column) for place in error.locations or []] == [(2, condition.index("gt: ") + 21)]


@pytest.mark.parametrize(("value", "said"), [("soon", '"soon"'), (True, "true"), ({"gt": None}, '{"gt": null}')])
def test_a_value_that_is_no_date_is_written_as_the_client_wrote_it(value: Any, said: str) -> None:
    operation = parse("query ($since: PartialDate) { __typename }").definitions[0]
    assert isinstance(operation, OperationDefinitionNode)

    [error] = get_variable_values(SCHEMA, operation.variable_definitions, {"since": value})

    assert isinstance(error, Exception)
    assert f"PartialDate cannot be {said}: {NO_DATE}" in str(error)
