"""What is worked out of several things: the fields that answer it, and the types of the answers."""

import graphene

from graph_schema.answers import ROOTS, VOCABULARIES
from graph_schema.domain import Domain
from graph_schema.kernel import Composed, Vocabulary
from server.api.answers import answer_types, arguments, asked_field
from server.api.making import Book, field, later, listed

# The nouns whose network the measures are about.
_NETWORK = ("City", "Innovation", "Transfer", "Lesson", "Network", "Concept")


def has_network(domain: Domain) -> bool:
    """Whether the domain has cities that pass something on."""
    return all(label in domain.nodes for label in _NETWORK)


def vocabularies(domain: Domain) -> tuple[Vocabulary, ...]:
    """The closed lists in these answers."""
    return VOCABULARIES if has_network(domain) else ()


def composed_types(domain: Domain, book: Book) -> Book:
    """Every type of such an answer."""
    return answer_types(book) if has_network(domain) else {}


def composed_field(each: Composed, book: Book) -> graphene.Field:
    """The field of a record."""
    of = later(book, each.type)
    there = not each.through
    return field(listed(of) if each.many else of, each.description, each.field, arguments(each.arguments, book), required=there)


def network_fields(book: Book) -> dict[str, graphene.Field]:
    """The root fields over the whole network."""
    return {asked.field: asked_field(asked, book) for asked in ROOTS}
