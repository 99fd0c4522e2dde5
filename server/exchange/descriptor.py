"""What a package's datapackage.json says of its tables."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.errors import PackageRefused
from server.exchange.cells import Unreadable, shortened
from server.exchange.findings import Finding, Findings

DESCRIPTOR = "datapackage.json"
APOSTROPHES = "apostrophes"
"""Says of a package that its texts are made harmless."""
TYPES = frozenset({"string", "integer", "number", "boolean", "list", "date", "any"})


@dataclass(frozen=True, slots=True)
class Field:
    """One column as the package describes it."""

    name: str
    type: str = "string"
    required: bool = False
    unique: bool = False
    pattern: re.Pattern[str] | None = None
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    shortest: int | None = None
    longest: int | None = None
    delimiter: str | None = None
    items: tuple[str, str] | None = None
    """The table and column in which each item of its list must stand."""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns whose values must stand in columns of a table."""

    columns: tuple[str, ...]
    table: str
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """One table as the package describes it."""

    name: str
    path: Path
    fields: dict[str, Field]
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    missing: tuple[str, ...] = ("",)
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A package as it describes itself."""

    folder: Path
    name: str
    version: str
    apostrophes: bool
    """Whether an apostrophe is to be taken away from the texts that begin like formulas."""
    named: frozenset[str]
    """The names of all tables that are listed, also of those that cannot be understood."""
    resources: tuple[Resource, ...]


def read_descriptor(path: Path, findings: Findings) -> Descriptor:
    """Read it from a folder, or from the file itself; a file that is no descriptor is refused outright."""
    file = path / DESCRIPTOR if path.is_dir() else path
    content = _content(file)
    listed = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(listed, list) or not listed:
        raise PackageRefused(f"{file} names no tables.", hint="A data package lists its tables under `resources`.")
    resources = [found for each in listed if (found := _resource(each, file.parent, findings))]
    return Descriptor(
        folder=file.parent,
        name=str(content.get("name", "")),
        version=str(content.get("version", "")),
        apostrophes=content.get(APOSTROPHES) is True,
        named=frozenset(map(_name, listed)),
        resources=tuple(resources),
    )


def _content(file: Path) -> Any:
    hint = f"Give the folder of a Frictionless Data Package; {DESCRIPTOR} in it describes its tables."
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as missing:
        raise PackageRefused(f"There is no {file.name} in {file.parent}.", hint=hint) from missing
    except (OSError, ValueError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else wrong
        raise PackageRefused(f"{file} cannot be read as the description of a data package: {reason}.", hint=hint) from wrong


def _resource(content: Any, folder: Path, findings: Findings) -> Resource | None:
    try:
        schema = content["schema"]
        fields = [_field(each) for each in schema["fields"]]
        name, path = str(content["name"]), str(content["path"])
        return Resource(
            name=name,
            path=_inside(folder, path),
            fields={each.name: each for each in fields},
            key=_names(schema.get("primaryKey", ())),
            foreign_keys=tuple(_foreign_key(each, name) for each in schema.get("foreignKeys", ())),
            missing=tuple(map(str, schema.get("missingValues", ("",)))),
            delimiter=content.get("dialect", {}).get("delimiter", ","),
        )
    except (Unreadable, KeyError, TypeError, AttributeError, ValueError, re.error) as wrong:
        findings.add(Finding(DESCRIPTOR, None, _name(content), *_in_words(wrong)))
        return None


def _in_words(wrong: Exception) -> tuple[str, str]:
    """Why a table's description cannot be understood, and what was expected of it."""
    match wrong:
        case Unreadable():
            return wrong.reason, wrong.expected
        case KeyError():
            return f"the description of the table has no `{wrong.args[0]}`", "name, path and schema"
        case re.error():
            return f"{shortened(str(wrong.pattern))} is not a pattern", "a regular expression"
        case _:
            return "the description of the table has another form than one", "name, path and schema"


def _name(content: Any) -> str:
    return str(content.get("name", "?")) if isinstance(content, dict) else "?"


def _inside(folder: Path, path: str) -> Path:
    found = (folder / path).resolve()
    if not found.is_relative_to(folder.resolve()):
        raise Unreadable(f"the file {shortened(path)} is outside the package", "a path within its folder")
    return folder / path


def _field(content: Mapping[str, Any]) -> Field:
    constraints = content.get("constraints", {})
    kind = content.get("type", "string")
    if kind not in TYPES:
        raise Unreadable(f"the column {shortened(content['name'])} has the type {shortened(kind)}", f"one of {', '.join(sorted(TYPES))}")
    listed = content.get("listOf", {})
    reference = listed.get("arrayItem", {}).get("reference")
    return Field(
        name=content["name"],
        type=kind,
        required=bool(constraints.get("required")),
        unique=bool(constraints.get("unique")),
        pattern=re.compile(constraints["pattern"]) if "pattern" in constraints else None,
        choices=tuple(map(str, constraints.get("enum", ()))),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        shortest=constraints.get("minLength"),
        longest=constraints.get("maxLength"),
        delimiter=listed.get("delimiter") or (content.get("delimiter", ",") if kind == "list" else None),
        items=(str(reference["resource"]), _names(reference["fields"])[0]) if reference else None,
    )


def _foreign_key(content: Mapping[str, Any], own: str) -> ForeignKey:
    reference = content["reference"]
    return ForeignKey(_names(content["fields"]), reference.get("resource") or own, _names(reference["fields"]))


def _names(one_or_more: str | Sequence[str]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else tuple(one_or_more)
