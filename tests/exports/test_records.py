"""Every public record has a page: JSON-LD for programs, plain HTML for people, and maps lead to all of them."""

import re
from collections.abc import Callable

import httpx
import pytest
import rdflib
from graphql import build_schema

from graph_schema.domain import load_domain
from server.app import House, create_app
from server.errors import GraphUnavailable
from server.exports.exporter import Exporter
from server.operations.answer import Answer
from server.operations.filters import FilterReader
from server.operations.request import Request
from server.settings import Limits, Settings
from tests.fakes import FakeGraph
from tests.transport.small_service import SDL, SmallService

# rdflib's own reader of JSON-LD still makes one.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

SCHEMA = rdflib.Namespace("https://schema.org/")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
LD = {"accept": "application/ld+json"}
HTML = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


async def triples(door: httpx.AsyncClient, path: str) -> rdflib.Graph:
    response = await door.get(path, headers=LD)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/ld+json"
    return rdflib.Graph().parse(data=response.text, format="json-ld")


async def test_a_city_is_a_city_of_schema_org(door: httpx.AsyncClient) -> None:
    found = await triples(door, "/records/city/malmo")

    city = rdflib.URIRef("http://replicity.test/records/city/malmo")
    assert (city, rdflib.RDF.type, SCHEMA.City) in found
    assert found.value(city, SCHEMA.name) == rdflib.Literal("Malmö")
    assert found.value(city, SCHEMA.containedInPlace) == rdflib.URIRef("http://replicity.test/records/country/se")
    assert found.value(found.value(city, SCHEMA.geo), SCHEMA.latitude).toPython() == pytest.approx(55.6, abs=0.1)  # type: ignore[union-attr]
    assert found.value(city, SCHEMA.version) == rdflib.Literal("graph revision 1")
    assert found.value(city, SCHEMA.license) == rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")


async def test_emissions_are_under_the_terms_of_those_who_collected_them(door: httpx.AsyncClient) -> None:
    asked = {"query": "{ emissionEntries(first: 1) { nodes { slug } } }"}
    [node] = (await door.post("/graphql", json=asked)).json()["data"]["emissionEntries"]["nodes"]
    path = f"/records/emissionEntry/{node['slug']}"

    found, page = await triples(door, path), await door.get(path, headers=HTML)

    assert found.value(rdflib.URIRef(f"http://replicity.test{path}"), SCHEMA.license) == rdflib.URIRef("https://data.cdp.net/")
    assert '<https://data.cdp.net/>; rel="license"' in page.headers["link"]
    assert "disclosed to CDP and ICLEI" in page.text


async def test_a_page_says_under_which_terms_it_is_and_whom_to_tell_of_errors(door: httpx.AsyncClient) -> None:
    page = await door.get("/records/city/malmo", headers=HTML)

    assert 'href="https://creativecommons.org/licenses/by/4.0/" rel="license"' in page.text
    assert "GeoNames" in page.text
    assert 'rel="help"' in page.headers["link"]
    assert "Errors and takedown" in page.text


async def test_a_concept_is_a_concept_of_skos_with_its_labels(door: httpx.AsyncClient) -> None:
    slug = (await door.post("/graphql", json={"query": "{ concepts(first: 1) { nodes { slug prefLabelEn scheme } } }"})).json()["data"][
        "concepts"
    ]
    [node] = slug["nodes"]

    found = await triples(door, f"/records/concept/{node['slug']}")

    concept = rdflib.URIRef(f"http://replicity.test/records/concept/{node['slug']}")
    assert (concept, rdflib.RDF.type, SKOS.Concept) in found
    scheme = rdflib.URIRef(f"http://replicity.test/schema.graphql#ConceptScheme.{node['scheme']}")
    assert (concept, SKOS.inScheme, scheme) in found
    assert (scheme, rdflib.RDF.type, SKOS.ConceptScheme) in found
    assert rdflib.Literal(node["prefLabelEn"], lang="en") in set(found.objects(concept, SKOS.prefLabel))


async def test_a_document_says_how_long_the_lists_are_that_it_cuts(door: httpx.AsyncClient) -> None:
    asked = {"query": '{ concept(slug: "buildings") { innovations { totalCount } needs { totalCount } } }'}
    told = (await door.post("/graphql", json=asked)).json()["data"]["concept"]
    concept, own = rdflib.URIRef("http://replicity.test/records/concept/buildings"), "http://replicity.test/schema.graphql#"

    found = await triples(door, "/records/concept/buildings")

    lists = set(found.objects(concept, rdflib.URIRef(f"{own}listedInPart")))
    totals = {str(found.value(each, SCHEMA.name)): found.value(each, SCHEMA.numberOfItems).toPython() for each in lists}  # type: ignore[union-attr]
    assert (
        totals["innovations"]
        == told["innovations"]["totalCount"]
        > 50
        == len(list(found.objects(concept, rdflib.URIRef(f"{own}innovations"))))
    )
    assert ("needs" in totals) is (told["needs"]["totalCount"] > 50)
    assert all((each, rdflib.RDF.type, SCHEMA.ItemList) in found for each in lists)


async def test_the_page_of_somebody_else_is_not_put_under_our_terms(door: httpx.AsyncClient) -> None:
    [node] = (await door.post("/graphql", json={"query": "{ sources(first: 1) { nodes { slug } } }"})).json()["data"]["sources"]["nodes"]

    found = await triples(door, f"/records/source/{node['slug']}")

    source = rdflib.URIRef(f"http://replicity.test/records/source/{node['slug']}")
    ours = {SCHEMA.license, SCHEMA.creditText, SCHEMA.version, SCHEMA.dateCreated, SCHEMA.dateModified}
    assert (source, rdflib.RDF.type, SCHEMA.WebPage) in found
    assert ours.isdisjoint(found.predicates(source))
    description = found.value(source, SCHEMA.subjectOf)
    assert found.value(description, SCHEMA.license) == rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")


async def test_a_page_and_a_document_of_every_type_can_be_had(door: httpx.AsyncClient) -> None:
    index = (await door.get("/sitemap.xml")).text
    parts = re.findall(r"<loc>http://replicity\.test(/sitemap/[^<]+)</loc>", index)

    for part in parts:
        [first, *_] = re.findall(r"<loc>http://replicity\.test([^<]+)</loc>", (await door.get(part)).text)
        page = await door.get(first, headers=HTML)
        assert page.status_code == 200, (first, page.text)
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert 'href="../../assets/page.css' in page.text
        assert (await triples(door, first)).value(rdflib.URIRef(f"http://replicity.test{first}"), rdflib.RDF.type)


async def test_the_maps_name_every_public_record_once(door: httpx.AsyncClient) -> None:
    parts = re.findall(r"<loc>http://replicity\.test(/sitemap/[^<]+)</loc>", (await door.get("/sitemap.xml")).text)

    found = [address for part in parts for address in re.findall(r"<loc>([^<]+)</loc>", (await door.get(part)).text)]

    told = (await door.post("/graphql", json={"query": "{ service { counts { count } } }"})).json()["data"]["service"]["counts"]
    assert len(found) == len(set(found)) == sum(each["count"] for each in told)


async def test_a_page_names_its_other_form_and_itself(door: httpx.AsyncClient) -> None:
    response = await door.get("/records/city/malmo", headers=HTML)

    assert '<http://replicity.test/records/city/malmo>; rel="canonical"' in response.headers["link"]
    assert 'rel="alternate"; type="application/ld+json"' in response.headers["link"]
    assert "Accept" in response.headers["vary"]
    assert "<h1>Malmö</h1>" in response.text


@pytest.mark.parametrize("path", ["/records/city/nowhere", "/records/planet/earth", "/records/city/%3Cscript%3Ealert(1)"])
async def test_a_record_that_is_not_there_is_said_so_on_a_page_that_helps(door: httpx.AsyncClient, path: str) -> None:
    page, document = await door.get(path, headers=HTML), await door.get(path, headers=LD)

    assert page.status_code == document.status_code == 404
    assert "No such record" in page.text
    assert "<script>" not in page.text
    assert document.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


class Away(SmallService):
    """A service whose graph does not answer."""

    async def query(self, request: Request) -> Answer:
        raise GraphUnavailable


async def test_while_the_graph_is_away_people_get_a_page_and_programs_json() -> None:
    exporter = Exporter(FakeGraph([]), load_domain(), FilterReader(build_schema(SDL), Limits()), Settings())  # type: ignore[arg-type]
    app = create_app(Settings(), House(Away(), SDL, (), exporter))

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://replicity.test") as door:
        page, document = await door.get("/records/city/lund", headers=HTML), await door.get("/records/city/lund", headers=LD)

    assert (page.status_code, page.headers["retry-after"]) == (document.status_code, document.headers["retry-after"]) == (503, "2")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "The graph cannot be reached at the moment. Ask again in 2 seconds." in page.text
    assert document.json()["errors"][0]["extensions"]["code"] == "GRAPH_UNAVAILABLE"


async def test_addresses_are_those_of_the_public_url_where_one_is_set(door_to: Callable[..., httpx.AsyncClient]) -> None:
    async with door_to(public_url="https://replicity.example/") as door:
        robots = (await door.get("/robots.txt")).text
        index = (await door.get("/sitemap.xml")).text

    assert "Sitemap: https://replicity.example/sitemap.xml" in robots
    assert "<loc>https://replicity.example/sitemap/city/1.xml</loc>" in index
