"""The types of paths and of the whole network."""

from typing import Any

import graphene

from server.api.making import Book, field, later, listed, made


def path_arguments(book: Book) -> dict[str, Any]:
    """From where to where, and which steps are taken."""
    truths = {
        "sameInnovation": (True, "Only paths whose steps are all of one innovation."),
        "countedOnly": (False, "Only steps that count as replications."),
        "timeRespecting": (False, "Only paths whose steps are all dated, the years never falling."),
        "includeInferred": (False, "With transfers that were only inferred."),
        "includeFailed": (False, "With transfers that failed or were abandoned or rejected."),
    }
    ends = {"from": "Slug of the city where the paths begin.", "to": "Slug of the city where they end."}
    return (
        {name: graphene.Argument(graphene.NonNull(graphene.String), name=name, description=about) for name, about in ends.items()}
        | {
            "maxTransfers": graphene.Argument(graphene.Int, name="maxTransfers", default_value=4, description="The longest path, 1 to 6."),
            "innovation": graphene.Argument(
                graphene.String, name="innovation", description="Slug of the innovation that all steps are of."
            ),
            "kinds": graphene.Argument(listed(later(book, "TransferKind")), name="kinds", description="Only steps of these kinds."),
        }
        | {
            name: graphene.Argument(graphene.Boolean, name=name, default_value=default, description=about)
            for name, (default, about) in truths.items()
        }
        | {"first": graphene.Argument(graphene.Int, name="first", default_value=10, description="How many paths, 100 at the most.")}
    )


def network_arguments(_book: Book) -> dict[str, Any]:
    """Which transfers make up the network."""
    about = "With transfers that were only inferred."
    return {"includeInferred": graphene.Argument(graphene.Boolean, name="includeInferred", default_value=False, description=about)}


def network_types(book: Book) -> Book:
    """`ReplicationPaths`, `TransferNetwork` and what they are made of."""
    version = {"definitionVersion": field(graphene.String, "Version of the definition.", "definitionVersion", required=True)}
    paths = {
        "nodes": field(
            listed(later(book, "ReplicationPath")),
            "By length, time-respecting ones first, then by the slugs of cities and transfers.",
            "nodes",
            required=True,
        ),
        "truncated": field(graphene.Boolean, "Whether there are more, or not all ground was covered.", "truncated", required=True),
        "undatedSteps": field(graphene.Int, "Steps of these paths without a year.", "undatedSteps", required=True),
    }
    path = {
        "cities": field(listed(later(book, "City")), "Its cities from end to end.", "cities", required=True),
        "transfers": field(listed(later(book, "Transfer")), "The transfer of each step.", "transfers", required=True),
        "length": field(graphene.Int, "How many transfers.", "length", required=True),
        "timeRespecting": field(graphene.Boolean, "Every step is dated, and the years never fall.", "timeRespecting", required=True),
        "jointSteps": field(graphene.Int, "Steps whose source names a group of givers.", "jointSteps", required=True),
    }
    return {
        "ReplicationPaths": made(
            graphene.ObjectType, "ReplicationPaths", "How something could get from one city to another.", paths | version
        ),
        "ReplicationPath": made(graphene.ObjectType, "ReplicationPath", "A chain of transfers that visits no city twice.", path),
        "TransferNetwork": made(graphene.ObjectType, "TransferNetwork", "The whole network in figures.", _network(book) | version),
        "Broker": made(graphene.ObjectType, "Broker", "A city through which others are reached.", _broker(book)),
    }


def _network(book: Book) -> dict[str, Any]:
    numbers = {
        "transfers": "Transfers in it.",
        "givingCities": "Cities that gave.",
        "receivingCities": "Cities that received.",
        "missingYears": "Transfers without a year.",
        "joint": "Transfers whose source names a group of givers.",
    }
    shares = {
        "reciprocity": "Of the pairs of cities with a transfer, the share with transfers both ways; null without any.",
        "sourceGini": "How unequal the credit for giving is among cities that give or receive, 0 to 1; null without any.",
    }
    first = {"first": graphene.Argument(graphene.Int, name="first", default_value=10, description="How many, 100 at the most.")}
    return (
        {name: field(graphene.Int, about, name, required=True) for name, about in numbers.items()}
        | {name: field(graphene.Float, about, name) for name, about in shares.items()}
        | {"brokers": field(listed(later(book, "Broker")), "By betweenness, zeros left out.", "brokers", first, required=True)}
    )


def _broker(book: Book) -> dict[str, Any]:
    return {
        "city": field(later(book, "City"), "The city.", "city", required=True),
        "betweenness": field(
            graphene.Float, "Share of the shortest paths between others that lead through it, 0 to 1.", "betweenness", required=True
        ),
        "given": field(graphene.Int, "Transfers it gave.", "given", required=True),
        "received": field(graphene.Int, "Transfers it received.", "received", required=True),
        "credit": field(graphene.Float, "Its share in what it gave: 1/n for each of n givers.", "credit", required=True),
    }
