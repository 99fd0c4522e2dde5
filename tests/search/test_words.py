"""Any text becomes words, none of which a database could take for anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.domain import load_domain
from graph_schema.searching import NAMES, TEXT, search_texts, words_of
from server.errors import OverLimit
from server.search.statement import Wanted, lucene, search_statement
from server.search.vocabulary import Vocabulary
from server.search.words import read_question

DOMAIN = load_domain()
SYNTAX = r'+-&|!(){}[]^"~*?:\/'
ANYTHING = st.text(max_size=60) | st.text(alphabet=f'{SYNTAX} aB1ö"AND', max_size=60)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Malmö MALMO malmø", ["malmo", "malmo", "malmo"]),
        ("Łódź, Kraków", ["lodz", "krakow"]),
        ("Θεσσαλονίκη Габрово İzmir", ["θεσσαλονικη", "габрово", "izmir"]),
        ("CO₂e 2.5 l’Aquila", ["co2e", "2", "5", "l", "aquila"]),
        ("heat_pump +heat-pump*", ["heat", "pump", "heat", "pump"]),
        ("😀\x00 *:*", []),
        ("鎌倉市 𐌰", ["鎌倉市", "x010330"]),
    ],
)
def test_a_text_is_its_folded_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(ANYTHING)
def test_folding_words_again_changes_nothing(text: str) -> None:
    words = words_of(text)

    assert words_of(" ".join(words)) == words


@given(ANYTHING)
def test_no_syntax_of_the_index_is_left_in_what_it_is_asked(text: str) -> None:
    question = read_question(text, 1_000)

    asked = lucene(question, dict.fromkeys(question.words, ()))

    assert not set(asked) & set('-&|!{}[]^"~?:\\/')
    assert not {"AND", "OR", "NOT", "TO"} & set(asked.replace("(", " ").replace(")", " ").split())
    assert bool(asked) is bool(question)


@given(ANYTHING)
def test_no_value_enters_the_statement(text: str) -> None:
    question = read_question(text, 1_000)

    statement = search_statement(DOMAIN, question, Vocabulary(), Wanted())

    other = read_question("x" if question else "", 1)
    assert statement.text == search_statement(DOMAIN, other, Vocabulary(), Wanted()).text


@pytest.mark.parametrize(
    ("text", "words", "phrases"),
    [
        ('"climate city" contract', ("contract",), ("climate city",)),
        ("„Klima Stadt“ «ville»", (), ("klima stadt", "ville")),
        ('climate "city contract', ("climate", "city", "contract"), ()),
        ('"" " " "', (), ()),
        ("heat heat", ("heat",), ()),
    ],
)
def test_what_stands_in_quotes_is_a_phrase(text: str, words: tuple[str, ...], phrases: tuple[str, ...]) -> None:
    question = read_question(text, 16)

    assert (question.words, question.phrases) == (words, phrases)


def test_too_many_words_are_refused_with_the_limit_named() -> None:
    with pytest.raises(OverLimit) as refused:
        read_question("heat " * 2_048, 16)

    assert refused.value.details["setting"] == "REPLICITY_LIMIT_SEARCH_WORDS"


@pytest.mark.parametrize("typed", ["vlaencia", "valenia", "valenccia", "balencia", "valenciq", "alencia"])
def test_one_typo_is_a_letter_wrong_missing_or_too_many_or_two_that_changed_places(typed: str) -> None:
    assert Vocabulary().plus({"valencia"}).meant(typed) == ("valencia",)


@pytest.mark.parametrize("typed", ["vlaenica", "valen", "valencia", "vale"])
def test_two_typos_beginnings_and_short_words_are_no_typo(typed: str) -> None:
    assert Vocabulary().plus({"valencia", "vals"}).meant(typed) == ()


def test_a_record_without_words_has_no_texts() -> None:
    assert search_texts(DOMAIN["Source"], {"title": "…", "publisher": None}) == {NAMES: None, TEXT: None}


def test_title_aliases_and_bodies_stand_in_lines_of_their_own() -> None:
    values = {"title": "Car-free days", "aliases": ["Ciclovía", ""], "summary": "Streets\nwithout cars", "preconditions": None}

    texts = search_texts(DOMAIN["Innovation"], values)

    assert texts == {NAMES: " car free days \n ciclovia ", TEXT: " car free days \n ciclovia \n streets without cars "}
