"""Lists that are read in any order are put in that of their source."""

from server.exports.selecting import in_order, slugs_in_order

LISTED = [[2, "gent", "c"], [0, "turku", "a"], [1, "malmo", "b"]]
UNLISTED = [[None, "turku"], [None, "gent"]]


def test_records_stand_as_their_source_lists_them() -> None:
    assert in_order(LISTED) == [["turku", "a"], ["malmo", "b"], ["gent", "c"]]
    assert slugs_in_order(LISTED) == ["turku", "malmo", "gent"]


def test_what_no_source_lists_stands_by_slug() -> None:
    assert slugs_in_order(UNLISTED) == ["gent", "turku"]


def test_what_is_listed_stands_before_what_is_not() -> None:
    assert slugs_in_order([[None, "aarhus"], [1, "malmo"], [0, "turku"]]) == ["turku", "malmo", "aarhus"]
