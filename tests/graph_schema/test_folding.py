"""The folded form: what it makes equal, what it keeps apart, and that every store orders it alike."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.folding import folded
from tests.oracle.fold import fold

ASTRAL = st.characters(min_codepoint=0xD000, exclude_categories=["Cs"])
TRICKY = st.sampled_from("øæœłđðþıħŋŧŁÐØß\u0301\u0308\u0345éΐйİǅK\u05b8א")
ANY_TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), ASTRAL, TRICKY))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Malmö", "malmo"),
        ("MALMO\u0308", "malmo"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("Œuvre", "oeuvre"),
        ("Þingvellir", "thingvellir"),
        ("Ðakovo đ ħ ŋ ŧ ı", "dakovo d h n t i"),
        ("İzmir", "izmir"),
        ("Straße", "strasse"),
        ("Αθήνα", "αθηνα"),
        ("Київ", "киів".replace("і", "\u0456")),
        ("ﬁne №5", "fine no5"),
        ("Å", "a"),
        ("", ""),
    ],
)
def test_case_accents_and_letters_with_a_mark_inside_do_not_matter(written: str, expected: str) -> None:
    assert folded(written) == expected


@pytest.mark.parametrize("written", ["\u05d0\u05b8", "क्", "が"])
def test_marks_of_other_scripts_are_kept(written: str) -> None:
    assert unicodedata.normalize("NFKD", written) == folded(written)


def test_a_mark_on_a_sign_that_is_no_letter_is_kept() -> None:
    assert folded("\u271d\u0301") == "\u271d\u0301"


def test_a_character_above_the_surrogates_is_written_in_hexadecimal_digits() -> None:
    assert folded("Bike \U0001f6b2") == "bike \ud7ff01f6b2"


@given(ANY_TEXT)
def test_the_folded_form_is_what_its_definition_says(text: str) -> None:
    assert folded(text) == fold(text)


@given(ANY_TEXT)
def test_nothing_above_the_surrogates_is_left(text: str) -> None:
    assert all(letter <= "\ud7ff" for letter in folded(text))


@given(ANY_TEXT, ANY_TEXT)
def test_utf_16_units_and_code_points_order_folded_text_alike(one: str, other: str) -> None:
    first, second = folded(one), folded(other)

    by_units = (first.encode("utf-16-be") > second.encode("utf-16-be")) - (first.encode("utf-16-be") < second.encode("utf-16-be"))
    by_code_points = (first > second) - (first < second)

    assert by_units == by_code_points


@given(ANY_TEXT)
def test_composed_and_decomposed_text_are_equal(text: str) -> None:
    assert folded(unicodedata.normalize("NFC", text)) == folded(unicodedata.normalize("NFD", text))
