"""The pages say what is here, with and without JavaScript."""

from collections.abc import Callable
from html.parser import HTMLParser

import httpx
import pytest

from tests.transport.small_service import SDL, SmallService


class Outline(HTMLParser):
    """What a screen reader needs of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


async def test_the_front_page_says_how_much_there_is_and_where_to_go(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text

    assert 'cities</th><td class="number">112</td>' in page
    assert "barrier reports</th>" in page
    assert "revision 7" in page
    assert "GeoNames, CC BY 4.0" in page
    targets = {link["href"] for link in Outline(page).all("a")}
    assert {"graphiql", "query", "schema.graphql", "healthz", "readyz"} <= targets


async def test_the_front_page_escapes_what_it_shows(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text

    assert "&lt;b&gt;lessons&lt;/b&gt;" in page
    assert "<b>lessons" not in page


async def test_the_front_page_works_while_the_graph_is_away(client: httpx.AsyncClient, service: SmallService) -> None:
    service.is_ready = False

    response = await client.get("/")

    assert response.status_code == 200
    assert "does not answer at the moment" in response.text


async def test_the_form_asks_and_shows_the_answer(client: httpx.AsyncClient) -> None:
    fields = {"query": "query ($s: String!) { city(slug: $s) }", "variables": '{"s": "valencia"}'}

    page = (await client.get("/query", params=fields)).text

    assert "&#34;city&#34;: &#34;Valencia&#34;" in page
    assert "query ($s: String!) { city(slug: $s) }</textarea>" in page


async def test_the_form_escapes_what_it_is_sent(client: httpx.AsyncClient) -> None:
    fields = {"query": '{ city(slug: "</textarea><script>alert(1)</script>") }', "variables": '{"</textarea><script>": 1}'}

    page = (await client.get("/query", params=fields)).text

    assert "<script>" not in page
    assert page.count("</textarea>") == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"query": "{"}, "Syntax Error"),
        ({"query": "{ city }", "variables": "{"}, "`variables` is not JSON"),
        ({"query": ""}, "Syntax Error"),
        ({"variables": "{}"}, "`query` is missing"),
        ({"query": 'mutation { rename(name: "x") }'}, "A mutation is sent by POST."),
    ],
)
async def test_the_form_says_what_is_wrong(client: httpx.AsyncClient, fields: dict[str, str], sentence: str) -> None:
    response = await client.get("/query", params=fields)

    assert response.status_code == 200
    assert sentence in response.text


async def test_the_form_does_not_show_an_answer_too_long_for_a_page(client: httpx.AsyncClient, service: SmallService) -> None:
    service.long_text = "x" * 300_000

    page = (await client.get("/query", params={"query": "{ long }"})).text

    assert "too long for a page" in page
    assert len(page) < 20_000


@pytest.mark.parametrize("path", ["/", "/query", "/query?query={__typename}", "/graphiql"])
async def test_a_page_can_be_read_aloud(client: httpx.AsyncClient, path: str) -> None:
    outline = Outline((await client.get(path)).text)

    assert outline.all("html") == [{"lang": "en"}]
    assert len(outline.all("main")) == len(outline.all("title")) == 1
    labelled = {label["for"] for label in outline.all("label")}
    assert all(area["id"] in labelled for area in outline.all("textarea"))
    assert len(outline.all("h1")) == (0 if path == "/graphiql" else 1)


async def test_every_file_a_page_loads_is_there_and_may_be_kept_for_ever(client: httpx.AsyncClient) -> None:
    outline = Outline((await client.get("/graphiql")).text)
    addresses = [tag.get("src") or tag.get("href") for tag in outline.all("script") + outline.all("link")]
    served = [address for address in addresses if address and address.startswith("assets/")]

    answers = [await client.get(f"/{address}") for address in served]

    assert len(served) == 6
    assert all(answer.status_code == 200 and answer.content for answer in answers)
    assert all(answer.headers["cache-control"] == "public, max-age=31536000, immutable" for answer in answers)
    assert all("etag" in answer.headers for answer in answers)


@pytest.mark.parametrize("name", ["nowhere.js", "..%2Fsite.py", "%2Fetc%2Fpasswd", "front.html", ""])
async def test_no_other_file_is_served(client: httpx.AsyncClient, name: str) -> None:
    response = await client.get(f"/assets/{name}")

    assert response.status_code == 404
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_an_old_address_of_a_file_is_not_kept(client: httpx.AsyncClient) -> None:
    response = await client.get("/assets/page.css?v=older")

    assert response.headers["cache-control"] == "no-cache"


async def test_the_schema_can_be_fetched(client: httpx.AsyncClient) -> None:
    response = await client.get("/schema.graphql")

    assert response.text == SDL


async def test_where_introspection_is_off_the_schema_is_not_shown(client_with: Callable[..., httpx.AsyncClient]) -> None:
    client = client_with(introspection="off")

    assert (await client.get("/schema.graphql")).status_code == 404
    assert "schema.graphql" not in (await client.get("/")).text
