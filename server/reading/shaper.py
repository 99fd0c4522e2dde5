"""The shape of an answer becomes a function that makes the answer out of the record.

The function is written as Python text and compiled once for each plan: a row becomes one dict display, a
page one list comprehension. Names in the text are response names, which GraphQL keeps to letters, digits
and underscores; they stand in it as string literals all the same, and values never do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.reading import shape
from server.reading.order import cursor

Totals = Mapping[str, int]
Shaper = Callable[[list[Any], Mapping[str, Any], Totals, list["Gap"]], dict[str, Any]]


class Gap(Exception):
    """A value that has to be there is not."""

    def __init__(self, named: str) -> None:
        super().__init__(named)
        self.named = named


def compile_shaper(fields: tuple[tuple[str, shape.RootField], ...]) -> Shaper:
    """The function of (record, variables, totals, gaps) that makes `data`.

    Where a value has to be there and is not, the nearest field that may be null becomes null and the gap is
    noted; without such a field, Gap is raised.
    """
    text = _Text()
    parts = ", ".join(f"{name!r}: {text.root(root)}" for name, root in fields)
    return text.compiled(f"{{{parts}}}")


def there(value: Any, named: str) -> Any:
    """The value, which has to be there."""
    if value is None:
        raise Gap(named)
    return value


def several_cursor(row: list[Any], places: Mapping[str, tuple[tuple[int, ...], int]], label: str, order: str) -> str:
    """The cursor of a row in a list of several types: where its keys stand depends on its type."""
    keys, tie = places[row[0].partition(":")[0]]
    return cursor(label, order, [row[place] for place in keys], row[tie])


def by_id(rows: list[Any], ids: list[str]) -> list[Any]:
    """The row of each id, None where there is none."""
    found = {row[0]: row for row in rows}
    return [found.get(each) for each in ids]


@dataclass(slots=True)
class _Text:
    """The text of one shaper: functions for what needs statements, and the constants they use."""

    functions: list[str] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=dict)

    def compiled(self, answer: str) -> Shaper:
        lines = [f"    {line}" for each in self.functions for line in each.splitlines()]
        text = "\n".join(["def shaped(d, v, t, gaps):", *lines, f"    return {answer}"])
        names: dict[str, Any] = {name: globals()[name] for name in ("Gap", "there", "by_id", "cursor", "several_cursor")}
        names |= self.constants
        exec(compile(text, "<shaper>", "exec"), names)  # noqa: S102
        found: Shaper = names["shaped"]
        return found

    # Root fields --------------------------------------------------------------------------------------

    def root(self, root: shape.RootField) -> str:
        match root:
            case shape.Constant(value):
                return self.constant(value)
            case shape.RootRecord(place, record):
                return self.maybe(f"d[{place}]", record)
            case shape.RootRecords(place, ids, record):
                resolve = self.constant(ids.resolve)
                return f"[{self.maybe('r', record)} for r in by_id(d[{place}], {resolve}(v))]"
            case shape.Chosen():
                return self.chosen("''", root)
            case shape.Connected(place):
                return self.connection(f"d[{place}]", root)
            case shape.Service(fields):
                return f"{{{', '.join(f'{name!r}: {self.service(part)}' for name, part in fields)}}}"

    def service(self, part: shape.ServicePart) -> str:
        match part:
            case shape.Constant(value):
                return self.constant(value)
            case shape.Revision():
                return "(d[-1][0] or 0)"
            case shape.Totals(fields, labels):
                sources = {"type": "n", "count": "t[l]"}
                pairs = (
                    f"{name!r}: {self.constant(each.value) if isinstance(each, shape.Constant) else sources[each]}" for name, each in fields
                )
                return f"[{{{', '.join(pairs)}}} for l, n in {self.constant(labels)}]"

    # Records ------------------------------------------------------------------------------------------

    def record(self, row: str, record: shape.Record) -> str:
        """A record out of a row that is there."""
        if not record.layout.several:
            ((label, fields),) = record.fields
            # A row that is not a plain name is named once, as an argument.
            return self.object("r", record.layout, label, fields) if row == "r" else self.named(row, record.layout, label, fields)
        makers = [f"{label!r}: lambda r: {self.object('r', record.layout, label, fields)}" for label, fields in record.fields]
        name = f"f{len(self.functions)}"
        self.functions.append(f"{name} = {{{', '.join(makers)}}}")
        return f"(lambda r: {name}[r[0].partition(':')[0]](r))({row})"

    def named(self, row: str, layout: shape.RowLayout, label: str, fields: tuple[tuple[str, shape.Field], ...]) -> str:
        answer = self.object("r", layout, label, fields)
        name = f"f{len(self.functions)}"
        self.functions.append(f"def {name}(r):\n    return {answer}")
        return f"{name}({row})"

    def maybe(self, row: str, record: shape.Record) -> str:
        """A record out of a row that may be None."""
        answer = self.record("r", record)
        name = f"f{len(self.functions)}"
        lines = ["if r is None:", "    return None", "try:", f"    return {answer}", "except Gap as gap:", "    gaps.append(gap)"]
        self.functions.append("\n    ".join([f"def {name}(r):", *lines]))
        return f"{name}({row})"

    def object(self, row: str, layout: shape.RowLayout, label: str, fields: tuple[tuple[str, shape.Field], ...]) -> str:
        return f"{{{', '.join(f'{name!r}: {self.field(row, layout, label, each)}' for name, each in fields)}}}"

    def field(self, row: str, layout: shape.RowLayout, label: str, each: shape.Field) -> str:
        if isinstance(each, shape.Constant):
            return self.constant(each.value)
        if isinstance(each, shape.Composed):
            return self.composed(row, layout, label, each)
        if isinstance(each, shape.Chosen):
            return self.chosen(f"{row}[{layout.place(label, each.slug)}]", each)
        value = f"{row}[{layout.place(label, each.column)}]"
        match each:
            case shape.Leaf():
                return self.leaf(value, each)
            case shape.Level():
                return self.level(row, layout, label, each)
            case shape.Coordinates(_, fields):
                return self.coordinates(value, fields)
            case shape.Related(_, required, record, named):
                return self.record(f"there({value}, {named!r})", record) if required else self.maybe(value, record)
            case shape.Listed(_, record):
                return f"[{self.record('r', record)} for r in {value}]"
            case shape.Connected():
                return self.connection(value, each)

    def leaf(self, value: str, leaf: shape.Leaf) -> str:
        return f"({value} if {value} is not None else there(None, {leaf.named!r}))" if leaf.required else value

    def makers(self, records: tuple[tuple[str, shape.Record], ...]) -> str:
        """What makes objects of rows, by name."""
        listed = [f"{name!r}: lambda r: {self.record('r', record)}" for name, record in records]
        return f"{{{', '.join(listed)}}}"

    def composed(self, row: str, layout: shape.RowLayout, label: str, of: shape.Composed) -> str:
        values = "".join(f"{row}[{layout.place(label, column)}], " for column in of.columns)
        return f"{self.constant(of.compose)}({row}, ({values}), {self.makers(of.records)}, v)"

    def chosen(self, parent: str, of: shape.Chosen) -> str:
        return f"{self.constant(of.compose)}(v[{of.key!r}], {parent}, {self.makers(of.records)})"

    def level(self, row: str, layout: shape.RowLayout, label: str, level: shape.Level) -> str:
        parts = ", ".join(f"{name!r}: {self.of_level(layout, label, part)}" for name, part in level.fields)
        name = f"f{len(self.functions)}"
        self.functions.append(f"def {name}(r, level):\n    return {{{parts}}}")
        return f"{name}({row}, {row}[{layout.place(label, level.column)}])"

    def of_level(self, layout: shape.RowLayout, label: str, part: "shape.LevelItself | shape.Reasons | shape.Constant") -> str:
        match part:
            case shape.Constant(value):
                return self.constant(value)
            case shape.LevelItself():
                return "level"
            case shape.Reasons(fields, bearing):
                lists = [self.bearing(layout, label, fields, each) for each in bearing]
                return f"[{', '.join(f'*({text})' for text in lists)}]"

    def bearing(self, layout: shape.RowLayout, label: str, fields: Any, bearing: shape.Bearing) -> str:
        records = {name: self.record("b", record) for name, record in bearing.records}
        said = {"rule": str(bearing.level)}
        parts = (
            f"{name!r}: {self.constant(each.value) if isinstance(each, shape.Constant) else said.get(each) or records[name]}"
            for name, each in fields
        )
        return f"{{{', '.join(parts)}}} for b in (r[{layout.place(label, bearing.column)}] if level >= {bearing.level} else ())"

    def coordinates(self, value: str, fields: tuple[tuple[str, str], ...]) -> str:
        sources = {"latitude": "r[0]", "longitude": "r[1]", "__typename": "'Point'"}
        made = ", ".join(f"{name!r}: {sources[each]}" for name, each in fields)
        name = f"f{len(self.functions)}"
        self.functions.append(f"def {name}(r):\n    return None if r is None or r[0] is None or r[1] is None else {{{made}}}")
        return f"{name}({value})"

    # Connections --------------------------------------------------------------------------------------

    def connection(self, value: str, page: shape.Connected) -> str:
        parts = ["rows"] * bool(page.record) + ["count"] * page.counted + [f"has_{side}" for side in page.outside]
        parts += [f"tally{place}" for place in range(len(page.tallies))]
        lines = []
        if len(parts) == 1:
            lines.append(f"{parts[0]} = r")
        elif parts:
            lines.append(f"{', '.join(parts)} = r")
        if page.record:
            # One row more than asked for tells that there are more. The rows are not ours alone, so they stay as they are.
            if any(isinstance(part, shape.PageInfo) for _, part in page.fields):
                lines.append(f"more = len(rows) > {page.size}")
            forward = f"rows if len(rows) <= {page.size} else rows[:{page.size}]"
            lines.append(f"rows = {f'rows[{page.size - 1}::-1]' if page.backward else forward}")
        if page.tallies:
            told = ", ".join(f"{self.constant(name)}: tally{place}" for place, name in enumerate(page.tallies))
            lines.append(f"tallies = {{{told}}}")
        answer = ", ".join(f"{name!r}: {self.part(page, part)}" for name, part in page.fields)
        name = f"f{len(self.functions)}"
        self.functions.append("\n    ".join([f"def {name}(r):", *lines, f"return {{{answer}}}"]))
        return f"{name}({value})"

    def part(self, page: shape.Connected, part: shape.Part) -> str:
        match part:
            case shape.Constant(value):
                return self.constant(value)
            case shape.Total():
                return f"t[{page.total_of!r}]" if page.total_of else "count"
            case shape.Worked(compose):
                return f"{self.constant(compose)}({'tallies' if page.tallies else '{}'})"
            case shape.Nodes(record):
                return f"[{self.record('r', record)} for r in rows]"
            case shape.Edges(fields):
                return f"[{{{', '.join(f'{name!r}: {self.edge(page, each)}' for name, each in fields)}}} for r in rows]"
            case shape.PageInfo(fields, at):
                return f"{{{', '.join(f'{name!r}: {self.info(page, each, at)}' for name, each in fields)}}}"

    def edge(self, page: shape.Connected, part: shape.EdgePart) -> str:
        assert page.record
        match part:
            case shape.Constant(value):
                return self.constant(value)
            case shape.EdgeNode(record):
                return self.record("r", record)
            case shape.Cursor():
                return self.cursor("r", page.record, part)
            case shape.Leaf():
                return self.leaf(f"r[{page.record.place(page.record.labels[0], part.column)}]", part)

    def info(self, page: shape.Connected, each: "str | shape.Constant", at: shape.Cursor | None) -> str:
        if isinstance(each, shape.Constant):
            return self.constant(each.value)
        match each:
            case "hasNextPage":
                return _either("after" in page.outside, "has_after", not page.backward)
            case "hasPreviousPage":
                return _either("before" in page.outside, "has_before", page.backward)
        assert at
        assert page.record
        place = 0 if each == "startCursor" else -1
        return f"({self.cursor(f'rows[{place}]', page.record, at)} if rows else None)"

    def cursor(self, row: str, layout: shape.RowLayout, at: shape.Cursor) -> str:
        # Every type of a list has the same keys; where they stand differs from type to type.
        if layout.several:
            places = {label: (tuple(layout.place(label, key) for key in at.keys), layout.place(label, at.tie)) for label in layout.labels}
            return f"several_cursor({row}, {self.constant(places)}, {at.label!r}, {at.order!r})"
        label = layout.labels[0]
        keys = ", ".join(f"{row}[{layout.place(label, key)}]" for key in at.keys)
        return f"cursor({at.label!r}, {at.order!r}, [{keys}], {row}[{layout.place(label, at.tie)}])"

    # Text ---------------------------------------------------------------------------------------------

    def constant(self, value: Any) -> str:
        if value is None or isinstance(value, str | bool | int):
            return repr(value)
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name


def _either(outside: bool, name: str, towards: bool) -> str:
    """There are records beyond the page: beyond the cursor that bounds it, or where reading stopped."""
    return f"({name} or more)" if outside and towards else name if outside else "more" if towards else "False"
