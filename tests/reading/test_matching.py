"""A condition with subqueries within subqueries is a value before it decides."""

import pytest

from server.reading.matching import Match, depth
from tests.goldens import Compiler

SHALLOW = "EXISTS { MATCH (n0)-[:`GAVE`]->(n1) }"
DEEP = "COUNT { MATCH (n0)-[:`GAVE`]->(n1) WHERE EXISTS { MATCH (n1)-[:`OF`]->(n2) } } >= $p0"


@pytest.mark.parametrize(
    ("text", "deep"),
    [
        ("n0.`status` = $p0", 0),
        (SHALLOW, 1),
        (f"{SHALLOW} AND {SHALLOW}", 1),
        (DEEP, 2),
        ("COUNT { MATCH (n0) ((:`A`)-[:`B`]-(n1w:`A`)){0,5} (n1:`A` {`slug`: $p0}) }", 1),
    ],
)
def test_subqueries_are_counted_by_how_deep_they_stand(text: str, deep: int) -> None:
    assert depth(text) == deep


def test_conditions_that_are_not_deep_stand_with_the_match() -> None:
    match = Match("(n0:`City`)", ["n0.`status` = $p0", SHALLOW], ["n0"])

    assert str(match) == f"MATCH (n0:`City`) WHERE n0.`status` = $p0 AND {SHALLOW}"
    assert match.whole == str(match)


def test_deep_ones_come_behind_it_under_a_name() -> None:
    match = Match("(n0:`City`)", ["n0.`status` = $p0", DEEP], ["n0", "e0"])

    assert str(match) == f"MATCH (n0:`City`) WHERE n0.`status` = $p0 WITH n0, e0, {DEEP} AS n0c0 WHERE n0c0"
    assert match.whole == f"{match} RETURN n0"


def test_filters_within_filters_never_stand_in_one_condition() -> None:
    single = "{transfersGiven: {single: {sourcePilots: {single: {replicationCountries: {gte: 1}}}}}}"

    text = Compiler().statement(f"{{ cities {{ nodes {{ pilots(where: {single}) {{ totalCount }} }} }} }}").text

    assert text.count(" AS n1c0 WHERE n1c0") == 1
    assert text.count(" AS n2c0 WHERE n2c0") == 1
    assert text.count(" AS n3c0 WHERE n3c0") == 1
