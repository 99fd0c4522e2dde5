"""What the service says of itself."""

from typing import Any

import graphene

from server.api.making import Book, field, later, listed, made


def service_types(book: Book) -> Book:
    """`Service` and its parts."""
    count = _told(
        "RecordCount",
        "How many records of one type there are.",
        type=(later(book, "RecordType"), "The type."),
        count=(graphene.Int, "How many the viewer may see."),
    )
    attribution = _told(
        "Attribution",
        "Whom to credit for what.",
        name=(graphene.String, "Who."),
        text=(graphene.String, "For what, under which terms."),
        url=(graphene.String, "Where to find them."),
    )
    limit = _told(
        "Limit",
        "A limit on one request.",
        name=(graphene.String, "Its name."),
        allowed=(graphene.Float, "The figure in force."),
        setting=(graphene.String, "The setting with which an operator changes it."),
        description=(graphene.String, "What it bounds."),
    )
    service = _told(
        "Service",
        "The service itself: its version, what is in its graph, whom to credit, which limits are in force.",
        version=(graphene.String, "Version of the program."),
        revision=(graphene.Int, "The graph's revision: raised by every change."),
        counts=(listed(count), "How many records of each type there are."),
        attributions=(listed(attribution), "Whom to credit."),
        limits=(listed(limit), "Limits on one request."),
    )
    return {each.__name__: each for each in (count, attribution, limit, service)}


def _told(label: str, about: str, /, **fields: tuple[Any, str]) -> type:
    """An object of which every field is always known."""
    return made(graphene.ObjectType, label, about, {name: field(of, words, name, required=True) for name, (of, words) in fields.items()})
