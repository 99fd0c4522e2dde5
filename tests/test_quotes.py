"""The answers quoted in docs/ are those of the service, on both stores."""

import asyncio
from pathlib import Path

import pytest

from chores.quotes import asking, laid_out, pages, quoting
from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.graph import Graph
from server.operations.query import QueryService
from server.settings import Settings


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
async def test_every_quoted_answer_is_the_one_the_service_gives(mission: Graph, page: Path) -> None:
    domain = load_domain()
    service = QueryService(mission, domain, build_schema(domain), Settings())
    text = await asyncio.to_thread(page.read_text, "utf-8")

    assert await quoting(text, asking(service)) == text, "run `uv run poe quotes`, and read the difference like code"


async def test_a_quote_shows_the_part_that_is_asked_for() -> None:
    async def ask(document: str, variables: dict[str, object]) -> object:
        return {"asked": document, "with": variables}

    written = await quoting('Said:\n<!-- answer brokers with {"first": 2} shows with.first -->\n```json\nold\n```\nEnd.', ask)

    assert written == 'Said:\n<!-- answer brokers with {"first": 2} shows with.first -->\n```json\n2\n```\nEnd.'


def test_what_fits_into_a_line_stands_in_one() -> None:
    long = "x" * 100

    assert laid_out({"a": [1, 2], "b": None}) == '{"a": [1, 2], "b": null}'
    assert laid_out([long, long]) == f'[\n  "{long}",\n  "{long}"\n]'
