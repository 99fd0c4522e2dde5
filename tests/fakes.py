"""The one double: a graph that remembers statements and returns given records."""

from typing import Any

from server.cypher import Statement
from server.dialects.neo4j import NEO4J


class FakeGraph:
    """Stands in for the door to the graph where a test is about what happens to a given record."""

    dialect = NEO4J

    def __init__(self, *records: list[Any]) -> None:
        self.records = list(records)
        self.statements: list[Statement] = []

    async def find(self, statement: Statement) -> list[Any]:
        """The next given record; the last one again and again."""
        self.statements.append(statement)
        return [self.records.pop(0) if len(self.records) > 1 else self.records[0]]
