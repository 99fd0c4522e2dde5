"""The types of a lineage."""

from typing import Any

import graphene

from graph_schema.kernel import Vocabulary
from server.api.making import Book, field, later, listed, made

VIOLATIONS = Vocabulary(
    "LineageViolationKind",
    "What cannot be so, or cannot be checked, in a lineage as the records stand.",
    {
        "BACKWARDS": "A dated step is earlier than the earliest dated step by which its giver received.",
        "UNDATED_GENERATION": "No step of a generation has a year.",
        "FIRST_USE_AFTER_TRANSFER": "The first transfer is earlier than the first use.",
    },
)


def lineage_arguments(book: Book) -> dict[str, Any]:
    """Which transfers belong to a lineage."""
    return {
        "includeInferred": graphene.Argument(graphene.Boolean, default_value=False, description="With those that were only inferred."),
        "kinds": graphene.Argument(listed(later(book, "TransferKind")), description="Only these kinds."),
        "since": graphene.Argument(graphene.Int, description="Only of this year and later; undated ones are left out."),
        "until": graphene.Argument(graphene.Int, description="Only of this year and earlier; undated ones are left out."),
    }


def lineage_types(book: Book) -> Book:
    """`Lineage` and what it is made of."""
    cities = listed(later(book, "City"))
    first = {"first": graphene.Argument(graphene.Int, default_value=100, description="How many steps, 1,000 at the most.")}
    lineage = {
        "innovation": field(later(book, "Innovation"), "What was passed on.", "innovation", required=True),
        "roots": field(cities, "Cities that give and never receive, component by component.", "roots", required=True),
        "steps": field(listed(later(book, "LineageStep")), "Its transfers by generation, year and slug.", "steps", first, required=True),
        "measures": field(later(book, "LineageMeasures"), "Its figures.", "measures", required=True),
        "violations": field(listed(later(book, "LineageViolation")), "What cannot be so or be checked.", "violations", required=True),
    }
    step = {
        "generation": field(graphene.Int, "One more than the least generation of its givers; roots are 0.", "generation", required=True),
        "joint": field(graphene.Boolean, "Whether several gave without being a hybrid.", "joint", required=True),
        "transfer": field(later(book, "Transfer"), "The transfer.", "transfer", required=True),
        "from": field(cities, "Cities that gave.", "from", required=True),
        "to": field(later(book, "City"), "City that received.", "to", required=True),
    }
    violation = {
        "kind": field(later(book, "LineageViolationKind"), "What is wrong.", "kind", required=True),
        "transfer": field(later(book, "Transfer"), "The transfer in question.", "transfer"),
        "city": field(later(book, "City"), "The city in question.", "city"),
        "message": field(graphene.String, "The same in words.", "message", required=True),
    }
    return {
        "Lineage": made(graphene.ObjectType, "Lineage", "How an innovation went from city to city.", lineage),
        "LineageStep": made(graphene.ObjectType, "LineageStep", "One transfer of a lineage.", step),
        "LineageMeasures": made(graphene.ObjectType, "LineageMeasures", "The figures of a lineage.", _measures()),
        "LineageViolation": made(graphene.ObjectType, "LineageViolation", "What cannot be so, or cannot be checked.", violation),
    }


def _measures() -> dict[str, Any]:
    whole = {
        "cities": "Cities that gave or received.",
        "countries": "Their countries.",
        "depth": "The highest generation.",
        "width": "The most cities in one generation.",
        "missingYears": "Transfers without a year.",
    }
    return {name: field(graphene.Int, about, name, required=True) for name, about in whole.items()} | {
        "structuralVirality": field(
            graphene.Float, "Mean distance between connected cities, direction ignored; null below two cities.", "structuralVirality"
        ),
        "timeToFirstTransferYears": field(
            graphene.Int, "Years from the first use to the first dated transfer; null where either is unknown.", "timeToFirstTransferYears"
        ),
        "censored": field(graphene.Boolean, "Whether it has no transfer so far.", "censored", required=True),
        "definitionVersion": field(graphene.String, "Version of the definition.", "definitionVersion", required=True),
    }
