"""Networks of cities."""

from graph_schema.declare import choice, inverse, node, one, text, title
from graph_schema.kernel import Searched
from graph_schema.vocabularies import NETWORK_KIND, NETWORK_SCOPE


@node(table="networks", title="name")
class Network:
    """A network, platform or joint project of cities."""

    name = title("Name.", required=True)
    kind = choice(NETWORK_KIND, "What sort of network it is.", required=True)
    scope = choice(NETWORK_SCOPE, "How far it reaches.", required=True)
    url = text("Website.")
    description = text("What it does.", searched=Searched.BODY)

    country = one(
        "IN_COUNTRY", "Country", "Country of a national network.", column="country_code", inverse=inverse("networks", "National networks.")
    )
