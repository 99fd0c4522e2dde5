"""Which transfers count as a replication, and which are attributed to a group."""

import pytest
from hypothesis import given

from server.measures.network import Transfer, counts, joint, why_not
from tests.measures import drawn, mission
from tests.measures.drawn import a_transfer

RULES = {
    "KIND": {"kind": "TWINNING"},
    "OUTCOME": {"outcome": "COMMITTED"},
    "DEGREE": {"degree": "REJECTION"},
    "CLAIM_LEVEL": {"claim_level": "INFERRED"},
    "SAME_CITY": {"givers": ("b",)},
}


def test_a_transfer_that_breaks_no_rule_counts() -> None:
    assert counts(a_transfer("a", "b"))


@pytest.mark.parametrize("rule", RULES)
def test_a_transfer_does_not_count_for_the_first_rule_it_breaks(rule: str) -> None:
    later = list(RULES)[list(RULES).index(rule) :]
    breaking = a_transfer("a", "b")
    for broken in later:
        breaking = breaking._replace(**RULES[broken])  # type: ignore[arg-type]

    assert (counts(breaking), why_not(breaking)) == (False, rule)


@pytest.mark.parametrize(
    ("givers", "degree", "expected"), [("a", "UNKNOWN", False), ("ac", "UNKNOWN", True), ("ac", "HYBRIDISATION", False)]
)
def test_several_givers_are_a_group_unless_they_are_a_hybrid(givers: str, degree: str, expected: bool) -> None:
    assert joint(a_transfer(givers, "b", degree=degree)) is expected


@given(drawn.transfers())
def test_a_transfer_counts_when_nothing_says_why_not(transfers: list[Transfer]) -> None:
    for transfer in transfers:
        held = (
            transfer.kind in ("REPLICATION", "TRANSFER", "ADAPTATION"),
            transfer.outcome in ("IMPLEMENTED", "PARTIAL"),
            transfer.degree not in ("REJECTION", "INSPIRATION"),
            transfer.claim_level != "INFERRED",
            transfer.target not in transfer.givers,
        )

        assert counts(transfer) is all(held)
        assert why_not(transfer) == next((rule for rule, holds in zip(RULES, held, strict=True) if not holds), None)


def test_of_the_missions_1085_transfers_312_count_and_300_are_joint() -> None:
    transfers = mission.transfers()

    assert (len(transfers), sum(map(counts, transfers)), sum(map(joint, transfers))) == (1085, 312, 300)
