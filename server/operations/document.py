"""A document's text becomes a tree that is within limits and fits the schema."""

import re
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    parse,
    specified_rules,
    validate,
    visit,
)
from graphql.language import Visitor
from graphql.validation import NoSchemaIntrospectionCustomRule

from server.errors import BadDocument, BadInput, BadRequest, OverLimit
from server.operations.limits import DocumentLimits, transparent_fields
from server.settings import Limits, Settings

MOST_VALIDATION_ERRORS = 10


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a document. `exact` variables decide the plan by their value, `cursors` by which keys are null,
    `counted` by how many values they hold."""

    name: str | None
    node: OperationDefinitionNode
    exact: frozenset[str]
    cursors: frozenset[str]
    counted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that may be planned."""

    text: str
    node: DocumentNode
    operations: dict[str, Operation]
    fragments: dict[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> Operation:
        """The operation of that name, or the only one; raises BadInput."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        found = self.operations.get(name or "")
        if found is None or name is None:
            known = ", ".join(sorted(filter(None, self.operations)))
            said = f"The document has no operation named {name!r}." if name else "The document has several operations."
            hint = f"Give operationName as one of: {known}." if known else "Leave operationName out: the only operation has no name."
            raise BadInput(said, code="OPERATION_RESOLUTION_FAILURE", hint=hint)
        return found


class Reader:
    """Reads documents for one schema under one set of limits."""

    def __init__(self, schema: GraphQLSchema, limits: Limits, *, introspection: bool) -> None:
        self.schema = schema
        self.limits = limits
        self.rules = specified_rules if introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        self.transparent = transparent_fields(schema)

    def read(self, text: str) -> Document:
        """Parse, hold against the limits, validate; raises BadDocument and OverLimit."""
        node = self._parsed(text)
        try:
            DocumentLimits(node, self.limits, self.transparent).check()
            errors = validate(self.schema, node, self.rules, MOST_VALIDATION_ERRORS)
        except RecursionError:
            raise _too_nested(self.limits) from None
        if errors:
            raise BadDocument(errors[0].message, errors=errors, hint=_values_of_the_list(self.schema, errors[0]))
        _let_go_of_tokens(node)
        fragments = {each.name.value: each for each in node.definitions if isinstance(each, FragmentDefinitionNode)}
        operations = (each for each in node.definitions if isinstance(each, OperationDefinitionNode))
        facts = _facts(node)
        return Document(
            text,
            node,
            {
                _name(each): Operation(_name(each) or None, each, facts.exact(each), frozenset(facts.cursors), frozenset(facts.counted))
                for each in operations
            },
            fragments,
        )

    def _parsed(self, text: str) -> DocumentNode:
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > self.limits.document_bytes:
            raise OverLimit("document_bytes", self.limits.document_bytes, size, code="TOO_LARGE")
        try:
            return parse(text, max_lexical_tokens=self.limits.tokens, max_comments=self.limits.tokens)
        except GraphQLSyntaxError as error:
            if "Document contains more than" in error.message:
                raise OverLimit("tokens", self.limits.tokens, "more") from None
            if "nested too deeply" in error.message:
                raise _too_nested(self.limits) from None
            hint = "`locations` says where the document leaves the grammar of GraphQL."
            raise BadDocument(error.message, code="GRAPHQL_PARSE_FAILED", errors=[error], hint=hint) from None
        except RecursionError:
            raise _too_nested(self.limits) from None


def reader_of(schema: GraphQLSchema, settings: Settings) -> Reader:
    """What reads documents as these settings want it."""
    return Reader(schema, settings.limits, introspection=settings.introspection == "on")


def refuse_unless_query(operation: Operation, *, queries_only: bool) -> None:
    """Nothing but queries is answered; over GET that is said by the status too."""
    if operation.node.operation is OperationType.QUERY:
        return
    if queries_only:
        raise BadRequest("GET only answers queries.", status=405, code="METHOD_NOT_ALLOWED", hint="Send mutations with POST.")
    raise BadDocument(f"This service answers no {operation.node.operation.value}.", code="OPERATION_NOT_SUPPORTED", hint="Ask a query.")


def coercion_failed(schema: GraphQLSchema, errors: list[GraphQLError]) -> BadInput:
    """Variables that do not fit their types."""
    return BadInput(errors[0].message, errors=errors, hint=_values_of_the_list(schema, errors[0]))


def _values_of_the_list(schema: GraphQLSchema, error: GraphQLError) -> str | None:
    """What a closed list holds, where a value is not in it."""
    found = re.search(r"does not exist in '(\w+)' enum", error.message)
    named = schema.get_type(found[1]) if found else None
    return f"{named.name} takes {', '.join(named.values)}." if isinstance(named, GraphQLEnumType) else None


def _too_nested(limits: Limits) -> OverLimit:
    return OverLimit("depth", limits.depth, "far more")


def _let_go_of_tokens(node: DocumentNode) -> None:
    """Undo the chain of lexical tokens, which refer to each other both ways.

    Positions in errors need none of it, and a document without rings is freed as soon as it is forgotten.
    """
    token = node.loc.start_token if node.loc else None
    while token:
        following, token.prev, token.next = token.next, None, None
        token = following


def _name(operation: OperationDefinitionNode) -> str:
    return operation.name.value if operation.name else ""


@dataclass(slots=True)
class _Facts:
    sizes: set[str] = field(default_factory=set)
    cursors: set[str] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)

    def exact(self, operation: OperationDefinitionNode) -> frozenset[str]:
        """Variables of page sizes, of orders and of facets: their values stand in the plan."""
        deciding = {
            each.variable.name.value
            for each in operation.variable_definitions
            if _type_name(each.type).startswith("Order") or _type_name(each.type).endswith(("Order", "Facet"))
        }
        return frozenset(self.sizes | deciding)


class _Arguments(Visitor):
    """Notes which variables stand where only their value tells what to read."""

    def __init__(self, facts: _Facts) -> None:
        super().__init__()
        self.facts = facts

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        for argument in node.arguments:
            if isinstance(argument.value, VariableNode):
                if argument.name.value in ("first", "last"):
                    self.facts.sizes.add(argument.value.name.value)
                elif argument.name.value in ("after", "before"):
                    self.facts.cursors.add(argument.value.name.value)
                elif argument.name.value == "ids":
                    self.facts.counted.add(argument.value.name.value)


def _facts(node: DocumentNode) -> _Facts:
    facts = _Facts()
    visit(node, _Arguments(facts))
    return facts


def _type_name(of: Any) -> str:
    while not hasattr(of, "name"):
        of = of.type
    return str(of.name.value)
