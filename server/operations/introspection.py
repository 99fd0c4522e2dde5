"""Questions about the schema: the one thing that graphql-core's executor answers."""

from collections.abc import Mapping
from typing import Any

from graphql import FieldNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode, execute_sync
from graphql.execution.collect_fields import collect_fields
from graphql.language import DocumentNode

from server.errors import BadDocument
from server.operations.document import Document, Operation

_META = ("__schema", "__type")


def root_names(schema: GraphQLSchema, document: Document, operation: Operation, variables: dict[str, Any]) -> dict[str, list[FieldNode]]:
    """The root fields of an operation under their response names, in the order of the answer."""
    assert schema.query_type
    return collect_fields(schema, document.fragments, variables, schema.query_type, operation.node.selection_set)


def answered(schema: GraphQLSchema, document: Document, operation: Operation, variables: dict[str, Any]) -> Mapping[str, Any]:
    """What an operation's questions about the schema come to; nothing where it asks none."""
    selected = root_names(schema, document, operation, variables).values()
    meta = tuple(node for nodes in selected if nodes[0].name.value in _META for node in nodes)
    if not meta:
        return {}
    alone = OperationDefinitionNode(
        operation=operation.node.operation,
        name=operation.node.name,
        variable_definitions=operation.node.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=meta),
    )
    result = execute_sync(schema, DocumentNode(definitions=(alone, *document.fragments.values())), variable_values=dict(variables))
    if result.errors:
        raise BadDocument(result.errors[0].message, errors=result.errors)
    return result.data or {}
