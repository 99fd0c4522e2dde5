"""The scalars: which fits a property, and our own two, dates at the precision known and moments in UTC."""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

import graphene
from graphql import GraphQLError, StringValueNode, ValueNode, print_ast

from graph_schema.kernel import Kind, Property
from server.api.making import Book, later, listed

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})")


def partial_date(value: Any, node: ValueNode | None = None) -> str:
    """The text, if it is a real year, month or day; raises GraphQLError otherwise, at the node where it was written."""
    found = _PARTIAL.fullmatch(value) if isinstance(value, str) and value.isascii() else None
    try:
        if found:
            year, month, day = (int(part) if part else 1 for part in found.groups())
            date(year, month, day)
            return str(value)
    except ValueError:
        pass
    raise GraphQLError(f"PartialDate cannot be {json.dumps(value)}: write a real date as 2023, 2023-05 or 2023-05-31.", node)


def moment(value: Any, node: ValueNode | None = None) -> str:
    """The moment in UTC with microseconds, as the graph stores it; raises GraphQLError where it is none, at its node."""
    if not (isinstance(value, str) and value.isascii() and _MOMENT.fullmatch(value)):
        raise GraphQLError(f"DateTime cannot be {json.dumps(value)}: write it with its offset, as 2023-05-31T12:00:00Z.", node)
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")
    except (ValueError, OverflowError):
        raise GraphQLError(f"DateTime cannot be {json.dumps(value)}: there is no such day or no such time of day.", node) from None


class PartialDate(graphene.Scalar):
    """A date at the precision known: `2023`, `2023-05` or `2023-05-31`. Two are compared on what both know."""

    serialize = staticmethod(str)
    parse_value = staticmethod(partial_date)

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> str:
        """From a string in the document."""
        return partial_date(_text(node), node)


class DateTime(graphene.Scalar):
    """A moment, as RFC 3339 writes it: `2023-05-31T12:00:00Z`."""

    serialize = staticmethod(str)
    parse_value = staticmethod(moment)

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> str:
        """From a string in the document."""
        return moment(_text(node), node)


def _text(node: ValueNode) -> str:
    if isinstance(node, StringValueNode):
        return node.value
    raise GraphQLError(f"A date is written as a string, not as {print_ast(node)}.", node)


_SCALARS: dict[Kind, Any] = {
    Kind.TEXT: graphene.String,
    Kind.CODE: graphene.String,
    Kind.INT: graphene.Int,
    Kind.FLOAT: graphene.Float,
    Kind.BOOLEAN: graphene.Boolean,
    Kind.PARTIAL_DATE: PartialDate,
    Kind.DATE_TIME: DateTime,
}


def scalar_type(of: Property, book: Book) -> Any:
    """The output type of a property."""
    if of.vocabulary:
        return later(book, of.vocabulary.name)
    if of.kind is Kind.TEXT_LIST:
        return listed(graphene.String)
    if of.kind is Kind.POINT:
        return later(book, "Point")
    return graphene.ID if of.name == "id" else _SCALARS[of.kind]
