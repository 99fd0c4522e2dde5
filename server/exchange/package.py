"""A data package on disk becomes content, checked against its own description and against the domain."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from server.exchange.apostrophes import as_they_were
from server.exchange.cells import shortened
from server.exchange.content import Content
from server.exchange.described import check_references, check_sheet
from server.exchange.descriptor import DESCRIPTOR, Descriptor, Resource, read_descriptor
from server.exchange.files import Row, Sheet, read_sheet
from server.exchange.findings import Finding, Findings, one_of
from server.exchange.rows import read_rows
from server.exchange.shape import Purpose, Role, Shape, Table, own_relationships


def read_package(path: Path, shape: Shape, findings: Findings) -> Content:
    """Everything the package says; what is wrong with it is found without the graph, as far as that goes."""
    descriptor = read_descriptor(path, findings)
    resources = {each.name: each for each in _known(descriptor, shape, findings)}
    sheets = {name: sheet for name, each in resources.items() if (sheet := _sheet(each, shape, findings))}
    if descriptor.apostrophes:
        sheets = {name: _as_it_was(sheet, shape.tables[name]) for name, sheet in sheets.items()}
    for name, sheet in sheets.items():
        check_sheet(sheet, resources[name], findings)
    whole = {name: sheet for name, sheet in sheets.items() if _names_every_row(sheet, shape.tables[name])}
    check_references(sheets, whole, resources, findings)
    content = Content(descriptor.name, descriptor.version, described={name: tuple(each.fields) for name, each in resources.items()})
    content.unread = _unread(descriptor.named, whole, shape)
    content.rows = {name: len(sheet.rows) for name, sheet in sheets.items()}
    # Records come first: the other tables extend them or tie them together.
    for table in shape.tables.values():
        if table.name in sheets:
            read_rows(shape, table, _without_missing(sheets[table.name], resources[table.name].missing), content, findings)
    _check_mentions(content, shape, findings)
    _check_unique(content, shape, findings)
    return content


def _known(descriptor: Descriptor, shape: Shape, findings: Findings) -> Iterable[Resource]:
    for each in descriptor.resources:
        if each.name in shape.tables:
            yield each
        else:
            findings.add(Finding(DESCRIPTOR, None, each.name, "the table is unknown", one_of(tuple(shape.tables), each.name)))


def _sheet(resource: Resource, shape: Shape, findings: Findings) -> Sheet | None:
    known = frozenset(each.name for each in shape.tables[resource.name].columns)
    for name in sorted(resource.fields.keys() - known):
        findings.add(Finding(DESCRIPTOR, None, f"{resource.name}.{name}", "the column is unknown", one_of(sorted(known), name)))
    return read_sheet(resource.path, known, resource.delimiter, findings)


def _names_every_row(sheet: Sheet, table: Table) -> bool:
    """Whether it was read to its end and every row, also one that cannot stand, says which record it is."""
    key = table.having(Role.KEY)[0].name
    return sheet.whole and all(row.cells.get(key) for row in (*sheet.rows, *sheet.refused))


def _unread(named: frozenset[str], whole: Mapping[str, Sheet], shape: Shape) -> set[str]:
    """Labels of whose records some may be lost; a table of an unknown name may be that of any."""
    could_be_any = not named <= shape.tables.keys()
    return {
        table.label
        for table in shape.tables.values()
        if table.purpose is Purpose.RECORDS and table.name not in whole and (could_be_any or table.name in named)
    }


def _as_it_was(sheet: Sheet, table: Table) -> Sheet:
    cells = as_they_were(table, (row.cells for row in sheet.rows))
    return replace(sheet, rows=tuple(Row(row.line, each) for row, each in zip(sheet.rows, cells, strict=True)))


def _without_missing(sheet: Sheet, missing: tuple[str, ...]) -> Sheet:
    if missing == ("",):
        return sheet
    rows = (Row(row.line, {name: "" if cell in missing else cell for name, cell in row.cells.items()}) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


def _check_mentions(content: Content, shape: Shape, findings: Findings) -> None:
    """Whatever is named stands in the package, where the package has the table for it."""
    for mention in content.mentions:
        table = shape.records(mention.label)
        stands = (mention.label, mention.slug) in content.places or content.may_be_lost(mention.label, mention.slug)
        if table and table.name in content.headers and not stands:
            place = mention.place
            reason = f"{shortened(mention.text)} is not in {table.name}"
            findings.add(Finding(place.file, place.line, place.column, reason, f"a key of {table.name}"))


def _check_unique(content: Content, shape: Shape, findings: Findings) -> None:
    """What tells records apart, and what another record can have only one of, stands there once."""
    for node in shape.domain:
        columns = {each.field: each.column for each in node.properties if each.unique and each.column is not None}
        columns |= {each.field: each.column for each in own_relationships(node) if each.column and each.inverse and not each.inverse.many}
        for part, column in columns.items():
            _check_once(content, node.label, part, column, findings)


def _check_once(content: Content, label: str, part: str, column: str | None, findings: Findings) -> None:
    first: dict[str, str] = {}
    for slug, slots in content.records.get(label, {}).items():
        value = slots.get(part)
        other = slug if value is None else first.setdefault(value, slug)
        place = content.places.get((label, slug))
        if other != slug and place:
            findings.add(Finding(place.file, place.line, column, f"{shortened(str(value))} is also that of {other}", "every one once"))
