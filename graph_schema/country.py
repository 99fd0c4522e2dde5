"""Countries."""

from graph_schema.declare import code, counted_by, node, title
from graph_schema.kernel import Searched


@node(plural="countries", table="countries", table_key="code", lookup="code", title="name")
class Country:
    """A country of a city or of a national network."""

    code = code("ISO 3166-1 alpha-2 code, such as `SE`.", required=True, unique=True, definition="ISO 3166-1", searched=Searched.LABEL)
    name = title("English short name.", required=True)

    network = counted_by("Networks to which a city of the country belongs.", ("cities", "networks"))
