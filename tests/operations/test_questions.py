"""The questions the service is for, as plain documents, on the Mission's data."""

import csv
from typing import Any

from server.bundled import mission_package, operations
from server.operations.query import QueryService
from server.operations.request import Request


def rows_of(table: str) -> list[dict[str, str]]:
    with (mission_package() / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


async def asked(service: QueryService, name: str, **variables: Any) -> Any:
    answer = await service.query(Request((operations() / f"{name}.graphql").read_text(), variables=variables))
    assert answer.errors == ()
    return answer.data


async def test_what_cities_learned_that_stopped_stalled_or_failed(service: QueryService) -> None:
    stopped = {row["title"]: row for row in rows_of("pilots") if row["stage"] in ("STALLED", "DISCONTINUED", "REJECTED")}
    failed = [row for row in rows_of("transfers") if row["outcome"] in ("FAILED", "ABANDONED")]

    data = await asked(service, "stopped-and-failed", first=100)

    assert data["pilots"]["totalCount"] == len(stopped)
    assert {each["title"]: each["reasonStopped"] for each in data["pilots"]["nodes"]} == {
        title: row["reason_stopped"] for title, row in stopped.items()
    }
    assert data["transfers"]["totalCount"] == len(failed)
    assert any(each["lessons"]["nodes"] for each in data["pilots"]["nodes"])


async def test_which_finished_pilots_to_link_as_sources(service: QueryService) -> None:
    data = await asked(service, "finished-pilots-to-link", topic="Retrofit")

    found = data["pilots"]["nodes"]
    assert data["pilots"]["totalCount"] == len(found) > 3
    assert {each["stage"] for each in found} <= {"COMPLETED", "MAINSTREAMED"}
    counts = [each["lessons"]["totalCount"] for each in found]
    assert counts == sorted(counts, reverse=True)


async def test_what_to_keep_and_what_others_changed(service: QueryService) -> None:
    elements = {row["transfer_id"]: row for row in rows_of("transfer_elements")}
    of_brt = [row for row in rows_of("transfers") if row["innovation_id"] == "bus-rapid-transit"]

    data = await asked(service, "keep-and-change", innovation="bus-rapid-transit")

    found = data["innovation"]
    assert "Dedicated running ways for buses" in found["essentialElements"]
    assert found["allTransfers"]["totalCount"] == len(of_brt)
    assert found["reported"]["totalCount"] == sum(row["id"] in elements for row in of_brt)


async def test_which_lessons_fit_a_field_and_a_lever_and_where_they_were_applied(service: QueryService) -> None:
    fitting = [
        row for row in rows_of("lessons") if "transport" in row["fields"].split(";") and "governance-policy" in row["levers"].split(";")
    ]
    applied = {row["lesson_id"] for row in rows_of("lesson_applications")}

    data = await asked(service, "lessons-and-uptake")

    assert data["lessons"]["totalCount"] == len(fitting)
    assert data["applied"]["totalCount"] == len(applied)
    assert data["lessons"]["nodes"][0]["appliedIn"]["edges"][0]["result"]


async def test_the_edge_list_of_transfers_page_by_page_is_that_of_the_table(service: QueryService) -> None:
    expected = {
        row["id"]: (row["kind"], row["outcome"], set(row["source_city_ids"].split(";")), row["target_city_id"])
        for row in rows_of("transfers")
        if row["year"] and 2015 <= int(row["year"]) <= 2026
    }

    found: dict[str, Any] = {}
    after, pages = None, 0
    while pages == 0 or after:
        page = (await asked(service, "transfers-edge-list", after=after))["transfers"]
        assert page["totalCount"] == len(expected)
        for each in page["nodes"]:
            givers = {city["slug"] for city in each["sourceCities"]["nodes"]}
            found[each["slug"]] = (each["kind"], each["outcome"], givers, each["targetCity"]["slug"])
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
        pages += 1

    assert pages == -(-len(expected) // 100)
    assert found == expected


async def test_which_member_cities_run_pilots_and_never_gave(service: QueryService) -> None:
    members = {row["city_id"] for row in rows_of("network_members") if row["network_id"] == "viable-cities"}
    givers = {city for row in rows_of("transfers") for city in row["source_city_ids"].split(";")}
    piloting = {city for row in rows_of("pilots") for city in row["city_ids"].split(";")}
    names = {row["id"]: row["name"] for row in rows_of("cities")}

    data = await asked(service, "hidden-sources")

    assert {each["name"] for each in data["network"]["members"]["nodes"]} == {names[city] for city in members & piloting - givers}
