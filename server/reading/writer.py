"""Expressions and conditions of a plan as Cypher, values apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from graph_schema.kernel import Hop, Path
from server.reading.cases import Case, conjuncts, tree
from server.reading.matching import Match
from server.reading.plan import (
    ALWAYS,
    Absent,
    All,
    Choice,
    Compare,
    Condition,
    Counted,
    Exists,
    Expression,
    Holds,
    InLanguage,
    Less,
    Missing,
    Near,
    Not,
    Place,
    Reached,
    Relation,
    Some,
    Stored,
    TypeName,
)
from server.reading.values import Value

_COMPARISONS = {"eq": "=", "in": "IN", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=", "contains": "CONTAINS", "startsWith": "STARTS WITH"}


def quoted(name: str) -> str:
    """A declared name as Cypher writes it."""
    return f"`{name}`"


def _any_of(names: str) -> str:
    return "|".join(quoted(name) for name in names.split("|"))


def may_repeat(path: Path) -> bool:
    """Whether a path can reach one record more than once: over several ways, or by relationships of several types."""
    return not is_step(path) or "|" in path[0].type


def is_step(path: Path) -> bool:
    """Whether a path is one relationship, which then can say something of itself."""
    return len(path) == 1 and not path[0].within


@dataclass(slots=True)
class Scope:
    """The record at hand: its variable, and that of the relationship by which it was reached, if it can say anything."""

    depth: int
    edge: str | None = None
    edge_used: bool = False
    compared: set[str] = field(default_factory=set)
    """The properties that are read to find the record and to sort it."""
    together: str | None = None
    """The variable of the map in which other properties of the record are read together, where they are."""
    read: dict[str, None] = field(default_factory=dict)
    """The properties in that map, as they come."""
    ahead: list[str] = field(default_factory=list)
    """What is read ahead of the row, each under a name."""
    named: dict[str, str] = field(default_factory=dict)
    """Names of what has been worked out of the record, by its text."""

    @property
    def record(self) -> str:
        """The variable of the record."""
        return f"n{self.depth}"

    @property
    def reached(self) -> list[str]:
        """The variables of what was reached: the record, and its relationship if that is used."""
        return [self.record, *([self.edge] if self.edge and self.edge_used else [])]

    def property(self, name: str) -> str:
        """A property of the record, out of the map where there is one.

        What has been compared is at hand: Neo4j keeps it with the record, and a map that names it would read all one by one.
        """
        if self.together is None:
            self.compared.add(name)
        elif name not in self.compared:
            self.read[name] = None
            return f"{self.together}.{quoted(name)}"
        return f"{self.record}.{quoted(name)}"

    def below(self) -> "Scope":
        """The scope of a record reached from this one."""
        return Scope(self.depth + 1, f"e{self.depth + 1}")


@dataclass(slots=True)
class Writer:
    """Writes the text of one statement and names its parameters as they come."""

    visible: Condition
    reads_together_from: int
    names: dict[int, str] = field(default_factory=dict)
    values: list[tuple[str, Value]] = field(default_factory=list)

    def parameter(self, value: Value) -> str:
        """The parameter that carries a value."""
        if id(value) not in self.names:
            self.names[id(value)] = f"p{len(self.values)}"
            self.values.append((self.names[id(value)], value))
        return f"${self.names[id(value)]}"

    # Patterns -----------------------------------------------------------------------------------------

    def match(self, relation: Relation, branch: int, start: Scope, scope: Scope, conditions: list[str]) -> Match:
        """`MATCH … WHERE …` along one path of a relation.

        The conditions at its end are written already, so it is known whether its edge is used.
        """
        pattern, between = self._pattern(relation, branch, start, scope)
        guard = [f"NOT {self._exists_path(relation, earlier, start)}" for earlier in range(branch)]
        # One step of what is to be alone is a relationship that has one end anyway.
        several = relation.alone and not is_step(relation.paths[branch])
        alone = [f"NOT {self._exists_other(relation, branch, start, scope)}"] if several else []
        return Match(pattern, [*between, *conditions, *guard, *alone], scope.reached)

    def match_all(self, label: str, scope: Scope, conditions: Sequence[str]) -> Match:
        """`MATCH … WHERE …` of all records of a label."""
        return Match(f"({scope.record}:{quoted(label)})", conditions, scope.reached)

    def shown(self, scope: Scope) -> list[str]:
        """The condition under which the record at hand exists for the viewer."""
        return [self.condition(part, scope) for part in conjuncts(self.visible)]

    def branches(self, relation: Relation) -> range:
        """The paths of a relation, by number."""
        return range(len(relation.paths))

    def reach(self, relation: Relation, branch: int, start: Scope) -> Scope:
        """The scope at the end of a path; only a path of one step has an edge that says anything."""
        return start.below() if is_step(relation.paths[branch]) else Scope(start.depth + 1)

    def _pattern(self, relation: Relation, branch: int, start: Scope, scope: Scope) -> tuple[str, list[str]]:
        path, passing = relation.paths[branch], relation.passing[branch] if relation.passing else ()
        text, between, behind = f"({start.record})", [], start.record
        for step, hop in enumerate(path, 1):
            last = step == len(path)
            variable = scope.record if last else f"{scope.record}{'i' * step}"
            edge = scope.edge if last and scope.edge_used and scope.edge else ""
            # The first of all may be where the path comes from, and one match takes no relationship twice.
            text += f" MATCH ({behind})" if hop.first and step > 1 else ""
            text += f"{self._way(hop, edge, variable, start)}({variable}:{_any_of(hop.label)})"
            if not last:
                here = Bare(variable, start.depth + 1)
                between += self.fitting(passing[step - 1] if passing else ALWAYS, here)
                between += self._first(hop, behind, here) if hop.first else []
            behind = variable
        closing = f"-[:{quoted(relation.closing)}]->({start.record})" if relation.closing else ""
        return text + closing, between

    def _way(self, hop: Hop, edge: str, variable: str, start: Scope) -> str:
        """From one record to the next; over several steps every record between has to be shown as well."""
        types = _any_of(hop.type)
        if not hop.within:
            return f"<-[{edge}:{types}]-" if hop.incoming else f"-[{edge}:{types}]->"
        shown = self.shown(Bare(f"{variable}w", start.depth + 1))
        where = f" WHERE {' AND '.join(shown)}" if shown else ""
        return f" ((:{_any_of(hop.label)})-[:{types}]-({variable}w:{_any_of(hop.label)}){where}){{0,{hop.within}}} "

    def _first(self, hop: Hop, behind: str, here: Scope) -> list[str]:
        """That no other record of the same step has an earlier value; of equal ones the first by slug is the first."""
        other = Bare(f"{here.record}f", here.depth)
        mine, theirs = (f"{each.record}.{quoted(hop.first)}" for each in (here, other))
        earlier = f"({theirs} < {mine} OR ({theirs} = {mine} AND {other.record}.`slug` < {here.record}.`slug`))"
        pattern = f"({behind}){self._way(hop, '', other.record, other)}({other.record}:{_any_of(hop.label)})"
        conditions = " AND ".join([*self.shown(other), earlier])
        return [f"{mine} IS NOT NULL", f"NOT EXISTS {{ MATCH {pattern} WHERE {conditions} }}"]

    def _exists_path(self, relation: Relation, branch: int, start: Scope) -> str:
        # Not the record at hand but any that the path reaches, so it has a name of its own.
        scope = Bare(f"o{start.depth + 1}", start.depth + 1)
        return f"EXISTS {{ {self.match(replace(relation, alone=False), branch, start, scope, self.shown(scope)).whole} }}"

    def _exists_other(self, relation: Relation, branch: int, start: Scope, one: Scope) -> str:
        scope = Bare(f"{one.record}x", start.depth + 1)
        pattern, between = self._pattern(relation, branch, start, scope)
        conditions = [*between, *self.shown(scope), f"{scope.record}.`id` <> {one.record}.`id`"]
        return f"EXISTS {{ {Match(pattern, conditions, scope.reached).whole} }}"

    # Expressions --------------------------------------------------------------------------------------

    def expression(self, of: Expression, scope: Scope) -> str:
        """An expression of the record at hand, or the name that it has already."""
        text = self._written(of, scope)
        return scope.named.get(text, text)

    def _written(self, of: Expression, scope: Scope) -> str:  # noqa: C901 - one case for each kind of expression
        match of:
            case Stored(name, "edge"):
                scope.edge_used = True
                return f"{scope.edge}.{quoted(name)}" if scope.edge else "null"
            case Stored(name):
                return scope.property(name)
            case Missing():
                return "null"
            case TypeName():
                return f"split({scope.property('id')}, ':')[0]"
            case Place():
                return f"[{scope.property('latitude')}, {scope.property('longitude')}]"
            case InLanguage(chosen, fallback):
                return f"coalesce({scope.record}[{self.parameter(chosen)}], {scope.record}.{quoted(fallback)})"
            case Reached(relation, inner):
                return self._reached(relation, inner, scope)
            case Less(of, less):
                return f"({self.expression(of, scope)} - {self.expression(less, scope)})"
            case Counted(relation, condition):
                return " + ".join(self._count(relation, branch, condition, scope) for branch in self.branches(relation))
            case Choice(cases, otherwise):
                last = self.parameter(otherwise) if isinstance(otherwise, Value) else self.expression(otherwise, scope)
                return self._choice(tree(cases), last, scope)

    def _choice(self, cases: Sequence[Case], otherwise: str, scope: Scope) -> str:
        """What follows from the first case that holds."""
        when = " ".join(f"WHEN {self.condition(case.condition, scope)} THEN {self._follows(case, scope)}" for case in cases)
        return f"CASE {when} ELSE {otherwise} END" if when else otherwise

    def _follows(self, case: Case, scope: Scope) -> str:
        if isinstance(case.then, Value):
            return self.parameter(case.then)
        # One of these is sure to hold, so the last need not be asked.
        *asked, last = case.then
        return self._choice(asked, self._follows(last, scope), scope)

    def _reached(self, relation: Relation, inner: Expression, start: Scope) -> str:
        found = []
        for branch in self.branches(relation):
            scope = self.reach(relation, branch, start)
            answer = self.expression(inner, scope)
            found.append(f"COLLECT {{ {self.match(relation, branch, start, scope, self.shown(scope))} RETURN {answer} }}")
        return f"head({' + '.join(found)})"

    def _count(self, relation: Relation, branch: int, condition: Condition, start: Scope) -> str:
        scope = self.reach(relation, branch, start)
        return self.count(
            self.match(relation, branch, start, scope, self.fitting(condition, scope)), once=may_repeat(relation.paths[branch])
        )

    def count(self, match: Match, *, once: bool) -> str:
        """How many records match; each once, where several ways lead to one."""
        return f"COUNT {{ {f'{match} RETURN DISTINCT {match.record}' if once else match.whole} }}"

    # Conditions ---------------------------------------------------------------------------------------

    def fitting(self, condition: Condition, scope: Scope) -> list[str]:
        """What a record has to fulfil: to exist for the viewer, then the condition."""
        return self.shown(scope) + [self.condition(part, scope) for part in conjuncts(condition)]

    def condition(self, of: Condition, scope: Scope) -> str:  # noqa: C901 - one case for each kind of condition
        """A condition on the record at hand, true or false or (then false) null."""
        match of:
            case All(parts):
                return f"({' AND '.join(self.condition(part, scope) for part in parts)})" if parts else "true"
            case Some(parts):
                return f"({' OR '.join(self.condition(part, scope) for part in parts)})" if parts else "false"
            case Not(part):
                return self._not(part, scope)
            case Absent(Missing()):
                return "true"
            case Absent(inner):
                return f"{self._presence(inner, scope)} IS NULL"
            case Compare(Missing()) | Holds(Missing()):
                return "false"
            case Compare():
                return self._compare(of, scope)
            case Holds():
                return self._holds(of, scope)
            case Near():
                return self._near(of, scope)
            case Exists(relation, condition):
                return self._exists(relation, condition, scope)

    def _not(self, part: Condition, scope: Scope) -> str:
        match part:
            case Exists():
                return f"NOT {self.condition(part, scope)}"
            case Absent(Missing()):
                return "false"
            case Absent(inner):
                return f"{self._presence(inner, scope)} IS NOT NULL"
            case Compare(Missing()) | Holds(Missing()):
                return "true"
            case Compare(Stored(_, "record", True)) | Compare(Counted()):
                return f"NOT ({self.condition(part, scope)})"
            case Compare(inner) | Holds(inner):
                return f"({self._presence(inner, scope)} IS NULL OR NOT ({self.condition(part, scope)}))"
            case Near():
                return f"({scope.property('latitude')} IS NULL OR NOT ({self.condition(part, scope)}))"
            case _:
                return f"NOT ({self.condition(part, scope)})"

    def _presence(self, of: Expression, scope: Scope) -> str:
        return scope.property("latitude") if isinstance(of, Place) else self.expression(of, scope)

    def _compare(self, of: Compare, scope: Scope) -> str:
        left, right = self.expression(of.of, scope), self.parameter(of.value)
        if isinstance(of.of, Choice | Counted):
            left = f"({left})"
        if not of.partial:
            return f"{left} {_COMPARISONS[of.operator]} {right}"
        if of.operator == "in":
            return f"size([d IN {right} WHERE left({left}, size(d)) = left(d, size({left}))]) > 0"
        return f"left({left}, size({right})) {_COMPARISONS[of.operator]} left({right}, size({left}))"

    def _holds(self, of: Holds, scope: Scope) -> str:
        held = self.expression(of.of, scope)
        match of.operator:
            case "has":
                return f"{self.parameter(of.value)} IN {held}"
            case "hasAny":
                return f"size([t IN {self.parameter(of.value)} WHERE t IN {held}]) > 0"
            case "hasAll":
                return f"({held} IS NOT NULL AND size([t IN {self.parameter(of.value)} WHERE NOT t IN {held}]) = 0)"
            case _:
                return f"size({held}) = 0"

    def _near(self, of: Near, scope: Scope) -> str:
        latitude, longitude, km, diameter = (self.parameter(each) for each in (of.latitude, of.longitude, of.km, of.diameter))
        here = scope.property("latitude"), scope.property("longitude")
        north = f"sin(radians({here[0]} - {latitude}) / 2)"
        east = f"sin(radians({here[1]} - {longitude}) / 2)"
        half_chord = f"sqrt({north} * {north} + cos(radians({latitude})) * cos(radians({here[0]})) * {east} * {east})"
        return f"{diameter} * asin({half_chord}) <= {km}"

    def _exists(self, relation: Relation, condition: Condition, start: Scope) -> str:
        found = []
        for branch in self.branches(relation):
            scope = self.reach(relation, branch, start)
            fitting = self.fitting(condition, scope)
            found.append(f"EXISTS {{ {self.match(relation, branch, start, scope, fitting).whole} }}")
        return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


class Bare(Scope):
    """A record under a name of its own: one passed on the way, or one that only has to be there."""

    def __init__(self, variable: str, depth: int) -> None:
        super().__init__(depth)
        self._variable = variable

    @property
    def record(self) -> str:
        """Its variable."""
        return self._variable
