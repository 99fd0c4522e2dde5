"""How large, deep and wide a document and its variables may be; one linear pass before anything dearer."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ConstValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    ListValueNode,
    Node,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    ValueNode,
    get_named_type,
    is_abstract_type,
)

from server.errors import BadDocument, OverLimit
from server.settings import Limits

# Whose figure is not known when it passes the limit, for nothing is counted beyond.
_COUNTED_NO_FURTHER = {"depth", "introspection_depth", "filter_depth", "filter_conditions"}
_INTROSPECTION = ("__schema", "__type")
_PAGE_PARTS = frozenset({"nodes", "edges", "node", "pageInfo"})
_CURSORS = ("after", "before")


def transparent_fields(schema: GraphQLSchema) -> frozenset[str]:
    """Fields that lead to no record: the parts of connections, points, what the service says of itself."""
    fields = [
        (name, get_named_type(each.type))
        for of in schema.type_map.values()
        if isinstance(of, GraphQLObjectType)
        for name, each in of.fields.items()
    ]
    # What has no selection of its own leads nowhere: a number may share its name with a figure over many of them.
    leading = {name for name, of in fields if is_abstract_type(of) or (isinstance(of, GraphQLObjectType) and _leads_on(of))}
    return _PAGE_PARTS | ({name for name, of in fields if isinstance(of, GraphQLObjectType)} - leading)


def _leads_on(of: GraphQLObjectType) -> bool:
    return bool(of.interfaces) or of.name.endswith("Connection")


@dataclass(slots=True)
class _Set:
    """What a selection set holds once its fragments are spread."""

    depth: int = 0
    names: Counter[str] = field(default_factory=Counter)
    introspections: Counter[str] = field(default_factory=Counter)

    def add(self, other: "_Set") -> None:
        self.depth = max(self.depth, other.depth)
        self.names.update(other.names)
        self.introspections.update(other.introspections)


class DocumentLimits:
    """The pass over one document."""

    def __init__(self, document: DocumentNode, limits: Limits, transparent: frozenset[str]) -> None:
        self.limits = limits
        self.transparent = transparent
        self.fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
        self.operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        self.spread: dict[str, _Set] = {}
        self.aliases = self.directives = self.conditions = 0

    def check(self) -> None:
        """Raise OverLimit for the first limit passed."""
        self._within("fragments", len(self.fragments))
        for fragment in self.fragments.values():
            self._check_directives(fragment.directives)
            self._fragment(fragment.name.value)
        for operation in self.operations:
            self._check_directives(operation.directives)
            self._operation(operation)
        self._within("aliases", self.aliases)
        self._within("directives", self.directives)
        self._within("filter_conditions", self.conditions)

    def _operation(self, operation: OperationDefinitionNode) -> None:
        root = self._set(operation.selection_set, root=True)
        mutation = operation.operation is OperationType.MUTATION
        self._within("mutations" if mutation else "root_fields", root.names.total())
        self._within("depth", root.depth)
        for name, count in root.introspections.items():
            if count > 1:
                raise BadDocument(f"{name} stands {count} times in the operation.", hint=f"Ask for {name} once; fragments can share it.")

    def _fragment(self, name: str) -> _Set:
        if name not in self.spread:
            # A fragment that spreads itself finds itself empty here; validation then refuses the cycle.
            self.spread[name] = _Set()
            if name in self.fragments:
                self.spread[name] = self._set(self.fragments[name].selection_set)
        return self.spread[name]

    def _set(self, selections: SelectionSetNode, *, root: bool = False) -> _Set:
        found = _Set()
        for each in selections.selections:
            self._check_directives(each.directives)
            if isinstance(each, FieldNode):
                self._field(each, found, root=root)
            elif isinstance(each, FragmentSpreadNode):
                found.add(self._fragment(each.name.value))
            else:
                found.add(self._set(each.selection_set, root=root))  # type: ignore[attr-defined]
            self._within("selections", found.names.total())
        if found.names:
            self._within("fields_per_name", max(found.names.values()))
        return found

    def _field(self, each: FieldNode, found: _Set, *, root: bool) -> None:
        name = each.name.value
        self.aliases += each.alias is not None
        found.names[each.alias.value if each.alias else name] += 1
        for argument in each.arguments:
            # A cursor may be of a long text; what is no cursor is refused as such.
            if argument.name.value not in _CURSORS or not isinstance(argument.value, StringValueNode):
                self._value(argument.value, 0)
        if name in _INTROSPECTION:
            found.introspections[name] += 1
            self._within("introspection_depth", _levels(each.selection_set, self.fragments, self.limits.introspection_depth))
        elif each.selection_set:
            below = self._set(each.selection_set)
            found.depth = max(found.depth, below.depth + (root or name not in self.transparent))
        self._within("depth", found.depth)

    def _check_directives(self, directives: tuple[DirectiveNode, ...]) -> None:
        self.directives += len(directives)
        self._within("directives_per_location", len(directives))

    def _value(self, value: ValueNode | ConstValueNode, depth: int) -> None:
        if isinstance(value, ObjectValueNode):
            self._within("filter_depth", depth + 1)
            for each in value.fields:
                self._value(each.value, depth + 1)
        elif isinstance(value, ListValueNode):
            self._within("in_values", len(value.values))
            # Several values of one operator are one condition.
            self.conditions += depth > 0 and not all(isinstance(item, ObjectValueNode) for item in value.values)
            for item in value.values:
                if isinstance(item, ObjectValueNode | ListValueNode):
                    self._value(item, depth)
                else:
                    self._text(item)
        else:
            self.conditions += depth > 0
            self._text(value)

    def _text(self, value: ValueNode | ConstValueNode) -> None:
        if isinstance(value, StringValueNode):
            self._within("text_bytes", len(value.value.encode("utf-8", "surrogatepass")))

    def _within(self, limit: str, found: int) -> None:
        within(self.limits, limit, found)


def within(limits: Limits, limit: str, found: int) -> None:
    """Raise OverLimit if a figure passes its limit."""
    allowed = getattr(limits, limit)
    if found > allowed:
        raise OverLimit(limit, allowed, f"{found:,} or more" if limit in _COUNTED_NO_FURTHER else found)


def check_variables(variables: Mapping[str, Any], limits: Limits, cursors: Collection[str] = ()) -> int:
    """Raise OverLimit for variables that hold too much; returns roughly how many bytes they hold. Those in `cursors` may be long."""
    tally = _Tally(limits)
    for name, value in variables.items():
        if name in cursors and isinstance(value, str):
            tally.bytes += len(value)
        else:
            tally.value(value, 0)
    return tally.bytes


@dataclass(slots=True)
class _Tally:
    limits: Limits
    conditions: int = 0
    bytes: int = 0

    def value(self, value: Any, depth: int) -> None:
        self.bytes += 8
        if isinstance(value, str):
            self.bytes += len(value)
            within(self.limits, "text_bytes", len(value.encode("utf-8", "surrogatepass")))
        elif isinstance(value, dict):
            within(self.limits, "filter_depth", depth + 1)
            self._count(len(value))
            for each in value.values():
                self.value(each, depth + 1)
        elif isinstance(value, list):
            within(self.limits, "in_values", len(value))
            for item in value:
                self.value(item, depth + isinstance(item, list))
            within(self.limits, "filter_depth", depth)

    def _count(self, keys: int) -> None:
        self.conditions += keys
        within(self.limits, "filter_conditions", self.conditions)


def _levels(selections: SelectionSetNode | None, fragments: Mapping[str, FragmentDefinitionNode], most: int) -> int:
    """How many fields stand within fields; stops counting one past the most."""
    if selections is None:
        return 1
    if most < 1:
        return 1
    deepest = 0
    for each in selections.selections:
        deepest = max(deepest, _levels_of(each, fragments, most))
        if deepest > most:
            break
    return deepest


def _levels_of(each: Node, fragments: Mapping[str, FragmentDefinitionNode], most: int) -> int:
    if isinstance(each, FieldNode):
        return 1 + _levels(each.selection_set, fragments, most - 1) if each.selection_set else 1
    if isinstance(each, FragmentSpreadNode):
        fragment = fragments.get(each.name.value)
        return _levels(fragment.selection_set, fragments, most - 1) if fragment else 0
    selections: SelectionSetNode = each.selection_set  # type: ignore[attr-defined]
    return _levels(selections, fragments, most)
