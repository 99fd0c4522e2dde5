"""All node types together: what one declares of another is known at both ends."""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, replace

import graph_schema
from graph_schema.kernel import NodeType, Path, Property, Relationship, Vocabulary
from graph_schema.record import RECORD_PROPERTIES, SUPPORTED_BY


@dataclass(frozen=True)
class Domain:
    """Every node type by its label, complete with what all records have and with the inverse of every relationship."""

    nodes: dict[str, NodeType]
    declared: tuple[NodeType, ...]
    withheld: frozenset[str] = frozenset()
    """The types whose records exist for nobody who asks."""

    def __getitem__(self, label: str) -> NodeType:
        return self.nodes[label]

    def __iter__(self) -> Iterator[NodeType]:
        return iter(self.nodes.values())

    def vocabularies(self) -> dict[str, Vocabulary]:
        """Every closed list that a property takes its values from, by its name."""
        return {each.vocabulary.name: each.vocabulary for node in self for each in node.properties if each.vocabulary}

    def mixed(self) -> tuple[NodeType, ...]:
        """For each sort of lists with records of several types what these have in common, named as the list's type is."""
        unions = {each.union for node in self for each in node.relationships if each.union and each.many}
        return tuple(self.in_common(name) for name in sorted(unions))

    def in_common(self, label: str) -> NodeType:
        """A node type or, for `Record` and for unions, what all records have."""
        return self.nodes.get(label) or NodeType(label, "", "", RECORD_PROPERTIES, ())

    def plus(self, *more: NodeType) -> "Domain":
        """This domain with further node types."""
        return replace(domain_of(*self.declared, *more), withheld=self.withheld)

    def withholding(self, *labels: str) -> "Domain":
        """This domain without the records of these types."""
        return replace(self, withheld=self.withheld.union(labels))

    def edge_properties(self, label: str) -> dict[str, Property]:
        """What a relationship that reaches this label may say of itself, by GraphQL name."""
        reaching = (relationship for node in self for relationship in node.relationships if label in relationship.targets)
        return {each.field: each for relationship in reaching for each in relationship.edge}


def domain_of(*declared: NodeType) -> Domain:
    """Put node types together; order of declaration is order of appearance."""
    labels = tuple(node.label for node in declared)
    found = {node.label: _as_record(node, labels) for node in declared}
    for node in declared:
        for relationship in node.relationships:
            if relationship.inverse:
                target = found[relationship.target]
                found[target.label] = target.with_relationships((*target.relationships, _inverse(node, relationship)))
    complete = {
        label: node.with_relationships(tuple(_with_paths(each, node, found) for each in node.relationships))
        for label, node in found.items()
    }
    return Domain(complete, declared)


def load_domain() -> Domain:
    """The domain that this package declares: every node type in every module of it."""
    modules = (importlib.import_module(f"{graph_schema.__name__}.{found.name}") for found in pkgutil.iter_modules(graph_schema.__path__))
    return domain_of(*(value for module in modules for value in vars(module).values() if isinstance(value, NodeType)))


def _as_record(node: NodeType, labels: tuple[str, ...]) -> NodeType:
    own = tuple(each if each.targets else replace(each, targets=labels) for each in node.relationships)
    support = SUPPORTED_BY if node.sourced else ()
    return replace(node, properties=(*RECORD_PROPERTIES, *node.properties), relationships=(*own, *support), _fields={})


def _inverse(owner: NodeType, relationship: Relationship) -> Relationship:
    assert relationship.inverse
    return Relationship(
        type=relationship.type,
        targets=(owner.label,),
        description=relationship.inverse.description,
        many=relationship.inverse.many,
        name=relationship.inverse.name,
        incoming=not relationship.incoming,
        stored=False,
        edge=relationship.edge,
    )


def _with_paths(relationship: Relationship, node: NodeType, found: dict[str, NodeType]) -> Relationship:
    return replace(relationship, paths=tuple(_paths(relationship, node, found)))


def _paths(relationship: Relationship, node: NodeType, found: dict[str, NodeType]) -> list[Path]:
    own: list[Path] = [(relationship.hop(),)] if relationship.type else []
    return own + _paths_through(relationship, node, found)


def _paths_through(relationship: Relationship, node: NodeType, found: dict[str, NodeType]) -> list[Path]:
    paths: list[Path] = [()] if relationship.through else []
    for name in relationship.through:
        step = node.relationship_named(name)
        passing, first = relationship.passing.get(name), relationship.first.get(name, "")
        ways = [(*way[:-1], replace(way[-1], passing=passing, first=first)) for way in _paths(step, node, found)]
        paths = [(*path, *way) for path in paths for way in ways]
        node = found[step.target]
    return paths
