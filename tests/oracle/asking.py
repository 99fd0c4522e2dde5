"""Arguments of a list, drawn: filters nested in filters, orders, pages with cursors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
)

from graph_schema.kernel import Composed, Kind, Property, Relationship
from tests.oracle.orders import order_of
from tests.oracle.relations import Row
from tests.oracle.values import Pool, asked_value, enum_value
from tests.oracle.writing_values import Literal, Name, Pen

LOGIC = ("and", "or", "not", "isNull")
# Kinds of which few properties are: without help they would hardly be asked about.
SELDOM = (Kind.POINT, Kind.TEXT_LIST, Kind.BOOLEAN, Kind.PARTIAL_DATE)
QUANTIFIERS = ("some", "every", "none", "single")
DEEPEST = 3


@dataclass
class Asker:
    """Draws what a client may ask of a list."""

    pen: Pen
    schema: GraphQLSchema
    pool: Pool

    def window(
        self, args: Mapping[str, GraphQLArgument], label: str, relationship: Relationship | None, size: int | None
    ) -> dict[str, Any]:
        """Some of the arguments of a connection; without a size it is the usual one."""
        pen, asked = self.pen, dict[str, Any]()
        if pen.chance(45):
            asked["where"] = self.where(args["where"], label)
        order: list[Any] | None = None
        if pen.chance(45):
            asked["orderBy"], order = self._order_argument(args["orderBy"])
        if size:
            name = "last" if pen.chance(35) else "first"
            asked[name] = pen.written(args[name].type, size)
        for name in ("after", "before"):
            if pen.chance(20):
                cursor = self._cursor(label, relationship, order)
                asked[name] = pen.written(args[name].type, cursor, percent=40) if cursor else None
        unused = [name for name in args if name not in asked]
        if unused and pen.chance(8):
            asked[pen.pick(unused)] = None
        return {name: asked[name] for name in pen.shuffled(list(asked))}

    def where(self, argument: GraphQLArgument, label: str) -> Any:
        """A filter, in the document or in a variable."""
        assert isinstance(argument.type, GraphQLInputObjectType)
        if not self.pen.may_become_variable():
            return self.filter(argument.type, label, 1)
        self.pen.inside_variable = True
        value = self.filter(argument.type, label, 1)
        self.pen.inside_variable = False
        return self.pen.variable(argument.type, value, may_be_absent=True)[0]

    def _order_argument(self, argument: GraphQLArgument) -> tuple[Any, list[Any] | None]:
        one = get_named_type(argument.type)
        assert isinstance(one, GraphQLInputObjectType)
        plain = [self._one_field_order(one, 1) for _ in range(self.pen.number(0 if self.pen.chance(5) else 1, 3))]
        if self.pen.may_become_variable():
            written, is_there = self.pen.variable(argument.type, plain, may_be_absent=True)
            return written, plain if is_there else None
        single = plain[0] if len(plain) == 1 and self.pen.chance(20) else None
        return (self._with_variables(one, single) if single else [self._with_variables(one, each) for each in plain]), plain

    def _one_field_order(self, of: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        leaves = [name for name, field in of.fields.items() if isinstance(get_named_type(field.type), GraphQLEnumType)]
        nested = [name for name in of.fields if name not in leaves and (depth < DEEPEST or str(of.fields[name].type) == "CountOrder")]
        name = self.pen.pick(nested) if nested and (not leaves or self.pen.chance(35)) else self.pen.pick(leaves)
        inner = get_named_type(of.fields[name].type)
        if isinstance(inner, GraphQLInputObjectType):
            return {name: self._one_field_order(inner, depth + 1)}
        return {name: Name("DESC" if self.pen.chance(50) else "ASC")}

    def _with_variables(self, of: GraphQLInputObjectType, plain: dict[str, Any]) -> Any:
        ((name, rest),) = plain.items()
        field = of.fields[name]
        inner = get_named_type(field.type)
        if isinstance(inner, GraphQLInputObjectType):
            return {name: self._with_variables(inner, rest)}
        return {name: self.pen.written(field.type, rest, percent=8)}

    def _cursor(self, label: str, relationship: Relationship | None, order: list[Any] | None) -> str | None:
        """The cursor of any record the list might hold: a cursor marks a place, whether its row is there or not."""
        labels = relationship.targets if relationship else (label,)
        records = [record for record in self.pool.records(labels) if record["status"] == "PUBLISHED"]
        if not records:
            return None
        positioned = bool(relationship and relationship.positioned)
        row = Row(self.pen.pick(records), {"position": self.pen.number(0, 3)} if positioned else {})
        made = order_of(self.pool.seen, label, order, positioned=positioned)
        return made.cursor(made.place(self.pool.seen, row))

    def filter(self, of: GraphQLInputObjectType, label: str, depth: int) -> dict[str, Any]:
        """A filter of a type, of up to three conditions."""
        if self.pen.chance(3):
            return {}
        scalars = [name for name in of.fields if self._is_scalar(label, name)]
        nested = [name for name in of.fields if name not in scalars and name != "isNull"] if depth < DEEPEST else []
        rare = ["isNull"] if self.pen.chance(5) else []
        seldom = [name for name in scalars if self._part(label, name).kind in SELDOM] if self.pen.chance(30) else []
        offered = nested if nested and self.pen.chance(50) else seldom or scalars
        chosen = self.pen.some(offered, 2 if self.pen.chance(30) else 1) + rare
        return {name: self._condition(of, label, name, depth) for name in chosen}

    def _is_scalar(self, label: str, name: str) -> bool:
        return name not in (*LOGIC, "edge") and isinstance(self._part(label, name), Property)

    def _part(self, label: str, name: str) -> Any:
        nodes = self.pool.seen.domain.nodes
        node = nodes[label if label in nodes else "City"]
        return node.composed_named(name) or node[name]

    def _some_of(self, of: GraphQLInputObjectType) -> Iterator[tuple[str, GraphQLInputObjectType]]:
        for name in self.pen.some(list(of.fields), 2):
            inner = get_named_type(of.fields[name].type)
            assert isinstance(inner, GraphQLInputObjectType)
            yield name, inner

    def _condition(self, of: GraphQLInputObjectType, label: str, name: str, depth: int) -> Any:
        field = of.fields[name]
        inner = get_named_type(field.type)
        if name in ("and", "or"):
            fewest = 0 if self.pen.chance(10) else 1
            several = [self.filter(of, label, depth + 1) for _ in range(self.pen.number(fewest, 3))]
            return several[0] if len(several) == 1 and self.pen.chance(20) else several
        if name == "not":
            return self.filter(of, label, depth + 1)
        if name == "isNull":
            return self.pen.written(field.type, self.pen.chance(50), may_be_absent=True)
        assert isinstance(inner, GraphQLInputObjectType)
        if name == "edge":
            return self._edge(inner, label)
        part = self._part(label, name)
        if isinstance(part, Composed):
            return {each: self._operators(numbers, Kind.INT, [0, 1, 2]) for each, numbers in self._some_of(inner)}
        if isinstance(part, Property):
            return self._operators(inner, part.kind, self.pool.of(label, part))
        return self._list(inner, part, depth) if part.many else self._one(inner, part, depth)

    def _one(self, of: GraphQLInputObjectType, part: Relationship, depth: int) -> dict[str, Any]:
        if self.pen.chance(25):
            return {"isNull": self.pen.chance(50)}
        return self.filter(of, part.target, depth + 1)

    def _list(self, of: GraphQLInputObjectType, part: Relationship, depth: int) -> dict[str, Any]:
        label = part.union or part.target
        asked: dict[str, Any] = {}
        for name in self.pen.some(list(of.fields), 1 if not self.pen.chance(15) else 2):
            inner = get_named_type(of.fields[name].type)
            assert isinstance(inner, GraphQLInputObjectType)
            asked[name] = self.filter(inner, label, depth + 1) if name in QUANTIFIERS else self._count(inner, label, depth)
        return asked

    def _count(self, of: GraphQLInputObjectType, label: str, depth: int) -> dict[str, Any]:
        asked: dict[str, Any] = {}
        for name in self.pen.some(list(of.fields), 2):
            inner = get_named_type(of.fields[name].type)
            if isinstance(inner, GraphQLInputObjectType):
                asked[name] = self.filter(inner, label, depth + 1)
            else:
                asked[name] = self._operand(of, name, lambda: self.pen.number(0, 4))
        return asked

    def _edge(self, of: GraphQLInputObjectType, label: str) -> dict[str, Any]:
        properties = self.pool.seen.domain.edge_properties(label)
        return {name: self._operators(inner, properties[name].kind, self.pool.edge(name)) for name, inner in self._some_of(of)}

    def _operators(self, of: GraphQLInputObjectType, kind: Kind, held: list[Any]) -> Any:
        names = self.pen.some(list(of.fields), 1 if not self.pen.chance(20) else 2)
        return {name: self._operator(of, name, kind, held) for name in names}

    def _operator(self, of: GraphQLInputObjectType, name: str, kind: Kind, held: list[Any]) -> Any:
        if name in ("isNull", "isEmpty"):
            return self._operand(of, name, lambda: self.pen.chance(50))
        inner = get_named_type(of.fields[name].type)
        if isinstance(inner, GraphQLEnumType):
            return self._operand(of, name, lambda: enum_value(self.pen, inner, held))
        return self._operand(of, name, lambda: asked_value(self.pen, kind, held, name))

    def _operand(self, of: GraphQLInputObjectType, name: str, value: Any) -> Any:
        """One value or a list of them, each and all of it perhaps a variable."""
        field = of.fields[name]
        bare = get_nullable_type(field.type)
        if not isinstance(bare, GraphQLList):
            return self.pen.written(field.type, value(), may_be_absent=True)
        values = [value() for _ in range(self.pen.number(0, 4))]
        if self.pen.may_become_variable(15):
            return self.pen.variable(field.type, values, may_be_absent=True)[0]
        mixed = [self.pen.written(bare.of_type, each, percent=8) for each in values]
        is_single = len(mixed) == 1 and self.pen.chance(30) and not isinstance(mixed[0], Literal)
        return mixed[0] if is_single else mixed
