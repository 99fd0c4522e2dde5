"""Innovations: ideas that can be replicated."""

from graph_schema.declare import composed, integer, inverse, many, node, one, ruled, spread, tally, text, texts, title
from graph_schema.kernel import Searched
from graph_schema.lineages import BY_OUTCOME, LINEAGE, OUTCOMES
from graph_schema.measures import CARRIED_ABROAD, CARRIED_OUT, COUNTED, EVIDENCE, MEASURES, REASONS


@node(table="innovations")
class Innovation:
    """An abstract idea that other cities can take up; what a city does with it is a pilot."""

    replication_count = tally(integer("How many cities took it up, by counted transfers.", measure=MEASURES), "replicationCities")
    replication_countries = tally(
        integer("How many countries took it up abroad: a step within one country is left out.", measure=MEASURES), "replicationAbroad"
    )
    evidence_level = ruled(
        integer(
            "How well it is borne out: 0 a claim only, 1 an account, 2 a change measured before and after, 3 beside a comparison group, "
            "4 replicated independently, 5 scaled in several places. Computed, never typed in.",
            required=True,
            measure=MEASURES,
            reasons=REASONS,
        ),
        *EVIDENCE,
        otherwise=0,
    )

    title = title("Title.", required=True)
    summary = text("What it is, in short.", required=True, searched=Searched.BODY)
    aliases = texts("Other names under which it is known.", searched=Searched.LABEL)
    first_year = integer("Year of the first known use.", minimum=1970, maximum=2030, indexed=True)
    essential_elements = texts(
        "What must stay for it to work; null where not reported.", table="innovation_elements", searched=Searched.BODY
    )
    adaptable_elements = texts(
        "What may be adapted to the place; null where not reported.", table="innovation_elements", searched=Searched.BODY
    )
    preconditions = texts("What must be there beforehand; null where not reported.", table="innovation_elements", searched=Searched.BODY)

    by_outcome = spread("OutcomeCount", BY_OUTCOME.format(of="of it"), OUTCOMES, measure=MEASURES)
    lineage = composed("Lineage", "Where it started and how it went from city to city.", *LINEAGE, measure=MEASURES)

    fields = many("IN_FIELD", "Concept", "Fields of action.", plain=True, positioned=True, usual=2, column="fields")
    levers = many("USES_LEVER", "Concept", "Levers it uses.", plain=True, positioned=True, usual=2, column="levers")
    origin_city = one(
        "ORIGINATED_IN",
        "City",
        "City to which the sources tie the idea.",
        column="origin_city_id",
        inverse=inverse("innovations", "Innovations that originated in the city."),
    )
    variant_of = many(
        "VARIANT_OF",
        "Innovation",
        "Innovations that a source calls it a variant of.",
        table="innovation_variants",
        column="variant_of_id",
        usual=1,
        edge=(texts("Public addresses that support the relationship.", name="sources", column="source_url"),),
        inverse=inverse("variants", "Innovations that a source calls variants of it."),
    )
    first_city = one(
        "ORIGINATED_IN",
        "City",
        "City to which the sources tie the idea, else the one city of its earliest dated pilot; null where that has several.",
        stored=False,
        through=("pilots", "cities"),
        first={"pilots": "startDate"},
        passing={"pilots": {"cities": {"count": {"eq": 1}}}},
        measure=MEASURES,
    )
    variant_family = many(
        "VARIANT_OF",
        "Innovation",
        "Itself, its variants and those it is a variant of, theirs as well, and so on up to four steps away.",
        stored=False,
        usual=2,
        within=4,
    )
    family_transfers = many(
        "",
        "Transfer",
        "Transfers of every innovation in its variant family.",
        stored=False,
        through=("variantFamily", "transfers"),
    )
    replication_cities = many(
        "",
        "City",
        "Cities that took it up, by counted transfers.",
        stored=False,
        through=("transfers", "targetCity"),
        passing={"transfers": COUNTED},
    )
    replication_abroad = many(
        "",
        "Country",
        "Countries of those cities; a step within one country is left out.",
        stored=False,
        through=("transfers", "targetCity", "country"),
        passing={"transfers": CARRIED_ABROAD},
    )
    implementing_cities = many(
        "",
        "City",
        "Cities in which a counted transfer of it was implemented in full.",
        stored=False,
        through=("transfers", "targetCity"),
        passing={"transfers": CARRIED_OUT},
    )
