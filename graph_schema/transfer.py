"""Transfers: one city takes something from others."""

from graph_schema.declare import choice, composed, integer, inverse, many, node, one, ruled, text, texts, truth
from graph_schema.kernel import Searched
from graph_schema.lineages import LINEAGE
from graph_schema.measures import JOINT, MEASURES, NOT_COUNTED
from graph_schema.vocabularies import (
    CLAIM_LEVEL,
    NOT_COUNTED_REASON,
    TRANSFER_CHANNEL,
    TRANSFER_DEGREE,
    TRANSFER_KIND,
    TRANSFER_OUTCOME,
)


@node(table="transfers", title="")
class Transfer:
    """One city took, studied or promised to take something from one or more other cities."""

    kind = choice(TRANSFER_KIND, "What its source calls it.", required=True, indexed=True)
    degree = choice(TRANSFER_DEGREE, "How much was taken over; UNKNOWN unless a source describes it.", required=True)
    channel = choice(TRANSFER_CHANNEL, "How the knowledge travelled.", required=True)
    year = integer("Year in which it began or was announced.", minimum=1970, maximum=2030, indexed=True)
    outcome = choice(TRANSFER_OUTCOME, "How it ended.", required=True)
    claim_level = choice(CLAIM_LEVEL, "Who stands behind the claim.", required=True)
    kept_elements = texts("What the receiving city kept; null where not reported.", table="transfer_elements", searched=Searched.BODY)
    changed_elements = texts("What it changed; null where not reported.", table="transfer_elements", searched=Searched.BODY)
    dropped_elements = texts("What it left out; null where not reported.", table="transfer_elements", searched=Searched.BODY)
    note = text("What else its source says.", searched=Searched.BODY)
    counts = ruled(
        truth("Whether it counts as a replication.", required=True, measure=MEASURES),
        *((rule, False) for rule, _ in NOT_COUNTED),
        otherwise=True,
    )
    why_not = ruled(
        choice(NOT_COUNTED_REASON, "The first rule by which it does not count as a replication; null where it counts.", measure=MEASURES),
        *NOT_COUNTED,
    )
    joint_attribution = ruled(
        truth("Several givers that are no hybrid: the source names only their group.", required=True, measure=MEASURES),
        (JOINT, True),
        otherwise=False,
    )
    crosses_border = ruled(
        truth("Whether no giver is a city of the receiving city's country.", required=True, measure=MEASURES),
        ({"scalingCity": {"isNull": False}}, False),
        ({"homeGivers": {"some": {}}}, False),
        otherwise=True,
    )

    lineage = composed(
        "Lineage",
        "The lineage of its innovation: where that started and how it went from city to city; null where it names no innovation.",
        *LINEAGE,
        measure=MEASURES,
        through="innovation",
    )

    source_cities = many(
        "GAVE",
        "City",
        "Cities that gave.",
        incoming=True,
        positioned=True,
        required=True,
        usual=2,
        column="source_city_ids",
        inverse=inverse("transfers_given", "Transfers in which the city gave."),
    )
    target_city = one(
        "REACHED",
        "City",
        "City that received.",
        required=True,
        column="target_city_id",
        inverse=inverse("transfers_received", "Transfers in which the city received."),
    )
    source_pilots = many(
        "GAVE",
        "Pilot",
        "Pilots that gave, where known.",
        incoming=True,
        positioned=True,
        usual=2,
        column="source_pilot_ids",
        inverse=inverse("transfers_given", "Transfers in which the pilot gave."),
    )
    target_pilot = one(
        "REACHED",
        "Pilot",
        "Pilot that received, where known.",
        column="target_pilot_id",
        inverse=inverse("transfers_received", "Transfers in which the pilot received."),
    )
    innovation = one(
        "OF",
        "Innovation",
        "What was transferred; null where the source names no subject.",
        column="innovation_id",
        inverse=inverse("transfers", "Transfers of the innovation."),
    )
    programme = one(
        "WITHIN",
        "Programme",
        "Programme within which it happened.",
        column="programme_id",
        inverse=inverse("transfers", "Transfers within the programme."),
    )
    fields = many("", "Concept", "Fields of action of its innovation.", plain=True, stored=False, usual=2, through=("innovation", "fields"))
    levers = many("", "Concept", "Levers of its innovation.", plain=True, stored=False, usual=2, through=("innovation", "levers"))
    scaling_city = one(
        "REACHED", "City", "The receiving city, where it is also among the givers: scaling within one city.", stored=False, closing="GAVE"
    )
    home_givers = many(
        "",
        "City",
        "Givers that are other cities of the receiving city's country.",
        stored=False,
        usual=2,
        through=("targetCity", "country", "cities"),
        closing="GAVE",
    )
