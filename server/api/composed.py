"""What is worked out of several things: the fields that answer it with their arguments, and the types of the answers."""

from collections.abc import Callable, Mapping
from typing import Any

import graphene

from graph_schema.domain import Domain
from graph_schema.kernel import Vocabulary
from server.api.lineage import VIOLATIONS, lineage_arguments, lineage_types
from server.api.making import Book, field
from server.api.network import network_arguments, network_types, path_arguments

ARGUMENTS: Mapping[str, Callable[[Book], dict[str, Any]]] = {"Lineage": lineage_arguments}

# The nouns whose network the measures are about.
_NETWORK = ("City", "Innovation", "Transfer")


def has_network(domain: Domain) -> bool:
    """Whether the domain has cities that pass something on."""
    return all(label in domain.nodes for label in _NETWORK)


def vocabularies(domain: Domain) -> tuple[Vocabulary, ...]:
    """The closed lists in these answers."""
    return (VIOLATIONS,) if has_network(domain) else ()


def composed_types(domain: Domain, book: Book) -> Book:
    """Every type of such an answer."""
    return lineage_types(book) | network_types(book) if has_network(domain) else {}


def network_fields(book: Book) -> dict[str, graphene.Field]:
    """The root fields over the whole network."""
    paths = "How something could have got from one city to another, or could get there."
    network = "The network of all transfers in figures."
    return {
        "replicationPaths": field(book["ReplicationPaths"], paths, "replicationPaths", path_arguments(book), required=True),
        "transferNetwork": field(book["TransferNetwork"], network, "transferNetwork", network_arguments(book), required=True),
    }
