"""What is shown of a hit."""

from server.search.highlights import Highlight, highlights


def test_only_the_fields_that_answer_are_shown() -> None:
    shown = highlights(("name", "localName"), ("Gothenburg", "Göteborg"), ["goteb"])

    assert shown == (Highlight("localName", ("Göteborg",)),)


def test_a_long_text_is_cut_between_words() -> None:
    text = f"{'before ' * 40}Wärmepumpe {'after ' * 40}"

    [found] = highlights(("summary",), (text,), ["warmepumpe"])

    [fragment] = found.fragments
    assert fragment.startswith("…before")
    assert fragment.endswith("after…")
    assert "Wärmepumpe" in fragment
    assert len(fragment) < 200


def test_a_list_shows_the_items_that_answer() -> None:
    [found] = highlights(("aliases",), (["Open streets", "Ciclovía", "Street closure"],), ["street"])

    assert found.fragments == ("Open streets", "Street closure")


def test_nothing_is_shown_of_what_is_missing() -> None:
    assert highlights(("aliases", "summary"), (None, ""), ["street"]) == ()
