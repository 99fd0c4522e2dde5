"""What every record has, whatever its noun."""

from dataclasses import replace

from graph_schema.declare import choice, code, integer, many, moment, text
from graph_schema.kernel import Property, Relationship
from graph_schema.vocabularies import RECORD_STATUS

_PROPERTIES = {
    "id": code("Globally unique and readable, such as `City:helsingborg`; never changes.", required=True, column=None),
    "slug": code("Unique among records of its type, such as `helsingborg`.", required=True, unique=True, column=None),
    "created_at": moment("When the record entered the graph.", required=True, column=None),
    "updated_at": moment("When the record last changed.", required=True, column=None),
    "revision": integer("The graph's revision at the record's last change.", required=True, column=None),
    "status": choice(RECORD_STATUS, "Whether the record is public.", required=True, column="status"),
}

LOCATOR = text("Where in the source the support stands, or which properties it supports.", name="locator")

_SUPPORT = {
    "sources": many("SUPPORTED_BY", "Source", "Sources that support the record.", edge=(LOCATOR,), positioned=True, usual=2),
    "disputed_by": many("DISPUTED_BY", "Source", "Sources that dispute the record.", positioned=True, usual=1),
}

RECORD_PROPERTIES: tuple[Property, ...] = tuple(replace(each, name=name) for name, each in _PROPERTIES.items())
OF_EVERY_RECORD = frozenset(_PROPERTIES)
"""The names of what every record has."""
SUPPORTED_BY: tuple[Relationship, ...] = tuple(replace(each, name=name) for name, each in _SUPPORT.items())
