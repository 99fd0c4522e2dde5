"""Pages of lists, from both ends and between cursors, on both stores."""

from typing import Any

import pytest

from server.operations.query import QueryService
from server.operations.request import Request

SHOWN = "{ edges { cursor } pageInfo { hasPreviousPage hasNextPage } }"
ROOT = f"{{ page: countries(orderBy: [{{name: ASC}}], %s) {SHOWN} }}"
RELATED = f'{{ network(slug: "viable-cities") {{ page: members(orderBy: [{{name: ASC}}], %s) {SHOWN} }} }}'


async def page(service: QueryService, document: str, arguments: str) -> Any:
    answer = await service.query(Request(document % arguments))
    assert answer.errors == ()
    return (answer.data.get("network") or answer.data)["page"]


@pytest.mark.parametrize("document", [ROOT, RELATED], ids=["root", "related"])
@pytest.mark.parametrize(
    ("after", "before", "size", "expected"),
    [
        (1, 4, "first: 5", (True, True)),
        (1, 4, "last: 1", (True, True)),
        (1, 4, "first: 1", (True, True)),
        (1, -1, "first: 100", (True, True)),
        (4, 1, "first: 5", (True, True)),
        (4, 1, "last: 5", (True, True)),
        (-1, 1, "first: 5", (True, False)),
        (-1, 1, "last: 5", (True, False)),
        (2, 2, "first: 5", (True, True)),
        (-1, -1, "first: 5", (True, False)),
    ],
)
async def test_a_page_between_cursors_stands_behind_the_first(
    service: QueryService, document: str, after: int, before: int, size: str, expected: tuple[bool, bool]
) -> None:
    cursors = [each["cursor"] for each in (await page(service, document, "first: 100"))["edges"]]
    assert 5 < len(cursors) < 100

    found = await page(service, document, f'after: "{cursors[after]}", before: "{cursors[before]}", {size}')

    between = cursors[cursors.index(cursors[after]) + 1 : cursors.index(cursors[before])]
    many = int(size.split()[1])
    assert [each["cursor"] for each in found["edges"]] == (between[:many] if size.startswith("first") else between[-many:])
    assert (found["pageInfo"]["hasPreviousPage"], found["pageInfo"]["hasNextPage"]) == expected


COUNTED = "where: {pilots: {count: {gte: 1}}}, orderBy: [{pilots: {count: DESC}}]"


@pytest.mark.parametrize(
    "document", ["{ page: cities(COUNTED, %s) SHOWN }", '{ network(slug: "viable-cities") { page: members(COUNTED, %s) SHOWN } }']
)
async def test_what_lies_beyond_a_page_is_known_where_a_list_is_filtered_by_what_orders_it(service: QueryService, document: str) -> None:
    document = document.replace("COUNTED", COUNTED).replace("SHOWN", SHOWN)
    cursors = [each["cursor"] for each in (await page(service, document, "first: 20"))["edges"]]

    found = await page(service, document, f'first: 2, after: "{cursors[0]}", before: "{cursors[4]}"')

    assert [each["cursor"] for each in found["edges"]] == cursors[1:3]
    assert found["pageInfo"] == {"hasPreviousPage": True, "hasNextPage": True}
