"""CSV: no cell is a formula, and whatever was written is read back."""

import csv
import io
import string

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.exchange.apostrophes import as_it_was, harmless
from server.exports.csv_text import body, csvw_column, header, list_items
from server.exports.tables import Table, integer, integers, moment, number, text, texts, truth

TABLE = Table("t", "", "", (text("a", ""), texts("b", ""), number("c", ""), integer("d", ""), truth("e", "")), ("a",))
TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@\t\r\n'\";,\\"), max_size=20)


def cells_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(start: str) -> None:
    [[cell, listed, *_]] = cells_of(body(TABLE, [(f"{start}1+1", [f"{start}a", "b"], None, None, None)]))

    assert cell == f"'{start}1+1"
    assert listed == f"'{start}a;b"


def test_a_negative_number_stays_a_number() -> None:
    [cells] = cells_of(body(TABLE, [(None, None, -3.5, -7, False)]))

    assert cells == ["", "", "-3.5", "-7", "false"]


@given(TEXTS)
def test_no_written_cell_begins_like_a_formula(written: str) -> None:
    [[cell, *_]] = cells_of(body(TABLE, [(written, None, None, None, None)]))

    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r"} or not cell


@given(TEXTS.filter(bool), st.lists(TEXTS.filter(bool), max_size=4))
def test_texts_and_lists_survive_a_round_trip(written: str, listed: list[str]) -> None:
    [[cell, items, *_]] = cells_of(body(TABLE, [(written, listed, None, None, None)]))

    assert as_it_was(cell) == written
    assert list_items(items) == listed


@given(TEXTS)
def test_taking_the_apostrophe_away_gives_back_what_was_there(written: str) -> None:
    assert as_it_was(harmless(written)) == written


def test_pandas_reads_quotes_newlines_and_every_script() -> None:
    written = ['Malmö “a\nb”, "c"', "Θεσσαλονίκη\r\nx", "🚲;\\", string.punctuation]

    read = pd.read_csv(
        io.BytesIO(header(TABLE) + body(TABLE, [(each, None, 1.0, 1, True) for each in written])),
        keep_default_na=False,
        lineterminator=None,
    )

    assert [as_it_was(cell) for cell in read["a"]] == written
    assert read["e"].tolist() == [True] * 4


def test_a_number_of_a_list_that_is_not_known_stands_in_its_place() -> None:
    numbers = integers("n", "Some.")
    table = Table("t", "", "", (numbers, moment("m", "Then.")), ("n",))
    then = "2026-11-23T15:00:00.000000Z"

    assert cells_of(body(table, [([7, None, -1], then), (None, None)])) == [["7;NA;-1", then], ["", ""]]
    assert csvw_column(numbers)["null"] == ["", "NA"]
    assert csvw_column(numbers)["datatype"] == "integer"


def test_a_list_is_described_with_its_separator() -> None:
    assert csvw_column(texts("b", "Some."))["separator"] == ";"
