"""What the service says of itself."""

import graphene

from server.api.making import Book, field, later, listed, made


def service_types(book: Book) -> Book:
    """`Service` and its parts."""
    count = made(
        graphene.ObjectType,
        "RecordCount",
        "How many records of one type there are.",
        {
            "type": field(later(book, "RecordType"), "The type.", "type", required=True),
            "count": field(graphene.Int, "How many the viewer may see.", "count", required=True),
        },
    )
    attribution = made(
        graphene.ObjectType,
        "Attribution",
        "Whom to credit for what.",
        {
            "name": field(graphene.String, "Who.", "name", required=True),
            "text": field(graphene.String, "For what, under which terms.", "text", required=True),
            "url": field(graphene.String, "Where to find them.", "url", required=True),
        },
    )
    limit = made(
        graphene.ObjectType,
        "Limit",
        "A limit on one request.",
        {
            "name": field(graphene.String, "Its name.", "name", required=True),
            "allowed": field(graphene.Float, "The figure in force.", "allowed", required=True),
            "setting": field(graphene.String, "The setting with which an operator changes it.", "setting", required=True),
            "description": field(graphene.String, "What it bounds.", "description", required=True),
        },
    )
    service = made(
        graphene.ObjectType,
        "Service",
        "The service itself: its version, what is in its graph, whom to credit, which limits are in force.",
        {
            "version": field(graphene.String, "Version of the program.", "version", required=True),
            "revision": field(graphene.Int, "The graph's revision: raised by every change.", "revision", required=True),
            "counts": field(listed(count), "How many records of each type there are.", "counts", required=True),
            "attributions": field(listed(attribution), "Whom to credit.", "attributions", required=True),
            "limits": field(listed(limit), "Limits on one request.", "limits", required=True),
        },
    )
    return {each.__name__: each for each in (count, attribution, limit, service)}
