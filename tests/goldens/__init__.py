"""Pairs of a document and the Cypher it becomes: `name.graphql` and `name.cypher`.

A comment `# variables: {…}` in a document gives its variables. `python -m tests.goldens` writes the Cypher anew;
what then differs is read like code.
"""

import re
from pathlib import Path
from typing import Any

import orjson
from graphql.execution.values import get_variable_values

from graph_schema.domain import Domain, load_domain
from server.api.schema import build_schema
from server.cypher import Statement
from server.dialects.neo4j import NEO4J
from server.operations.about import about
from server.operations.document import Reader
from server.operations.prepared import prepare
from server.reading.desk import Desk
from server.settings import Limits
from server.viewer import ANONYMOUS

FOLDER = Path(__file__).parent
EXAMPLES = FOLDER.parents[1] / "clients" / "operations"
_BREAKS = re.compile(r" (?=(?:OPTIONAL MATCH|(?<!OPTIONAL )MATCH|WHERE|WITH|RETURN|UNWIND|ELSE|CALL|UNION)\b)")


def documents() -> list[Path]:
    """Every golden document."""
    return sorted(FOLDER.glob("*.graphql"))


def written(statement: Statement) -> str:
    """A statement's text in lines, for people."""
    return _BREAKS.sub("\n", statement.text) + "\n"


class Compiler:
    """Documents over one domain become statements."""

    def __init__(self, domain: Domain | None = None) -> None:
        self.domain = domain or load_domain()
        limits = Limits()
        self.schema = build_schema(self.domain)
        self.reader = Reader(self.schema, limits, introspection=True)
        self.desk = Desk(self.schema, limits, about(self.domain, limits), NEO4J.reads_together_from)

    def statement(self, text: str, variables: dict[str, Any] | None = None, *, totals: bool = True) -> Statement:
        """The statement of a document; variables that it names in a comment are used unless others are given."""
        document = self.reader.read(text)
        operation = document.operation(None)
        given = _named(text) if variables is None else variables
        coerced = get_variable_values(self.schema, operation.node.variable_definitions, given)
        assert isinstance(coerced, dict), coerced
        reading = prepare(self.desk, self.domain, document, operation, coerced, ANONYMOUS).reading
        # What measures choose stands in no text; here they choose nothing.
        chosen = {each.ids: each.no_ids for each in reading.choosing}
        return (reading.with_totals if totals else reading.without_totals).bind(coerced | chosen)


def _named(text: str) -> dict[str, Any]:
    found = re.search(r"^# variables: (.*)$", text, re.MULTILINE)
    variables: dict[str, Any] = orjson.loads(found[1]) if found else {}
    return variables
