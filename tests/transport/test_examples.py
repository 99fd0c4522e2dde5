"""Example questions are read from a folder, each with a title in words."""

from pathlib import Path

import httpx

from server import bundled
from server.transport.examples import SMALLEST, read_examples


def test_the_first_comment_line_is_the_title(tmp_path: Path) -> None:
    (tmp_path / "b.graphql").write_text("# Who taught whom?\n# More words.\n{ __typename }\n")

    [example] = read_examples(tmp_path)

    assert (example.name, example.title) == ("b", "Who taught whom?")
    assert example.document.endswith("{ __typename }\n")


def test_without_a_comment_the_name_of_the_file_is_the_title(tmp_path: Path) -> None:
    (tmp_path / "who_taught-whom.graphql").write_text("{ __typename }")

    assert [example.title for example in read_examples(tmp_path)] == ["who taught whom"]


def test_a_folder_without_examples_still_gives_one(tmp_path: Path) -> None:
    assert read_examples(tmp_path) == read_examples(tmp_path / "missing") == (SMALLEST,)


def test_every_bundled_example_has_a_title_of_its_own() -> None:
    examples = read_examples(bundled.operations())

    assert len({example.title for example in examples}) == len(examples)
    assert all(" " in example.title for example in examples)


async def test_every_page_offers_the_examples_by_title(client: httpx.AsyncClient) -> None:
    for path in ("/", "/query"):
        page = (await client.get(path)).text

        assert "Is Valencia here?</a>" in page
        assert "A &lt;long&gt; story</a>" in page


async def test_an_example_cannot_end_the_block_of_tabs(client: httpx.AsyncClient) -> None:
    page = (await client.get("/graphiql")).text

    assert "A <long> story" not in page
    assert "A \\u003clong\\u003e story" in page


async def test_the_link_of_an_example_leads_to_its_answer(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    link = page.partition("Is Valencia here?</a>")[0].rpartition('href="')[2].partition('"')[0]

    assert "&#34;city&#34;: &#34;Valencia&#34;" in (await client.get(f"/{link}")).text
