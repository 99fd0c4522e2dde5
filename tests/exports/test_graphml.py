"""GraphML holds to its schema, whatever texts say."""

import io

import networkx as nx
from lxml import etree

from server.exports.graphml import CLOSING, Drawing, opening
from server.exports.places import Place, Places
from server.exports.transfers import TABLE
from tests.exports.graphml_schema import graphml_schema

NASTY = "<b>&amp; \"Ü\" 'x' ]]> \x00\x0b\ud7ff\ufffe\r\n🚲"
PLACES = Places(1, {"a": Place(NASTY, "SE", -55.5, 0.0, 7), "b": Place("B", "DE", None, None, None)})


def row(**said: object) -> tuple[object, ...]:
    return tuple(said.get(column.name) for column in TABLE.columns)


def drawn(*rows: tuple[object, ...]) -> bytes:
    return opening(TABLE, '{"query": "<&>"}') + Drawing(PLACES).draw(rows) + CLOSING


def test_a_network_with_nasty_texts_holds_to_the_schema_and_is_read_back() -> None:
    both = row(transfer="t", source_cities=["a", "b"], target_city="c", innovation_title=NASTY, year=2015, counts=True)
    alone = row(transfer="u", source_cities=["a"], target_city="b")

    content = drawn(both, alone)

    graphml_schema().assertValid(etree.fromstring(content))
    network = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    assert set(network.edges(keys=True)) == {("a", "c", "t:a"), ("b", "c", "t:b"), ("a", "b", "u")}
    assert network.nodes["a"]["name"] == "<b>&amp; \"Ü\" 'x' ]]> \ufffd\ufffd\ud7ff\ufffd\r\n🚲"
    assert network.edges["a", "c", "t:a"]["credit"] == 0.5
    assert network.nodes["c"] == {}


def test_a_network_without_transfers_holds_to_the_schema() -> None:
    graphml_schema().assertValid(etree.fromstring(drawn()))
