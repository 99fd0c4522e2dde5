"""How a lineage is asked for and answered: of an innovation, of a transfer's innovation, and a city's family tree."""

from graph_schema.answer import Answer, Argument, Part
from graph_schema.kernel import Spread, Vocabulary
from graph_schema.measures import COULD_COUNT

VERSION = Part("definitionVersion", "String", "Version of the definition.")
MOST_STEPS = 1_000
MOST_GENERATIONS = 10

VOCABULARIES = (
    Vocabulary(
        "LineageViolationKind",
        "What cannot be so, or cannot be checked, in a lineage as the records stand.",
        {
            "BACKWARDS": "A dated step is earlier than the earliest dated step by which its giver received.",
            "UNDATED_GENERATION": "No step of a generation has a year.",
            "FIRST_USE_AFTER_TRANSFER": "The first transfer is earlier than the first use.",
        },
    ),
    Vocabulary("LineageGrouping", "By what the steps of a lineage are folded.", {"COUNTRY": "From country to country."}),
    Vocabulary(
        "LineageDirection",
        "Which way a family tree is followed.",
        {
            "UPSTREAM": "To those who gave, and those who gave to them.",
            "DOWNSTREAM": "To those who received, and those who received from them.",
        },
    ),
)

_INFERRED = Argument("includeInferred", "Boolean", "With those that were only inferred.", default=False)
LINEAGE = (
    _INFERRED,
    Argument("kinds", "TransferKind", "Only these kinds.", many=True),
    Argument("since", "Int", "Only of this year and later; undated ones are left out."),
    Argument("until", "Int", "Only of this year and earlier; undated ones are left out."),
    Argument("includeVariants", "Boolean", "With the transfers of every innovation in its `variantFamily`.", default=False),
    Argument("collapseBy", "LineageGrouping", "Fold the steps, to be read as `folds`."),
    Argument("first", "Int", f"How many of the `folds`, {MOST_STEPS:,} at the most; 100 unless given."),
    Argument("after", "String", "The folds after this cursor."),
)
FAMILY_TREE = (
    Argument("direction", "LineageDirection", "Which way.", required=True),
    Argument("maxGenerations", "Int", f"How many transfers away at the most, 1 to {MOST_GENERATIONS}.", default=3),
    Argument("innovation", "String", "Slug of the innovation that all transfers are of."),
    Argument(
        "sameInnovation",
        "Boolean",
        "Whether a chain of transfers is of one innovation from end to end; those of no innovation then stand in none.",
        default=True,
    ),
    Argument("includeInferred", "Boolean", "With transfers that were only inferred.", default=False),
)
OUTCOMES = Spread("transfers", "outcome", COULD_COUNT)
OUTCOMES_GIVEN = Spread("transfersGiven", "outcome", COULD_COUNT)
BY_OUTCOME = "How the transfers {of} ended that are of a kind that could count as a replication, every outcome with its number."

ANSWERS = (
    Answer(
        "Lineage",
        "How an innovation went from city to city.",
        (
            Part("innovation", "Innovation", "What was passed on."),
            Part("roots", "City", "Of each component the cities that give and never receive, or its earliest givers; by slug.", many=True),
            Part(
                "steps",
                "LineageStep",
                "Its transfers by generation, year and slug.",
                many=True,
                first=100,
                most=MOST_STEPS,
                arguments=(Argument("after", "String", "The steps after this cursor."),),
            ),
            Part("stepCount", "Int", "How many steps there are in all."),
            Part("folds", "LineageFolds", "The steps folded; null unless `collapseBy` is given.", required=False),
            Part("measures", "LineageMeasures", "Its figures."),
            Part("violations", "LineageViolation", "What cannot be so or be checked.", many=True),
        ),
    ),
    Answer(
        "LineageStep",
        "One transfer of a lineage.",
        (
            Part("generation", "Int", "One more than the least generation of its givers; roots are 0."),
            Part("joint", "Boolean", "Whether several gave without being a hybrid."),
            Part("transfer", "Transfer", "The transfer."),
            Part("innovation", "Innovation", "What was passed on: with `includeVariants` a variant, perhaps."),
            Part("from", "City", "Cities that gave.", many=True),
            Part("to", "City", "City that received."),
            Part("cursor", "String", "Position of the step in the lineage."),
        ),
    ),
    Answer(
        "LineageFolds",
        "A page of folded steps.",
        (
            Part("nodes", "LineageFold", "By generation, the largest first, then by the codes of the countries.", many=True),
            Part("pageInfo", "PageInfo", "Where this page stands."),
            Part("totalCount", "Int", "How many there are on all pages."),
        ),
    ),
    Answer(
        "LineageFold",
        "The steps of one generation from one country to another, or within one; a step with givers of several countries stands "
        "in the fold of each.",
        (
            Part("generation", "Int", "The generation of the steps."),
            Part("from", "Country", "Country of the giving cities.", required=False),
            Part("to", "Country", "Country of the receiving cities.", required=False),
            Part("transfers", "Int", "How many steps."),
            Part("counting", "Int", "How many of them count as replications."),
            Part("cities", "Int", "How many cities received."),
            Part("joint", "Int", "Steps whose source names a group of givers."),
            Part("firstYear", "Int", "The earliest year; null where none is known.", required=False),
            Part("missingYears", "Int", "Steps without a year."),
        ),
    ),
    Answer(
        "LineageMeasures",
        "The figures of a lineage.",
        (
            Part("cities", "Int", "Cities that gave or received."),
            Part("countries", "Int", "Their countries."),
            Part("depth", "Int", "The highest generation."),
            Part("width", "Int", "The most cities in one generation."),
            Part("missingYears", "Int", "Transfers without a year."),
            Part(
                "structuralVirality",
                "Float",
                "Mean distance between connected cities, direction ignored; null below two cities.",
                required=False,
            ),
            Part(
                "timeToFirstTransferYears",
                "Int",
                "Years from the first use to the first dated transfer; null where either is unknown.",
                required=False,
            ),
            Part("censored", "Boolean", "Whether it has no transfer so far."),
            VERSION,
        ),
    ),
    Answer(
        "LineageViolation",
        "What cannot be so, or cannot be checked.",
        (
            Part("kind", "LineageViolationKind", "What is wrong."),
            Part("transfer", "Transfer", "The transfer in question.", required=False),
            Part("city", "City", "The city in question.", required=False),
            Part("message", "String", "The same in words."),
        ),
    ),
    Answer(
        "CityLineages",
        "The family tree of a city: whom it had something from, or who had something from it, and so on.",
        (
            Part("generations", "CityGeneration", "The city itself, then those one transfer away, and so on.", many=True),
            Part(
                "branches",
                "LineageBranch",
                "The transfers between them by generation, year and slug.",
                many=True,
                first=100,
                most=MOST_STEPS,
            ),
            Part("branchCount", "Int", "How many branches there are in all."),
            Part("missingYears", "Int", "Branches without a year."),
            Part("truncated", "Boolean", "Whether transfers lead on from the last generation."),
            VERSION,
        ),
    ),
    Answer(
        "CityGeneration",
        "The cities so many transfers away, each in the nearest generation only.",
        (
            Part("generation", "Int", "How many transfers away."),
            Part("cities", "City", "The cities by slug.", many=True, first=100, most=MOST_STEPS),
            Part("cityCount", "Int", "How many cities there are in all."),
        ),
    ),
    Answer(
        "LineageBranch",
        "One transfer of a family tree.",
        (
            Part("generation", "Int", "How many transfers away from the city it ends."),
            Part("transfer", "Transfer", "The transfer."),
            Part("joint", "Boolean", "Whether several gave without being a hybrid."),
        ),
    ),
    Answer(
        "OutcomeCount",
        "How many transfers ended one way.",
        (Part("outcome", "TransferOutcome", "How they ended."), Part("count", "Int", "How many.")),
    ),
)
