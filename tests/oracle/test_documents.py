"""The documents that are drawn: valid, answered without errors, within every limit."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from graphql import FieldNode, Lexer, Source, TokenKind, Visitor, parse, validate, visit
from hypothesis import HealthCheck, given, settings

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.dialects.neo4j import NEO4J
from server.operations.preparation import Preparation
from server.operations.request import Request
from server.settings import Limits, Settings
from tests.oracle.awkward import write_awkward_package
from tests.oracle.documents import Question, questions
from tests.oracle.executor import Oracle
from tests.oracle.package import read_world
from tests.oracle.selections import AIMS

DOMAIN = load_domain()


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    folder: Path = tmp_path_factory.mktemp("awkward")
    write_awkward_package(folder, DOMAIN)
    world = read_world(folder, DOMAIN)
    for record in world.records.values():
        record |= {"createdAt": "2026-01-01T00:00:00.000000Z", "updatedAt": "2026-01-01T00:00:00.000000Z", "revision": 1}
    return Oracle(world, DOMAIN, build_schema(DOMAIN))


@pytest.mark.parametrize("aim", AIMS)
def test_every_drawn_document_is_valid_answered_and_within_the_limits(oracle: Oracle, aim: str) -> None:
    limits = Limits()
    preparation = Preparation(DOMAIN, oracle.schema, Settings(), NEO4J.reads_together_from)

    @settings(max_examples=4 if aim else 40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(questions(oracle, aim))
    def is_fit(question: Question) -> None:
        document = parse(question.document)
        counts = counted(question.document)

        assert not validate(oracle.schema, document)
        assert not oracle.answer(question.document, question.variables, question.operation_name).errors
        assert counts["tokens"] <= limits.tokens
        assert counts["aliases"] <= limits.aliases
        asyncio.run(preparation.understand(Request(question.document, question.operation_name, question.variables)))

    is_fit()


@pytest.mark.parametrize("aim", [aim for aim in AIMS if aim])
def test_the_simplest_document_about_something_has_it(oracle: Oracle, aim: str) -> None:
    drawn: list[str] = []

    @settings(max_examples=1, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(questions(oracle, aim))
    def draws(question: Question) -> None:
        drawn.append(question.document)

    draws()
    assert aim in drawn[0]


def counted(document: str) -> Counter[str]:
    """What the limits count."""
    counts: Counter[str] = Counter()
    lexer = Lexer(Source(document))
    while lexer.advance().kind is not TokenKind.EOF:
        counts["tokens"] += 1

    class Aliases(Visitor):
        """Counts them."""

        def enter_field(self, node: FieldNode, *_: object) -> None:
            counts["aliases"] += node.alias is not None

    visit(parse(document), Aliases())
    return counts
