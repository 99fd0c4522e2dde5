"""The answers that are worked out of the network as a whole: its figures, what flows in it, what is missing in it, and its map."""

from dataclasses import replace

from graph_schema.answer import INFERRED, VERSION, Answer, Argument, Asked, Part
from graph_schema.kernel import Vocabulary

FLOW_GROUP = Vocabulary(
    "FlowGroup",
    "Between what transfers flow.",
    {
        "COUNTRY": "From the countries of the givers to that of the receiver.",
        "NETWORK": "From the networks of the givers to those of the receiver; a transfer stands in the flow of every such pair.",
        "FIELD": "Within the fields of action of what is passed on; a transfer stays in each of them, so both ends are the same.",
    },
)
DEGREES = (
    Argument("south", "Float", "Its southern edge, in degrees north of the equator.", required=True),
    Argument("west", "Float", "Its western edge, in degrees east of Greenwich.", required=True),
    Argument("north", "Float", "Its northern edge, in degrees north of the equator.", required=True),
    Argument("east", "Float", "Its eastern edge, in degrees east of Greenwich.", required=True),
)
INPUTS = {"Box": ("A part of the map; where its west lies east of its east, it lies across the antimeridian.", DEGREES)}

TRANSFERS = Argument("where", "TransferFilter", "Only these transfers.")
MOST_FLOWS = Argument("first", "Int", "How many flows, 1,000 at the most.", default=100)

_FIGURES = (
    Part("transfers", "Int", "Transfers in it."),
    Part("givingCities", "Int", "Cities that gave."),
    Part("receivingCities", "Int", "Cities that received."),
    Part("missingYears", "Int", "Transfers without a year."),
    Part("joint", "Int", "Transfers whose source names a group of givers."),
    Part(
        "reciprocity",
        "Float",
        "Of the pairs of cities with a transfer, the share with transfers both ways; null without any.",
        required=False,
    ),
    Part(
        "sourceGini",
        "Float",
        "How unequal the credit for giving is among cities that give or receive, 0 to 1; null without any.",
        required=False,
    ),
    Part("brokers", "Broker", "By betweenness, zeros left out. Costs 1,000 more.", many=True, first=10, cost=1_000),
)
_COUNTING = Part("counting", "Int", "Those of them that count as a replication.")

NETWORK = (
    Answer(
        "TransferNetwork",
        "The whole network in figures.",
        (
            *(replace(part, source=f"overview.{part.attribute}") for part in _FIGURES),
            Part("byYear", "TransferYear", "The same year by year; transfers without a year stand last.", many=True),
            Part(
                "flows",
                "TransferFlows",
                "What flows between groups of cities.",
                arguments=(Argument("by", "FlowGroup", "Between what.", default="COUNTRY"), MOST_FLOWS),
            ),
            Part(
                "members",
                "MembersAndRest",
                "What members of a network of cities gave or received, against everything else.",
                arguments=(Argument("network", "String", "Slug of the network.", required=True),),
            ),
            Part(
                "smallCityShare",
                "SmallCityShare",
                "How much of what was given came from small cities.",
                arguments=(Argument("below", "Int", "A small city has less inhabitants than this.", default=250_000),),
            ),
            VERSION,
        ),
    ),
    Answer("NetworkFigures", "A part of the network in figures.", _FIGURES),
    Answer(
        "Broker",
        "A city through which others are reached.",
        (
            Part("city", "City", "The city."),
            Part("betweenness", "Float", "Share of the shortest paths between others that lead through it, 0 to 1."),
            Part("given", "Int", "Transfers it gave."),
            Part("received", "Int", "Transfers it received."),
            Part("credit", "Float", "Its share in what it gave: 1/n for each of n givers."),
        ),
    ),
    Answer(
        "TransferYear",
        "The transfers of one year.",
        (
            Part("year", "Int", "The year; null for those without one.", required=False),
            Part("transfers", "Int", "Transfers in it."),
            _COUNTING,
            Part("givingCities", "Int", "Cities that gave."),
            Part("receivingCities", "Int", "Cities that received."),
            Part("joint", "Int", "Transfers whose source names a group of givers."),
        ),
    ),
    Answer(
        "TransferFlows",
        "How many transfers lead from where to where.",
        (
            Part("nodes", "TransferFlow", "The largest first, then by their keys.", many=True),
            Part("totalCount", "Int", "How many flows there are.", source="total"),
            Part("ungrouped", "Int", "Transfers in none of them, because nothing is known of one of their ends, or of what they carry."),
            VERSION,
        ),
    ),
    Answer(
        "TransferFlow",
        "The transfers from one group to another.",
        (
            Part("from", "FlowEnd", "Those that gave.", source="giving"),
            Part("to", "FlowEnd", "Those that received.", source="receiving"),
            Part("transfers", "Int", "Transfers between them."),
            _COUNTING,
        ),
    ),
    Answer(
        "FlowEnd",
        "A group at an end of a flow.",
        (
            Part("key", "String", "Code of the country, or slug of the network or the field."),
            Part("label", "String", "Its name."),
        ),
    ),
    Answer(
        "MembersAndRest",
        "Two networks that together are the whole.",
        (
            Part("members", "NetworkFigures", "Transfers that a member gave or received."),
            Part("rest", "NetworkFigures", "All others."),
        ),
    ),
    Answer(
        "SmallCityShare",
        "How much of the credit for giving small cities have; givers of unknown population are outside the share.",
        (
            Part("share", "Float", "The share, 0 to 1; null where no giver's population is known.", required=False),
            Part("smallCities", "Int", "Giving cities that are small."),
            Part("knownCities", "Int", "Giving cities of known population."),
            Part("unknownCities", "Int", "Giving cities of unknown population, which are left out."),
        ),
    ),
)

GAPS = (
    Answer(
        "KnowledgeGaps",
        "Where much is done and little is passed on or measured.",
        (
            Part(
                "fieldsWithPilotsButNoTransfer",
                "FieldGap",
                "Fields with three pilots or more of which nothing that counts was given.",
                many=True,
            ),
            Part(
                "fieldsWithTransfersButNoObservation",
                "FieldGap",
                "Fields with three counted transfers or more in which nothing was observed or estimated.",
                many=True,
            ),
            Part(
                "innovationsWithTransfersButNoObservation",
                "InnovationConnection",
                "Innovations with three counted transfers or more of which nothing was observed or estimated.",
            ),
            Part("citiesWithPilotsButNeverGave", "CityConnection", "Cities that pilot something and gave nothing to anyone."),
            VERSION,
        ),
    ),
    Answer(
        "FieldGap",
        "A field of action, and what is done in it.",
        (
            Part("field", "Concept", "The field."),
            Part("pilots", "Int", "Pilots in it."),
            Part("transfersCounted", "Int", "Transfers of it that count as a replication."),
            Part(
                "figuresMeasured",
                "Int",
                "Figures in it that were observed or estimated, wherever that was: the scope does not narrow them.",
            ),
            Part("innovations", "InnovationConnection", "What these pilots test and these transfers carry."),
        ),
    ),
)

REACHABLE = (
    Answer(
        "ReachableCities",
        "Cities that could have something from one.",
        (
            Part("nodes", "ReachableCity", "Fewest transfers first, then by slug.", many=True),
            Part("totalCount", "Int", "How many there are."),
            Part("truncated", "Boolean", "Whether there are more than are shown."),
            VERSION,
        ),
    ),
    Answer(
        "ReachableCity",
        "A city, and how far something has to go to get there.",
        (Part("city", "City", "The city."), Part("transfers", "Int", "The fewest transfers in which it gets there.")),
    ),
)

MAP = (
    Answer(
        "CityPoints",
        "Cities on a map: as points, or counted in cells where there are more than 2,000 of them or a precision is given.",
        (
            Part("points", "PointLists", "The cities, by slug; empty where there are cells."),
            Part("cells", "MapCell", "Cells of a grid that have cities in them, from south to north, then from west to east.", many=True),
            Part("precision", "Float", "How wide and high a cell is, in degrees; null where there are points.", required=False),
            Part("totalCount", "Int", "Cities in the box.", source="total"),
            Part("missing", "Int", "Cities without coordinates; they are in no box."),
        ),
    ),
    Answer(
        "PointLists",
        "Lists of the same length: what stands at one place of each is of one city.",
        (
            Part("slugs", "String", "Their slugs.", many=True),
            Part("names", "String", "Their English names.", many=True),
            Part("latitudes", "Float", "Degrees north of the equator.", many=True),
            Part("longitudes", "Float", "Degrees east of Greenwich.", many=True),
            Part("populations", "Int", "Their inhabitants; null where unknown.", many=True, sparse=True),
        ),
    ),
    Answer(
        "MapCell",
        "A cell of a grid.",
        (
            Part("latitude", "Float", "Of its middle, in degrees north of the equator."),
            Part("longitude", "Float", "Of its middle, in degrees east of Greenwich."),
            Part("count", "Int", "Cities in it."),
        ),
    ),
)

ALL = (*NETWORK, *GAPS, *REACHABLE, *MAP)

ROOTS = (
    Asked(
        "transferNetwork",
        "TransferNetwork",
        "The network of all transfers, or of those that `where` lets through, in figures.",
        (TRANSFERS, INFERRED),
    ),
    Asked(
        "transferFlows",
        "TransferFlows",
        "How many transfers lead from where to where.",
        (Argument("by", "FlowGroup", "Between what.", default="COUNTRY"), TRANSFERS, INFERRED, MOST_FLOWS),
    ),
    Asked(
        "knowledgeGaps",
        "KnowledgeGaps",
        "Where much is done and little is passed on or measured: everywhere, or in the cities of a country, a network, or of both.",
        (Argument("country", "String", "Code of the country."), Argument("network", "String", "Slug of the network.")),
    ),
    Asked(
        "cityPoints",
        "CityPoints",
        "Cities on a map. Costs as 200 records.",
        (
            Argument("where", "CityFilter", "Only these cities."),
            Argument("box", "Box", "Only cities in this part of the map."),
            Argument("precision", "Float", "Count them in cells of so many degrees, 0.001 to 90."),
        ),
    ),
)
