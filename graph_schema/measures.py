"""What the measures have in common: the version of their definitions, and what counts as a replication."""

from graph_schema.kernel import Reason

MEASURES = "1"
"""Version of the definitions of the measures."""

COULD_COUNT = {"kind": {"in": ["REPLICATION", "TRANSFER", "ADAPTATION"]}}
# The rules of a counted replication in the order in which they are tested.
NOT_COUNTED = (
    ({"not": COULD_COUNT}, "KIND"),
    ({"not": {"outcome": {"in": ["IMPLEMENTED", "PARTIAL"]}}}, "OUTCOME"),
    ({"degree": {"in": ["REJECTION", "INSPIRATION"]}}, "DEGREE"),
    ({"claimLevel": {"eq": "INFERRED"}}, "CLAIM_LEVEL"),
    ({"scalingCity": {"isNull": False}}, "SAME_CITY"),
)
JOINT = {"sourceCities": {"count": {"gt": 1}}, "not": {"degree": {"eq": "HYBRIDISATION"}}}

COUNTED = {"counts": {"eq": True}}
CARRIED_ABROAD = {**COUNTED, "crossesBorder": {"eq": True}}

# What has to hold of an innovation for each level of evidence, by itself.
_MEASURED_CHANGE = {"kind": {"in": ["OBSERVED", "ESTIMATED"]}, "yearsSinceBaseline": {"gt": 0}}
_COMPARED = {**_MEASURED_CHANGE, "comparisonGroup": {"eq": True}}
_CONFIRMED = {**COUNTED, "claimLevel": {"in": ["INDEPENDENT", "CONFIRMED_BY_BOTH"]}}
CARRIED_OUT = {**COUNTED, "outcome": {"eq": "IMPLEMENTED"}}
ACCOUNT = {"or": [{"lessons": {"some": {}}}, {"observations": {"some": {"kind": {"ne": "TARGET"}}}}]}
CHANGE = {"observations": {"some": _MEASURED_CHANGE}}
COMPARED = {"observations": {"some": _COMPARED}}
# As long as no figure says whether there was a comparison group, higher levels do not ask for one; the level itself is not reached.
NOT_ASKED_OR_COMPARED = {"or": [COMPARED, {"observations": {"none": {"comparisonGroup": {"isNull": False}}}}]}
INDEPENDENTLY = {"transfers": {"some": _CONFIRMED}}
IN_SEVERAL_PLACES = {"implementingCities": {"count": {"gte": 3}}, "pilots": {"some": {"stage": {"eq": "MAINSTREAMED"}}}}

REASONS = (
    Reason(1, "lessons", {}),
    Reason(1, "observations", {"kind": {"ne": "TARGET"}}),
    Reason(2, "observations", _MEASURED_CHANGE),
    Reason(3, "observations", _COMPARED),
    Reason(4, "transfers", _CONFIRMED),
    Reason(5, "transfers", CARRIED_OUT),
    Reason(5, "pilots", {"stage": {"eq": "MAINSTREAMED"}}),
)
EVIDENCE = (
    ({"and": [CHANGE, NOT_ASKED_OR_COMPARED, INDEPENDENTLY, IN_SEVERAL_PLACES]}, 5),
    ({"and": [CHANGE, NOT_ASKED_OR_COMPARED, INDEPENDENTLY]}, 4),
    ({"and": [CHANGE, COMPARED]}, 3),
    (CHANGE, 2),
    (ACCOUNT, 1),
)
