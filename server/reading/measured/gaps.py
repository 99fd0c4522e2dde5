"""Where much is done and little is passed on or measured."""

from collections.abc import Mapping

from server.errors import BadInput
from server.measures.gaps import KnowledgeGaps
from server.reading.chosen import Grounds
from server.reading.measured.measure import KNOWLEDGE, Given, Measure, knowledge

_FIELDS = 5


def _gaps(grounds: Grounds, _parent: str, given: Given) -> KnowledgeGaps:
    known = knowledge(grounds)
    scopes = [
        _cities(name, given[name], groups, lookup)
        for name, groups, lookup in (
            ("country", known.countries, "countries { nodes { code } }"),
            ("network", known.networks, "networks { nodes { slug } }"),
        )
        if given.get(name) is not None
    ]
    return known.gaps(frozenset.intersection(*scopes) if scopes else None)


def _cities(name: str, key: str, groups: Mapping[str, frozenset[str]], lookup: str) -> frozenset[str]:
    if key not in groups:
        raise BadInput(f"`{name}` is {key!r}, and there is no such {name}.", hint=f"Give what `{lookup}` answers.")
    return groups[key]


MEASURE = Measure(
    _gaps,
    KNOWLEDGE,
    200,
    sizes=lambda _: {
        "KnowledgeGaps.fieldsWithPilotsButNoTransfer": _FIELDS,
        "KnowledgeGaps.fieldsWithTransfersButNoObservation": _FIELDS,
    },
)
