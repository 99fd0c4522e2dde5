"""The declared answers as GraphQL types, with the arguments by which they are asked for."""

from collections.abc import Iterable
from typing import Any

import graphene

from graph_schema.answer import Answer, Argument, Asked, Part
from graph_schema.answers import ANSWERS, INPUTS
from server.api.making import Book, field, input_type, later, listed, made

PAGE = (
    Argument("first", "Int", "How many, 100 at the most; 20 unless given."),
    Argument("after", "String", "Cursor of the record after which the page begins."),
    Argument("last", "Int", "How many from the end, 100 at the most."),
    Argument("before", "String", "Cursor of the record before which the page ends."),
)
_SCALARS = {"Int": graphene.Int, "Float": graphene.Float, "String": graphene.String, "Boolean": graphene.Boolean, "ID": graphene.ID}


def answer_types(book: Book) -> Book:
    """A type for every answer, and the input objects of their arguments."""
    inputs = {name: input_type(name, about, {each.name: _input(each, book) for each in parts}) for name, (about, parts) in INPUTS.items()}
    # Of some answers the types are made for other lists already.
    return inputs | {name: _object(answer, book) for name, answer in ANSWERS.items() if name not in book}


def asked_field(asked: Asked, book: Book) -> graphene.Field:
    """The root field."""
    return field(_type(asked.of, book, asked.many), asked.description, asked.field, arguments(asked.arguments, book), required=True)


def arguments(declared: Iterable[Argument], book: Book) -> dict[str, graphene.Argument]:
    """The arguments of a field."""
    return {each.name: _argument(each, book) for each in declared}


def _object(answer: Answer, book: Book) -> type:
    parts = {part.name: _part(part, book) for part in answer.parts}
    return made(graphene.ObjectType, answer.name, answer.description, parts)


def _part(part: Part, book: Book) -> graphene.Field:
    of = _type(part.of, book, False)
    whole = graphene.List(of) if part.sparse else listed(of) if part.many else of
    return field(whole, part.description, part.name, arguments((*part.arguments, *_page(part)), book), required=part.required)


def _page(part: Part) -> tuple[Argument, ...]:
    """The arguments by which a list is asked for in part."""
    if part.connected:
        return PAGE
    return (Argument("first", "Int", f"How many, {part.most} at the most.", default=part.first),) if part.first else ()


def _argument(argument: Argument, book: Book) -> graphene.Argument:
    default = {} if argument.default is None else {"default_value": argument.default}
    of = _type(argument.of, book, argument.many)
    return graphene.Argument(
        graphene.NonNull(of) if argument.required else of, name=argument.name, description=argument.description, **default
    )


def _input(argument: Argument, book: Book) -> graphene.InputField:
    of = _type(argument.of, book, argument.many)
    return graphene.InputField(graphene.NonNull(of) if argument.required else of, name=argument.name, description=argument.description)


def _type(name: str, book: Book, many: bool) -> Any:
    of = _SCALARS.get(name) or later(book, name)
    return listed(of) if many else of
