"""A filter that came as plain JSON, held against its GraphQL type by the same code as a variable of a request."""

from dataclasses import dataclass
from typing import Any

from graphql import GraphQLSchema, OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values

from server.operations.document import coercion_failed
from server.operations.limits import check_variables
from server.settings import Limits


@dataclass(frozen=True, slots=True)
class FilterReader:
    """Reads filters for one schema under one set of limits."""

    schema: GraphQLSchema
    limits: Limits

    def read(self, type_name: str, name: str, given: Any) -> dict[str, Any]:
        """The filter as the reading room takes it; {} where none is given. Raises BadInput and OverLimit."""
        if given is None:
            return {}
        check_variables({name: given}, self.limits)
        operation = parse(f"query (${name}: {type_name}) {{ __typename }}").definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        coerced = get_variable_values(self.schema, operation.variable_definitions, {name: given}, max_errors=5)
        if isinstance(coerced, list):
            raise coercion_failed(self.schema, coerced)
        return coerced[name] or {}
