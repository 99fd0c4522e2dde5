"""Cities."""

from graph_schema.answer import INFERRED, Argument
from graph_schema.declare import (
    choice,
    composed,
    integer,
    inverse,
    many,
    node,
    one,
    partial_date,
    point,
    ruled,
    spread,
    tally,
    text,
    texts,
    through,
    title,
)
from graph_schema.kernel import Searched
from graph_schema.lineages import BY_OUTCOME, FAMILY_TREE, OUTCOMES_GIVEN
from graph_schema.measures import CARRIED_ABROAD, COUNTED, MEASURES
from graph_schema.vocabularies import CONTRACT_STATUS, MISSION_STATUS


@node(plural="cities", table="cities", title="name")
class City:
    """A city: one of the Mission's 100 + 12, or any other that they learn from or teach."""

    replication_count = tally(
        integer("How many cities took something from it, by counted transfers.", measure=MEASURES), "replicationCities"
    )
    replication_countries = tally(
        integer("How many countries took something from it; a step within one country is left out.", measure=MEASURES),
        "replicationAbroad",
    )

    name = title("English name.", required=True)
    local_name = text("Name in a local language.", max_length=300, searched=Searched.LABEL)
    mission_status = choice(MISSION_STATUS, "Part in the EU Mission.", required=True, indexed=True)
    contract_status = ruled(
        choice(CONTRACT_STATUS, "How far the Climate City Contract has come; LABELLED where it has a label date."),
        ({"contract": {"labelDate": {"isNull": False}}}, "LABELLED"),
        otherwise_stored=True,
    )
    label_date = through("contract", partial_date("", whole_day=True), "labelDate", "Day on which the EU Mission Label was announced.")
    location = point("Centre of the city.")
    population = integer("Inhabitants; area and year differ between sources.", unit="inhabitants", minimum=1, indexed=True)
    population_source = text("Where the population figure comes from.")
    neutrality_target_year = integer("Year by which the city wants to be climate-neutral.", minimum=2025, maximum=2060, indexed=True)

    country = one(
        "IN_COUNTRY",
        "Country",
        "Country the city lies in.",
        required=True,
        column="country_code",
        inverse=inverse("cities", "Cities in the country."),
    )
    networks = many(
        "MEMBER_OF",
        "Network",
        "Networks the city belongs to.",
        table="network_members",
        column="network_id",
        usual=3,
        edge=(
            partial_date("Since when the city is a member.", name="from"),
            partial_date("Until when the city was a member.", name="to"),
            texts("Public addresses that support the membership.", name="sources", column="source_url"),
        ),
        inverse=inverse("members", "Cities that belong to the network."),
    )
    replication_cities = many(
        "",
        "City",
        "Cities that took something from it, by counted transfers.",
        stored=False,
        through=("transfersGiven", "targetCity"),
        passing={"transfersGiven": COUNTED},
    )
    replication_abroad = many(
        "",
        "Country",
        "Countries of those cities; a step within one country is left out.",
        stored=False,
        through=("transfersGiven", "targetCity", "country"),
        passing={"transfersGiven": CARRIED_ABROAD},
    )
    first_city = one(
        "",
        "City",
        "City in which what it gave to others began: the one origin of those innovations, else the one city of their earliest dated "
        "pilots; null where there are several.",
        stored=False,
        through=("transfersGiven", "innovation", "firstCity"),
        alone=True,
        measure=MEASURES,
    )
    by_outcome = spread("OutcomeCount", BY_OUTCOME.format(of="it gave"), OUTCOMES_GIVEN, measure=MEASURES)
    lineages = composed(
        "CityLineages",
        "Its family tree: upstream whom it had something from, downstream who had something from it, and so on.",
        *FAMILY_TREE,
        measure=MEASURES,
    )
    similar_cities = composed(
        "SimilarCities",
        "The cities most like it, and by what. Costs as 20 and what is asked of `first` cities.",
        Argument("first", "Int", "How many, 100 at the most.", default=5),
        Argument("features", "CityFeature", "By what they are compared; all unless given.", many=True),
        Argument("where", "CityFilter", "Only these cities."),
        measure=MEASURES,
    )
    reachable_cities = composed(
        "ReachableCities",
        "Cities that could have something from it: those that transfers lead to, within any one innovation. Costs as 20.",
        Argument("maxTransfers", "Int", "How many transfers away they are at the most, 1 to 6.", default=3),
        Argument("innovation", "String", "Slug of the innovation that all transfers are of."),
        INFERRED,
        Argument("first", "Int", "How many, 100 at the most.", default=20),
        measure=MEASURES,
    )
    replicable_innovations = composed(
        "ReplicableInnovation",
        "Innovations it has not taken up, those first that fit it best. Costs as 50 and what is asked of `first` innovations.",
        Argument("first", "Int", "How many, 100 at the most.", default=10),
        Argument("where", "InnovationFilter", "Only these innovations."),
        Argument("weights", "ReplicationWeights", "How much each part of the fit weighs."),
        measure=MEASURES,
        many=True,
    )
