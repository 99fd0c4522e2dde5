"""The datapackage.json of an export, written from the declaration."""

from collections.abc import Mapping
from typing import Any

from graph_schema.kernel import Kind
from graph_schema.names import in_words
from server.exchange.descriptor import APOSTROPHES
from server.exchange.forms import ADDRESS, ADDRESSES, DATE, DAY, KEY, KEYS
from server.exchange.shape import Column, Purpose, Role, Shape, Table

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
LICENCES = {
    "CDP-ICLEI": {
        "name": "CDP-ICLEI",
        "path": "https://data.cdp.net/",
        "title": "Terms of CDP's open data and of ICLEI: credit CDP and ICLEI, and check the terms before redistributing",
    }
}
SOURCES = "sources"
CREDITS = (
    ("cities", {"title": "GeoNames (coordinates and most populations), CC BY 4.0", "path": "https://www.geonames.org/"}),
    ("emissions", {"title": "CDP and ICLEI, city-wide emissions", "path": "https://data.cdp.net/"}),
    (SOURCES, {"title": "Public pages named row by row in the source columns"}),
)
"""Whom to name for what is in which table."""
_TYPES = {Kind.INT: "integer", Kind.FLOAT: "number", Kind.BOOLEAN: "boolean"}
_LISTS = "List separated by semicolons; a semicolon inside an item is written \\;."


_MADE_HARMLESS = (
    "A text, or an item of a list, that begins with =, +, -, @, a tab or a carriage return, or with apostrophes before one of these, "
    "has an apostrophe before it: take one away."
)


def package_of(shape: Shape, headers: dict[str, tuple[str, ...]], told: Mapping[str, Any]) -> dict[str, Any]:
    """The description of the tables with these columns; `told` says its name, version, revision and moment."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": told.get("name") or "replicity",
        "title": "Innovations, pilots, transfers and lessons of cities",
        "description": "Exported from the graph. An empty cell means that nothing is reported; a list cell of one semicolon, "
        "that a source reports none.",
        "version": told.get("version") or "1.0.0",
        "revision": told["revision"],
        "created": told["created"],
        "licenses": [LICENCE],
        "sources": [credit for table, credit in CREDITS if table in headers or table == SOURCES],
        "resources": [_resource(shape, shape.tables[table], columns, headers) for table, columns in headers.items()],
    }


def with_apostrophes(described: dict[str, Any]) -> dict[str, Any]:
    """The description of the same tables where their texts are made harmless, which may make them longer by one."""
    fields = (field for resource in described["resources"] for field in resource["schema"]["fields"])
    for constraints in (field["constraints"] for field in fields if "constraints" in field):
        if "maxLength" in constraints:
            constraints["maxLength"] += 1
    return described | {APOSTROPHES: True, "description": f"{described['description']} {_MADE_HARMLESS}"}


def _resource(shape: Shape, table: Table, header: tuple[str, ...], headers: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    columns = [column for name in header if (column := table.column(name))]
    keys = [_foreign_key(shape, column) for column in columns if _refers(shape, table, column, headers)]
    schema = {
        "fields": [_field(shape, table, column, headers) for column in columns],
        "primaryKey": [column.name for column in table.key],
        "missingValues": [""],
        **({"foreignKeys": keys} if keys else {}),
    }
    return {
        "name": table.name,
        "title": in_words(table.name),
        "description": table.description,
        "path": f"{table.name}.csv",
        "type": "table",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "licenses": [LICENCES[table.licence] if table.licence else LICENCE],
        "schema": schema,
    }


def _field(shape: Shape, table: Table, column: Column, headers: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    declared = column.declared
    kind = _TYPES.get(declared.kind, "string") if declared else "string"
    if column.role in (Role.LATITUDE, Role.LONGITUDE):
        kind = "number"
    described: dict[str, Any] = {
        "name": column.name,
        "type": kind,
        "description": f"{column.description} {_LISTS}" if column.listed else column.description,
    }
    constraints = _constraints(table, column)
    if constraints:
        described["constraints"] = constraints
    if column.listed:
        described["listOf"] = {"delimiter": ";", "arrayItem": {"type": "string", **_items(shape, column, headers)}}
    return described


def _constraints(table: Table, column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if column.required or column.role in (Role.SOURCE, Role.SOURCES):
        found["required"] = True
    if [column] == list(table.key) or (column.declared and column.declared.unique):
        found["unique"] = True
    return found | _form(column) | _bounds(column)


def _form(column: Column) -> dict[str, Any]:
    if column.role in _PATTERNS:
        return {"pattern": _PATTERNS[column.role]} if not (column.role is Role.KEY and column.name == "url") else {"pattern": ADDRESS}
    declared = column.declared
    if declared and declared.vocabulary:
        return {"enum": list(declared.vocabulary.values)}
    if declared and declared.kind is Kind.PARTIAL_DATE:
        return {"pattern": DAY if declared.whole_day else DATE}
    return {}


def _bounds(column: Column) -> dict[str, Any]:
    if column.role is Role.LATITUDE:
        return {"minimum": -90, "maximum": 90}
    if column.role is Role.LONGITUDE:
        return {"minimum": -180, "maximum": 180}
    declared = column.declared
    if not declared:
        return {}
    told = {"minimum": declared.minimum, "maximum": declared.maximum, "maxLength": declared.max_length}
    return {name: value for name, value in told.items() if value is not None}


def _items(shape: Shape, column: Column, headers: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    target = shape.records(column.label) if column.label and column.role is Role.MANY else None
    return {"reference": {"resource": target.name, "fields": target.key[0].name}} if target and target.name in headers else {}


def _refers(shape: Shape, table: Table, column: Column, headers: dict[str, tuple[str, ...]]) -> bool:
    if column.role is Role.KEY and table.purpose is Purpose.RECORDS:
        return False
    target = shape.records(column.label) if column.label and column.role in (Role.KEY, Role.OTHER, Role.ONE) else None
    return target is not None and target.name in headers


def _foreign_key(shape: Shape, column: Column) -> dict[str, Any]:
    target = shape.records(column.label or "")
    assert target
    return {"fields": [column.name], "reference": {"resource": target.name, "fields": [target.key[0].name]}}


_PATTERNS = {
    Role.KEY: KEY,
    Role.OTHER: KEY,
    Role.ONE: KEY,
    Role.MANY: KEYS,
    Role.SOURCE: ADDRESS,
    Role.SOURCES: ADDRESSES,
    Role.DISPUTES: ADDRESSES,
}
