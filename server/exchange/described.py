"""Whether a package keeps to its own description: types, keys, closed lists, patterns, references."""

from collections.abc import Iterator, Mapping

from server.exchange.cells import MOST_CELL_BYTES, Unreadable, read_number, read_truth, read_whole, real_date, shortened, split_list
from server.exchange.descriptor import Field, Resource
from server.exchange.files import Sheet
from server.exchange.findings import Finding, Findings
from server.exchange.forms import in_words


def check_sheet(sheet: Sheet, resource: Resource, findings: Findings) -> None:
    """Every cell by itself, then what must not stand there twice."""
    fields = [(name, resource.fields.get(name, Field(name))) for name in sheet.header]
    for name in resource.fields.keys() - set(sheet.header):
        if resource.fields[name].required:
            findings.add(Finding(sheet.file, 1, name, "the column is missing", f"the column {name}, which {resource.name} requires"))
    for row in sheet.rows:
        for name, described in fields:
            try:
                _check(row.cells[name], described, resource.missing)
            except Unreadable as wrong:
                findings.add(Finding(sheet.file, row.line, name, wrong.reason, wrong.expected))
    for columns in _unique(resource, sheet):
        _check_unique(sheet, columns, resource.missing, findings)


def check_references(
    sheets: Mapping[str, Sheet], whole: Mapping[str, Sheet], resources: Mapping[str, Resource], findings: Findings
) -> None:
    """Every reference into a table of the package finds its row, where the whole of that table is known."""
    for name, sheet in sheets.items():
        resource = resources[name]
        for key in resource.foreign_keys:
            if key.table in whole and set(key.columns) <= set(sheet.header):
                _check_key(sheet, key.columns, _values(whole[key.table], key.there), resource.missing, key.table, findings)
        for described in resource.fields.values():
            if described.items and described.items[0] in whole and described.name in sheet.header:
                _check_items(sheet, described, _values(whole[described.items[0]], described.items[1:]), resource.missing, findings)


def _check(cell: str, described: Field, missing: tuple[str, ...]) -> None:
    if cell in missing:
        if described.required:
            raise Unreadable("the cell is empty", "a value")
        return
    if "\0" in cell:
        raise Unreadable("the cell holds a NUL character", "text")
    if len(cell.encode("utf-8", "replace")) > MOST_CELL_BYTES:
        raise Unreadable(f"the cell holds {len(cell.encode()):,} bytes", f"at most {MOST_CELL_BYTES:,}")
    if described.choices and cell not in described.choices:
        raise Unreadable(f"{shortened(cell)} is not in the list", f"one of {', '.join(described.choices)}")
    _check_type(cell, described)
    if described.pattern and not described.pattern.search(cell):
        raise Unreadable(f"{shortened(cell)} does not have the form of the column", in_words(described.pattern.pattern))
    if described.longest is not None and len(cell) > described.longest:
        raise Unreadable(f"{len(cell)} characters are too many", f"at most {described.longest}")
    if described.shortest is not None and len(cell) < described.shortest:
        raise Unreadable(f"{len(cell)} characters are too few", f"at least {described.shortest}")


def _check_type(cell: str, described: Field) -> None:
    if described.type in ("integer", "number"):
        value = read_whole(cell) if described.type == "integer" else read_number(cell)
        if described.minimum is not None and value < float(described.minimum):
            raise Unreadable(f"{value:g} is too small", f"at least {described.minimum:g}")
        if described.maximum is not None and value > float(described.maximum):
            raise Unreadable(f"{value:g} is too large", f"at most {described.maximum:g}")
    elif described.type == "boolean":
        read_truth(cell)
    elif described.type == "date" and not (real_date(cell) and len(cell) == len("YYYY-MM-DD")):
        raise Unreadable(f"{shortened(cell)} is not a date that exists", "YYYY-MM-DD")


def _unique(resource: Resource, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    present = set(sheet.header)
    if resource.key and set(resource.key) <= present:
        yield resource.key
    for each in resource.fields.values():
        if each.unique and each.name in present and (each.name,) != resource.key:
            yield (each.name,)


def _check_unique(sheet: Sheet, columns: tuple[str, ...], missing: tuple[str, ...], findings: Findings) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in sheet.rows:
        values = tuple(row.cells[name] for name in columns)
        if all(value in missing for value in values):
            continue
        line = first.setdefault(values, row.line)
        if line != row.line:
            told = " and ".join(shortened(value) for value in values)
            findings.add(Finding(sheet.file, row.line, columns[-1], f"{told} stands already in line {line}", "every key once"))


def _values(sheet: Sheet, columns: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """What stands in these columns; what a refused row says is there as well, for the row is what is wrong."""
    return frozenset(tuple(row.cells.get(name, "") for name in columns) for row in (*sheet.rows, *sheet.refused))


# house: what a reference is, and where it must be found, has these parts and no fewer
def _check_key(
    sheet: Sheet, columns: tuple[str, ...], there: frozenset[tuple[str, ...]], missing: tuple[str, ...], table: str, findings: Findings
) -> None:
    for row in sheet.rows:
        values = tuple(row.cells[name] for name in columns)
        if values not in there and not any(value in missing for value in values):
            told = " and ".join(shortened(value) for value in values)
            findings.add(Finding(sheet.file, row.line, columns[0], f"{told} is not in {table}", f"a key of {table}"))


def _check_items(sheet: Sheet, described: Field, there: frozenset[tuple[str, ...]], missing: tuple[str, ...], findings: Findings) -> None:
    assert described.items
    table = described.items[0]
    for row in sheet.rows:
        cell = row.cells[described.name]
        if cell in missing:
            continue
        items = split_list(cell) if described.delimiter == ";" else cell.split(described.delimiter or ",")
        strangers = [item for item in items if (item,) not in there]
        if strangers:
            told = ", ".join(map(shortened, strangers[:5]))
            findings.add(Finding(sheet.file, row.line, described.name, f"{told} is not in {table}", f"keys of {table}"))
