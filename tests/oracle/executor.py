"""Answers by graphql-core's executor over plain dictionaries."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from graphql import ExecutionResult, GraphQLResolveInfo, GraphQLSchema, build_schema, execute_sync, parse, print_schema

from graph_schema.domain import Domain
from graph_schema.kernel import Localized, NodeType, Property
from tests.oracle.choosing import Choosing
from tests.oracle.counting import Counting
from tests.oracle.knowing import Knowing
from tests.oracle.lineages import family_tree, lineage_of
from tests.oracle.networks import Network
from tests.oracle.pages import Page, page_of
from tests.oracle.relations import Row, Seen, level_with_reasons, outcomes
from tests.oracle.searching import Searching
from tests.oracle.world import Record, World


@cache
def bare(schema: GraphQLSchema) -> GraphQLSchema:
    """The same schema through its text, so that nothing of how the service converts values comes along."""
    return build_schema(print_schema(schema))


@dataclass(frozen=True)
class Edge:
    """One row of a page with its cursor."""

    row: Row
    cursor: str


class Oracle:
    """What the service should answer, worked out the slow way."""

    def __init__(self, world: World, domain: Domain, schema: GraphQLSchema) -> None:
        self.seen = Seen(world, domain)
        self.domain = domain
        self.schema = bare(schema)
        self.network = Network(self.seen)
        self.knowing = Knowing(self.seen, self.network)
        self.choosing = Choosing(self.knowing)
        self.searching = Searching(self.seen)
        self._lists = {node.plural: node for node in domain}
        self._singles = {node.field: node for node in domain}

    def answer(self, document: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None) -> ExecutionResult:
        """The whole answer; whoever asks looks at its errors first."""
        return execute_sync(
            self.schema,
            parse(document),
            variable_values=dict(variables or {}),
            operation_name=operation_name,
            field_resolver=self._resolve,
            type_resolver=lambda record, *_: record["label"],
        )

    def _resolve(self, source: Any, info: GraphQLResolveInfo, **asked: Any) -> Any:
        if info.parent_type is self.schema.query_type:
            return self._root(info.field_name, asked)
        if isinstance(source, Page):
            return self._of_page(source, info.field_name, asked)
        if isinstance(source, Edge):
            return _of_edge(source, info.field_name)
        if info.parent_type.name in self.domain.nodes:
            return self._of_record(source, info.field_name, asked)
        found = source[info.field_name]
        return found(**asked) if callable(found) else found

    def _of_page(self, page: Page, name: str, asked: Mapping[str, Any]) -> Any:
        counting = Counting(self.seen, page.label, [row.record for row in page.matching])
        match name:
            case "facets":
                return counting.facets(asked["by"])
            case "aggregate":
                return counting.aggregate(asked.get("groupBy"))
        return _of_page(page, name)

    def _root(self, name: str, asked: Mapping[str, Any]) -> Any:
        if name == "node":
            return self.seen.world.find(asked["id"])
        if name == "nodes":
            return [self.seen.world.find(each) for each in asked["ids"]]
        if name == "replicationPaths":
            return self.network.paths(asked)
        measures = {
            "transferNetwork": self.knowing.whole,
            "transferFlows": self.knowing.flows,
            "knowledgeGaps": self.knowing.gaps,
            "cityPoints": self.knowing.points,
            "search": self.searching.search,
            "suggest": self.searching.suggest,
        }
        if name in measures:
            return measures[name](asked)
        if name in self._lists:
            label = self._lists[name].label
            return page_of(self.seen, [Row(each) for each in self.seen.world.visible(label)], label, asked)
        return self._single(self._singles[name], asked)

    def _single(self, node: NodeType, asked: Mapping[str, Any]) -> Record | None:
        records = self.seen.world.visible(node.label)
        return next((each for each in records if each[node.lookup] == asked[node.lookup]), None)

    def _of_record(self, record: Record, name: str, asked: Mapping[str, Any]) -> Any:
        node = self.domain[record["label"]]
        if node.composed_named(name):
            return self._of_measure(record, name, asked)
        part = node[name]
        if isinstance(part, Property):
            if isinstance(part.derived, Localized):
                return record.get(f"prefLabel{str(asked.get('language')).capitalize()}") or record["prefLabelEn"]
            return level_with_reasons(self.seen, record) if part.reasons else self.seen.value(record, part)
        if not part.many:
            return self.seen.one(record, part)
        rows = self.seen.rows(record, part)
        if part.plain:
            return [row.record for row in rows]
        return page_of(self.seen, rows, part.union or part.target, asked, positioned=part.positioned)

    def _of_measure(self, record: Record, name: str, asked: Mapping[str, Any]) -> Any:
        match name:
            case "lineage":
                return lineage_of(self.seen, record, asked)
            case "lineages":
                return family_tree(self.network.known, record, asked, self.network)
            case "reachableCities":
                return self.knowing.reachable(record, asked)
            case "similarCities":
                return self.choosing.similar(record, asked)
            case "replicableInnovations":
                return self.choosing.replicable(record, asked)
        assert name == "byOutcome"
        return [{"outcome": outcome, "count": count} for outcome, count in outcomes(self.seen, record).items()]


def _of_page(page: Page, name: str) -> Any:
    match name:
        case "nodes":
            return [row.record for row in page.rows]
        case "edges":
            return [Edge(row, cursor) for row, cursor in zip(page.rows, page.cursors, strict=True)]
        case "totalCount":
            return page.total
    return {
        "hasNextPage": page.has_next,
        "hasPreviousPage": page.has_previous,
        "startCursor": next(iter(page.cursors), None),
        "endCursor": next(reversed(page.cursors), None),
    }


def _of_edge(edge: Edge, name: str) -> Any:
    if name == "node":
        return edge.row.record
    return edge.cursor if name == "cursor" else edge.row.says.get(name)
