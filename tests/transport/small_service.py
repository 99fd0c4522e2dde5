"""A service over a schema of four fields, for what HTTP must do whatever is asked."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLError, GraphQLSchema, OperationType, build_schema, execute_sync, get_operation_ast, parse, validate
from graphql.execution.values import get_variable_values

from server.errors import BadDocument, BadInput, BadRequest, GraphUnavailable
from server.operations.answer import Answer
from server.operations.overview import Overview
from server.operations.request import Request
from server.transport.examples import Example

SDL = """
type Query { city(slug: String!): String, long: String, broken: String, slow: String, lost: String }
type Mutation { rename(name: String!): String }
"""
EXAMPLES = (
    Example("valencia", "Is Valencia here?", '# Is Valencia here?\nquery Valencia { city(slug: "valencia") }\n'),
    Example("long", "A <long> story", "# A <long> story\n{ long }\n"),
)


@dataclass
class SmallService:
    """Executes with graphql-core; what it was asked stays readable."""

    schema: GraphQLSchema = field(default_factory=lambda: build_schema(SDL))
    asked: list[Request] = field(default_factory=list)
    is_ready: bool = True
    entered: asyncio.Event = field(default_factory=asyncio.Event)
    may_finish: asyncio.Event = field(default_factory=asyncio.Event)
    long_text: str = "Rückmeldung " * 1_000

    async def query(self, request: Request) -> Answer:
        self.asked.append(request)
        try:
            document = parse(request.document)
        except GraphQLError as wrong:
            raise BadDocument("The document does not parse.", errors=[wrong], code="GRAPHQL_PARSE_FAILED") from wrong
        if findings := validate(self.schema, document):
            raise BadDocument("The document does not fit.", errors=findings)
        operation = get_operation_ast(document, request.operation_name)
        if operation is None:
            raise BadInput("There is no such operation in the document.")
        if request.queries_only and operation.operation is not OperationType.QUERY:
            raise BadRequest("A mutation is sent by POST.", status=405, code="METHOD_NOT_ALLOWED")
        values = get_variable_values(self.schema, operation.variable_definitions, dict(request.variables))
        if isinstance(values, list):
            raise BadInput(values[0].message)
        return await self._run(request)

    async def _run(self, request: Request) -> Answer:
        if "slow" in request.document:
            self.entered.set()
            await self.may_finish.wait()
        if "lost" in request.document:
            raise GraphUnavailable
        if "broken" in request.document:
            raise RuntimeError("the password is swordfish")
        result = execute_sync(self.schema, parse(request.document), self._root(), variable_values=dict(request.variables))
        return Answer(result.data)

    def _root(self) -> Mapping[str, Any]:
        return {"city": lambda _info, slug: slug.title(), "long": self.long_text, "slow": "done", "rename": lambda _info, name: name}

    async def ready(self) -> bool:
        return self.is_ready

    async def overview(self) -> Overview:
        if not self.is_ready:
            raise GraphUnavailable
        return Overview((("cities", 112), ("barrierReports", 77), ("<b>lessons</b>", 1_234)), 7, "0.1.0", ("GeoNames, CC BY 4.0",))
