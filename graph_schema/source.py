"""Sources."""

from graph_schema.declare import either, node, partial_date, text
from graph_schema.kernel import Searched


@node(table="sources", table_key="url", sourced=False)
class Source:
    """A public address that supports or disputes a record. Its slug is the start of the SHA-256 of the address."""

    url = text("Public address.", required=True)
    title = text("Title.", max_length=300, searched=Searched.TITLE)
    publisher = text("Who published it.", searched=Searched.BODY)
    accessed_on = partial_date("Day on which it was read.", whole_day=True)
    licence = text("Licence of the source.")
    kind = text("What sort of source it is.")

    supports = either("SUPPORTED_BY", (), "Records it supports, of whatever type.", union="Record", incoming=True)
    disputes = either("DISPUTED_BY", (), "Records it disputes, of whatever type.", union="Record", incoming=True)
