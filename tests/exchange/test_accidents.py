"""What spreadsheets and people do to a package: accepted without a word, or refused with the place and the reason."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.declare import number, partial_date, texts
from server.errors import PackageRefused
from server.exchange.cells import join_list, read_value, split_list, write_value
from server.exchange.findings import SHOWN, Finding, Findings
from tests.exchange.packages import URL, Package, a_city, a_country, a_pilot, a_transfer, an_innovation, lund, read, two_cities

Accident = Callable[[Path], None]


def rewritten(file: str, change: Callable[[bytes], bytes]) -> Accident:
    """A file whose bytes something has changed."""

    def happen(folder: Path) -> None:
        path = folder / file
        path.write_bytes(change(path.read_bytes()))

    return happen


def delimited(by: str) -> Callable[[bytes], bytes]:
    """Another separator between the cells; lists keep theirs, in quotes."""

    def change(content: bytes) -> bytes:
        lines = (line.split(",") for line in content.decode().splitlines())
        quoted = ([f'"{cell}"' if ";" in cell else cell for cell in line] for line in lines)
        return "\n".join(by.join(line) for line in quoted).encode() + b"\n"

    return change


@pytest.mark.parametrize(
    "accident",
    [
        pytest.param(rewritten("cities.csv", lambda content: b"\xef\xbb\xbf" + content), id="a byte order mark"),
        pytest.param(rewritten("cities.csv", lambda content: content.replace(b"\n", b"\r\n")), id="CRLF"),
        pytest.param(rewritten("cities.csv", lambda content: content.decode().encode("utf-16")), id="UTF-16 with a byte order mark"),
        pytest.param(rewritten("cities.csv", lambda content: b"\xfe\xff" + content.decode().encode("utf-16-be")), id="UTF-16, big end"),
        pytest.param(rewritten("transfers.csv", delimited(";")), id="semicolons between the cells"),
        pytest.param(rewritten("transfers.csv", delimited("\t")), id="tabs between the cells"),
        pytest.param(rewritten("cities.csv", lambda content: content + b",,,,\n\n\n"), id="empty rows below the table"),
        pytest.param(rewritten("cities.csv", lambda content: content.replace(b"\n", b",,\n")), id="empty columns behind the table"),
        pytest.param(rewritten("datapackage.json", lambda content: b"\xef\xbb\xbf" + content), id="a byte order mark in the description"),
    ],
)
def test_what_a_spreadsheet_does_is_accepted_without_a_word(accident: Accident, tmp_path: Path) -> None:
    package = two_cities(innovations=[an_innovation()], transfers=[a_transfer(source_city_ids="malmo;lund")])
    untouched, _ = read(package.written(tmp_path / "before"))
    folder = package.written(tmp_path / "after")

    accident(folder)

    content, findings = read(folder)
    assert findings == []
    assert content.records == untouched.records


def only(findings: list[Finding]) -> Finding:
    """The one finding there is."""
    assert len(findings) == 1, [str(each) for each in findings]
    return findings[0]


def cities(*rows: dict[str, str]) -> Package:
    return Package({"countries": [a_country()], "cities": list(rows)})


# For each: the package, the line and column of the one finding, and words of its reason and of what was expected.
REFUSED = {
    "a key twice": (cities(a_city(), a_city(name="Other")), 3, "id", "stands already in line 2", "every key once"),
    "a dangling reference": (cities(a_city(country_code="DK")), 2, "country_code", "“DK” is not in countries", "a key of countries"),
    "a dangling item of a list": (
        two_cities(innovations=[an_innovation()], transfers=[a_transfer(source_city_ids="malmo;ystad")]),
        2,
        "source_city_ids",
        "“ystad” is not in cities",
        "keys of cities",
    ),
    "a day that does not exist": (
        two_cities(needs=[{"id": "n", "city_id": "lund", "question": "How?", "open_until": "2023-02-30", "source_url": URL}]),
        2,
        "open_until",
        "“2023-02-30” is not a date that exists",
        "YYYY",
    ),
    "a month that does not exist": (
        two_cities(needs=[{"id": "n", "city_id": "lund", "question": "How?", "open_until": "2023-13", "source_url": URL}]),
        2,
        "open_until",
        "not a date that exists",
        "YYYY",
    ),
    "a cell over 20 KB": (
        cities(a_city(local_name=""), lund(population_source="ö" * 10_241)),
        3,
        "population_source",
        "20,482 bytes",
        "20,480",
    ),
    "a value outside the list": (cities(a_city(mission_status="MAYBE")), 2, "mission_status", "“MAYBE” is not in the list", "MISSION_EU"),
    "a word for a number": (cities(a_city(population="300 000")), 2, "population", "not a whole number", "digits only"),
    "a number past what GraphQL can tell": (cities(a_city(population="2147483648")), 2, "population", "too large", "2147483647"),
    "digits of another script": (cities(a_city(population="٣")), 2, "population", "not a whole number", "digits only"),
    "a pilot that stalled for no reason": (
        two_cities(pilots=[a_pilot(stage="STALLED", reason_stopped="")]),
        2,
        "reason_stopped",
        "`stage` is STALLED",
        "a reason",
    ),
    "a number without end": (two_cities(pilots=[a_pilot(budget_eur="1e400")]), 2, "budget_eur", "too large to be held", "1200.5"),
    "a fraction for a whole number": (cities(a_city(population="3.5")), 2, "population", "not a whole number", "digits only"),
    "a figure out of bounds": (cities(a_city(neutrality_target_year="1930")), 2, "neutrality_target_year", "too small", "at least 2025"),
    "half a place": (cities(a_city(latitude="55.6", longitude="")), 2, "longitude", "half its coordinates", "both"),
    "an empty required cell": (cities(a_city(name="")), 2, "name", "the cell is empty", "a value"),
    "no source": (cities(a_city(source_url="")), 2, "source_url", "the cell is empty", "a"),
    "a source that is none": (cities(a_city(source_url="told by phone")), 2, "source_url", "“told by phone”", "http"),
    "an unknown column": (cities(a_city(mayor="X")), 1, "mayor", "the column is unknown", "one of"),
    "a missing required column": (
        Package({"countries": [a_country()], "cities": [{"id": "lund", "name": "Lund", "country_code": "SE", "source_url": URL}]}),
        1,
        "mission_status",
        "the column is missing",
        "mission_status",
    ),
    "a title over 300 characters": (
        two_cities(innovations=[an_innovation(title="t" * 301)]),
        2,
        "title",
        "301 characters are too many",
        "300",
    ),
    "a list over 100 items": (
        two_cities(innovations=[an_innovation(aliases=";".join(map(str, range(101))))]),
        2,
        "aliases",
        "101 items are too many",
        "at most 100",
    ),
    "the same record twice in a list": (
        two_cities(innovations=[an_innovation()], transfers=[a_transfer(source_city_ids="malmo;malmo")]),
        2,
        "source_city_ids",
        "names a record twice",
        "once",
    ),
    "a NUL character": (cities(a_city(local_name="Mal\0mö")), 2, "local_name", "NUL", "text"),
    "the same tie twice": (
        two_cities(
            networks=[{"id": "n", "name": "N", "kind": "CITY_NETWORK", "scope": "WORLD", "source_url": URL}],
            network_members=[
                {"network_id": "n", "city_id": "lund", "source_url": URL},
                {"network_id": "n", "city_id": "lund", "source_url": URL},
            ],
        ),
        3,
        "network_id",
        "stands already in line 2",
        "every key once",
    ),
}


@pytest.mark.parametrize(("package", "line", "column", "reason", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_a_wrong_cell_is_refused_with_its_place(  # house: what is wrong, where, and in which words
    package: Package, line: int, column: str, reason: str, expected: str, tmp_path: Path
) -> None:
    _, findings = read(package.written(tmp_path))

    found = [each for each in findings if (each.line, each.column) == (line, column)]
    assert reason in only(found).reason
    assert expected in found[0].expected
    assert found == findings


def test_latin_1_is_refused_with_line_and_column(tmp_path: Path) -> None:
    folder = two_cities().written(tmp_path)
    rewritten("cities.csv", lambda content: content.decode().encode("latin-1"))(folder)

    _, findings = read(folder)

    found = only([each for each in findings if each.file == "cities.csv"])
    assert (found.line, found.column) == (2, "name")
    assert "Latin-1" in found.reason
    assert "UTF-8" in found.expected


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes, tmp_path: Path) -> None:
    folder = two_cities().written(tmp_path)
    (folder / "cities.csv").write_bytes(content)

    _, findings = read(folder)

    assert "empty" in only([each for each in findings if each.file == "cities.csv"]).reason


def test_a_row_with_a_cell_too_many_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = two_cities().written(tmp_path)
    rewritten("cities.csv", lambda content: content.rstrip(b"\n") + b",surplus\n")(folder)

    _, findings = read(folder)

    assert only([each for each in findings if "cells" in each.reason]).line == 3


def test_a_cell_under_no_name_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = two_cities().written(tmp_path)
    rewritten("cities.csv", lambda content: content.replace(b"\n", b",,\n").rstrip(b",\n") + b",,surplus\n")(folder)

    _, findings = read(folder)

    assert (only(findings).line, only(findings).reason) == (3, "“surplus” stands in a column without a name")


def test_a_quote_that_never_ends_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = two_cities().written(tmp_path)
    rewritten("cities.csv", lambda content: content.replace(b"lund,Lund", b'lund,"Lund'))(folder)

    _, findings = read(folder)

    assert only([each for each in findings if "cannot be read" in each.reason]).line == 3


@pytest.mark.parametrize("header", [" name", "name ", "Name", "NAME", "nmae"])
def test_a_column_that_is_not_quite_written_as_it_should_be_is_told_with_what_was_meant(header: str, tmp_path: Path) -> None:
    folder = cities(a_city()).written(tmp_path)
    rewritten("cities.csv", lambda content: content.replace(b",name,", f",{header},".encode(), 1))(folder)

    _, findings = read(folder)

    told = str(only(findings))
    assert told.startswith(f"cities.csv, line 1, column “{header}”: the column is unknown; expected one of ")
    assert told.endswith("; did you mean “name”?")


@pytest.mark.parametrize("by", [",", ";"])
def test_a_header_in_capitals_is_told_column_by_column(by: str, tmp_path: Path) -> None:
    folder = cities(a_city()).written(tmp_path)
    header = ",".join(a_city())
    rewritten("cities.csv", lambda content: content.replace(header.encode(), header.upper().encode()).replace(b",", by.encode()))(folder)

    _, findings = read(folder)

    assert {each.column for each in findings} == {name.upper() for name in a_city()}
    assert all(each.expected.endswith(f"did you mean “{str(each.column).lower()}”?") for each in findings)


def test_a_line_is_the_one_where_the_row_begins_although_cells_above_have_several(tmp_path: Path) -> None:
    rows = [an_innovation(summary="one\ntwo\nthree"), an_innovation(id="other", title="")]
    _, findings = read(two_cities(innovations=rows).written(tmp_path))

    assert only(findings).line == 5


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    folder = two_cities().written(tmp_path)
    (folder / "cities.csv").unlink()

    _, findings = read(folder)

    assert "cannot be read" in only(findings).reason


def test_a_table_that_the_domain_does_not_know_is_refused(tmp_path: Path) -> None:
    folder = two_cities().written(tmp_path)
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"].append(described["resources"][0] | {"name": "mayors"})
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")

    _, findings = read(folder)

    assert only(findings).reason == "the table is unknown"


def test_a_file_outside_the_package_is_never_opened(tmp_path: Path) -> None:
    folder = two_cities().written(tmp_path / "in")
    (tmp_path / "secret.csv").write_text("code,name,source_url\n")
    described = (folder / "datapackage.json").read_text(encoding="utf-8").replace('"countries.csv"', '"../secret.csv"')
    (folder / "datapackage.json").write_text(described, encoding="utf-8")

    _, findings = read(folder)

    assert only(findings).reason == "the file “../secret.csv” is outside the package"


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json"])
def test_what_is_no_package_is_refused_outright(content: str, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text(content)

    with pytest.raises(PackageRefused):
        read(tmp_path)


@pytest.mark.parametrize("latitude", ["91", "north"])
def test_a_latitude_that_is_none_is_said_once(latitude: str, tmp_path: Path) -> None:
    _, findings = read(cities(a_city(latitude=latitude, longitude="12.7"), lund()).written(tmp_path))

    assert [each.column for each in findings] == ["latitude"]


@pytest.mark.parametrize(
    ("pilot", "expected"),
    [
        ({"start_date": "May 2023"}, "YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"city_ids": "lund, malmo"}, "keys separated by semicolons, without blanks"),
    ],
)
def test_the_form_of_a_cell_is_told_in_words(pilot: dict[str, str], expected: str, tmp_path: Path) -> None:
    _, findings = read(two_cities(pilots=[a_pilot(**pilot)]).written(tmp_path))

    assert expected in {each.expected for each in findings}
    assert not any("^" in each.expected for each in findings)


def test_every_finding_is_told_not_only_the_first(tmp_path: Path) -> None:
    _, findings = read(cities(a_city(population="x"), lund(neutrality_target_year="y")).written(tmp_path))

    assert {each.column for each in findings} == {"population", "neutrality_target_year"}


def test_the_findings_told_one_by_one_are_capped_and_the_rest_counted() -> None:
    findings = Findings()
    for line in range(SHOWN + 50):
        findings.add(Finding("cities.csv", line, "id", "wrong", "right"))

    with pytest.raises(PackageRefused) as refused:
        findings.refuse_if_any()

    assert refused.value.details["total"] == SHOWN + 50
    assert len(refused.value.details["findings"]) == SHOWN


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), max_size=5))
def test_a_list_cell_reads_back_as_it_was_written(items: list[str]) -> None:
    assert split_list(join_list(items)) == items


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_it_was_written(value: float) -> None:
    declared = number("A number.")

    assert read_value(declared, write_value(declared, value)) == value


def test_an_empty_list_and_nothing_reported_are_written_differently() -> None:
    declared = texts("Texts.")

    assert (write_value(declared, []), write_value(declared, None)) == (";", "")
    assert read_value(declared, ";") == []


def test_a_leap_day_is_a_date_in_leap_years_only() -> None:
    declared = partial_date("A day.")

    assert read_value(declared, "2024-02-29") == "2024-02-29"
    with pytest.raises(Exception, match="2023-02-29"):
        read_value(declared, "2023-02-29")
