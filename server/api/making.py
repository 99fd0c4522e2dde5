"""Graphene classes made from values instead of class statements."""

import keyword
from collections.abc import Callable, Mapping
from typing import Any

import graphene

Book = dict[str, type]
"""Every type made so far, by its GraphQL name; types refer to each other through it, whatever their order."""


def made(base: type, name: str, description: str, fields: Mapping[str, Any], **options: Any) -> type:
    """A graphene class with these fields, named as they are spelled in GraphQL."""
    # Graphene makes a dataclass of an output type, and `from` cannot be an attribute of one.
    output = issubclass(base, graphene.ObjectType)
    attributes = {f"{field}_" if output and keyword.iskeyword(field) else field: value for field, value in fields.items()}
    return type(name, (base,), attributes | {"Meta": type("Meta", (), {"name": name, "description": description, **options})})


def input_type(name: str, description: str, fields: Mapping[str, Any]) -> type:
    """An input object whose coerced values are plain dictionaries."""
    inputs = {
        field: value if isinstance(value, graphene.InputField) else graphene.InputField(value, name=field)
        for field, value in fields.items()
    }
    return made(graphene.InputObjectType, name, description, inputs, container=dict)


def later(book: Book, name: str) -> Callable[[], type]:
    """The type of that name, once it is there."""
    return lambda: book[name]


def listed(of: Any) -> graphene.List:
    """`[of!]`."""
    return graphene.List(graphene.NonNull(of))


def field(of: Any, description: str, name: str, args: Mapping[str, Any] | None = None, *, required: bool = False) -> graphene.Field:
    """An output field."""
    return graphene.Field(graphene.NonNull(of) if required else of, name=name, description=description, args=dict(args or {}))
