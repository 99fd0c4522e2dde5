"""What is planned of fields whose records a measure chooses: from which grounds, in which thread, at what cost."""

import pytest

from server.errors import BadInput
from server.operations.prepared import prepare
from server.reading.desk import Reading
from server.viewer import ANONYMOUS
from tests.goldens import Compiler

COMPILER = Compiler()


def planned(text: str) -> Reading:
    document = COMPILER.reader.read(text)
    return prepare(COMPILER.desk, COMPILER.domain, document, document.operation(None), {}, ANONYMOUS).reading


@pytest.mark.parametrize(
    ("selection", "needs"),
    [
        ("transfers brokers { given }", {"network"}),
        ("byYear { year }", {"network"}),
        ("flows { totalCount }", {"network", "knowledge"}),
        ('... on TransferNetwork { members(network: "x") { rest { joint } } }', {"network", "knowledge"}),
        ("smallCityShare { share }", {"network", "knowledge"}),
    ],
)
def test_what_is_known_of_cities_is_read_only_for_the_parts_that_need_it(selection: str, needs: set[str]) -> None:
    (choosing,) = planned(f"{{ transferNetwork {{ {selection} }} }}").choosing

    assert choosing.needs == needs


@pytest.mark.parametrize(
    ("selection", "long"),
    [
        ("transfers byYear { joint }", False),
        ("brokers { given }", True),
        ('members(network: "x") { rest { brokers { given } } }', True),
    ],
)
def test_brokers_take_long_and_cost_accordingly(selection: str, long: bool) -> None:
    reading = planned(f"{{ transferNetwork {{ {selection} }} }}")

    assert ([each.takes_long for each in reading.choosing], reading.cost >= 1_000) == ([long], long)


def test_a_page_of_chosen_records_costs_as_many_as_it_may_hold() -> None:
    costs = [
        planned(f"{{ knowledgeGaps {{ citiesWithPilotsButNeverGave({page}) {{ nodes {{ name country {{ name }} }} }} }} }}").cost
        for page in ("first: 1", "first: 100", "last: 100")
    ]

    assert costs[1] - costs[0] == 99 * 2
    assert costs[1] == costs[2]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("{ facets(by: []) { missing } }", "`by` is empty"),
        ("{ aggregate { groups { key } } }", "`groups` needs `groupBy`"),
        ("(first: 1, last: 1) { totalCount }", "both given"),
    ],
)
def test_a_page_of_chosen_records_refuses_what_any_page_refuses(page: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        planned(f"{{ knowledgeGaps {{ citiesWithPilotsButNeverGave {page} }} }}")
