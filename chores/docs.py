"""Write the pages of `docs/` that follow from the code: the model, the settings, the error codes."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic_settings import BaseSettings

from graph_schema.domain import Domain, load_domain
from graph_schema.kernel import Hop, NodeType, Property, Relationship, Vocabulary
from server import errors
from server.settings import Limits, Settings

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = "<!-- Written by `uv run poe docs`, not by hand. -->"


@dataclass(frozen=True, slots=True)
class Saying:
    """One place in the code that says no: under which code, of which class, in what words, in which file."""

    code: str
    kind: str
    words: str
    file: str


def pages() -> dict[str, str]:
    """Every page with something generated, by its path."""
    said = sayings(ROOT / "server")
    return {
        "docs/model.md": model_page(load_domain()),
        "docs/settings.md": settings_page(),
        "docs/errors.md": errors_page(said),
        "README.md": readme((ROOT / "README.md").read_text(encoding="utf-8"), said),
    }


def readme(text: str, said: list[Saying]) -> str:
    """The README with its lists of settings and codes written anew between their marks."""
    settings = [name for kind in (Settings, Limits) for name, _, _ in setting_rows(kind)]
    lists = {"settings": settings, "codes": [f"`{code}`" for code in meanings_of(said)]}
    for name, entries in lists.items():
        opening, closing = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, _, rest = text.partition(opening)
        text = f"{before}{opening}{', '.join(entries)}\n{closing}{rest.partition(closing)[2]}"
    return text


def model_page(domain: Domain) -> str:
    """All node types with their properties and relationships, then all closed lists."""
    nodes = sorted(domain, key=lambda node: node.label)
    lists = {part.vocabulary.name: part.vocabulary for node in nodes for part in all_properties(node) if part.vocabulary}
    parts = [
        "# The model",
        WRITTEN,
        "What the graph holds, as `graph_schema/` declares it. R: always there. [ ]: the unit. A name links to what is meant.",
        ", ".join(f"[{node.label}](#{node.label.lower()})" for node in nodes),
        *(node_section(node) for node in nodes),
        "# Closed lists",
        *(vocabulary_section(lists[name]) for name in sorted(lists)),
    ]
    return "\n\n".join(parts) + "\n"


def all_properties(node: NodeType) -> Iterator[Property]:
    """A node's properties and those of its relationships."""
    yield from node.properties
    for relationship in node.relationships:
        yield from relationship.edge


def node_section(node: NodeType) -> str:
    """One node type."""
    origin = f"Table `{node.table}` of the data package." if node.table else "No table of its own in the data package."
    found = f"Found by `{node.field}({node.lookup}: …)`."
    return "\n\n".join(
        [
            f"## {node.label}",
            f"{node.description} {origin} {found}",
            table(("property", "type", "meaning"), (property_row(part) for part in node.properties)),
            table(("relationship", "leads to", "meaning"), (relationship_row(part) for part in node.relationships)),
        ]
    )


def property_row(part: Property) -> tuple[str, str, str]:
    """A property as a row of a table."""
    kind = f"[{part.vocabulary.name}](#{part.vocabulary.name.lower()})" if part.vocabulary else part.kind.value
    unit = f" [{part.unit}]" if part.unit else ""
    span = {(True, True): "", (False, True): f" From {part.minimum}.", (True, False): f" Up to {part.maximum}."}.get(
        (part.minimum is None, part.maximum is None), f" {part.minimum} to {part.maximum}."
    )
    source = f" ({part.definition})" if part.definition else ""
    derived = " Follows from other facts; not stored." if part.derived else ""
    return f"`{part.field}`{' R' if part.required else ''}", f"{kind}{unit}", f"{part.description}{span}{source}{derived}"


def step(hop: Hop) -> str:
    """One step of a way, as Cypher draws it."""
    if hop.within:
        return f"-[:{hop.type}*0..{hop.within}]-"
    return f"<-[:{hop.type}]-" if hop.incoming else f"-[:{hop.type}]->"


def relationship_row(part: Relationship) -> tuple[str, str, str]:
    """A relationship as a row of a table."""
    targets = "any record" if part.union == "Record" else " or ".join(f"[{label}](#{label.lower()})" for label in part.targets)
    edge = f" Says of itself: {', '.join(f'`{each.field}`' for each in part.edge)}." if part.edge else ""
    path = "; ".join("".join(step(hop) for hop in way) for way in part.paths)
    way = f" `{path}`" if path else ""
    return (
        f"`{part.field}`{' R' if part.required else ''}",
        f"{'many' if part.many else 'one'}: {targets}",
        f"{part.description}{edge}{way}",
    )


def vocabulary_section(vocabulary: Vocabulary) -> str:
    """One closed list."""
    rows = ((f"`{value}`", meaning) for value, meaning in vocabulary.values.items())
    return "\n\n".join([f"## {vocabulary.name}", vocabulary.description, table(("value", "meaning"), rows)])


def settings_page() -> str:
    """Every setting and every limit."""
    return (
        "\n\n".join(
            [
                "# Settings",
                WRITTEN,
                "Each is an environment variable. Lists are separated by commas: `REPLICITY_CORS_ORIGINS=https://a.example,https://b.example`.",
                table(("variable", "default", "meaning"), setting_rows(Settings)),
                "## Limits",
                "What one request may cost. `service { limits }` shows the limits in force.",
                table(("variable", "default", "meaning"), setting_rows(Limits)),
            ]
        )
        + "\n"
    )


def setting_rows(settings: type[BaseSettings]) -> Iterator[tuple[str, str, str]]:
    """The settings of one class as rows of a table."""
    prefix = settings.model_config.get("env_prefix", "")
    for name, setting in settings.model_fields.items():
        if setting.default_factory is None:
            yield f"`{prefix}{name.upper()}`", shown(setting.default), setting.description or ""


def shown(default: Any) -> str:
    """A default as an operator would write it."""
    if default is None or isinstance(default, SecretStr) or default == ():
        return "–"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def errors_page(said: list[Saying]) -> str:
    """Every code: what it means and what it says."""
    meanings = meanings_of(said)
    return (
        "\n\n".join(
            [
                "# Error codes",
                WRITTEN,
                "Every error has a `message` for a person and `extensions.code` for a program; where there is something to do about it,"
                " `extensions.hint` says what. Codes are never reused for something else. `…` stands for what differs from case to case.",
                table(("code", "meaning"), ((f"[`{code}`](#{code.lower()})", meaning) for code, meaning in meanings.items())),
                *(code_section(code, [saying for saying in said if saying.code == code]) for code in meanings),
            ]
        )
        + "\n"
    )


def meanings_of(said: list[Saying]) -> dict[str, str]:
    """Every code in alphabetical order with what it means: its class says so, else the place that first says no with it."""
    of_kinds = {kind.__name__: (kind.__doc__ or "").strip().splitlines()[0] for kind in refusals()}
    found = {saying.code: saying.words or of_kinds.get(saying.kind, "") for saying in reversed(said)}
    found |= {kind.code: of_kinds[kind.__name__] for kind in refusals()} | SAID_BY_MANY
    return {code: found[code] for code in sorted(found) if code != errors.Refusal.code}


SAID_BY_MANY = {
    "FILE_REFUSED": "The system does not let a file be read or written.",
    "GRAPH_INCONSISTENT": "A value that has to be there is missing in the graph; what else was asked for is answered.",
    "INTERNAL": "A fault of ours. The reference in the answer stands in the log beside the whole story.",
    "OPERATION_RESOLUTION_FAILURE": "The document has several operations, or none of the name that was given.",
    "PERSISTED_DOCUMENT_NOT_FOUND": "No persisted document has this id.",
    "STORE_ADDRESS": "The address of the database in the settings cannot be, or no database answers there.",
    "STORE_FOLDER": "The data folder cannot be used.",
}
"""What codes mean whose words are made of the case, that are said of several things, or that are no class of refusal."""


def code_section(code: str, said: list[Saying]) -> str:
    """What is said under one code."""
    lines = sorted({f"- {saying.words} (`{saying.file}`)" for saying in said if saying.words})
    return "\n\n".join([f"## {code}", "\n".join(lines) or "Said with the words of the case."])


def refusals() -> Iterator[type[errors.Refusal]]:
    """Every class of refusal."""
    waiting: list[type[errors.Refusal]] = [errors.Refusal]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        yield kind


def sayings(folder: Path) -> list[Saying]:
    """Every refusal that the code under `folder` utters, read from its syntax."""
    found = []
    for file in sorted(folder.rglob("*.py")):
        name = file.relative_to(folder.parent).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), filename=name)):
            if isinstance(node, ast.Call) and (code := code_of(node)):
                found.append(Saying(code, name_of(node), words_of(node), name))
            elif isinstance(node, ast.Dict):
                keys = {key.value: value for key, value in zip(node.keys, node.values, strict=True) if isinstance(key, ast.Constant)}
                if isinstance(told := keys.get("code"), ast.Constant) and isinstance(told.value, str):
                    found.append(Saying(told.value, "", "", name))
    return found


def code_of(call: ast.Call) -> str | None:
    """The code under which a call refuses: its own, else that of its class."""
    own = next((word.value for word in call.keywords if word.arg == "code"), None)
    if isinstance(own, ast.Constant) and isinstance(own.value, str):
        return own.value
    kinds = {kind.__name__: kind.code for kind in refusals()}
    return kinds.get(name_of(call))


def name_of(call: ast.Call) -> str:
    """The name of what is called."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def words_of(call: ast.Call) -> str:
    """The sentence of a call, with … for what differs."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return f"The limit on {first.value.replace('_', ' ')} is …; this request has …." if name_of(call) == "OverLimit" else first.value
    if isinstance(first, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in first.values)
    return ""


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *lines])


def main() -> None:
    """Write the pages that changed."""
    for name, text in pages().items():
        page = ROOT / name
        state = "unchanged" if page.is_file() and page.read_text(encoding="utf-8") == text else "written"
        page.write_text(text, encoding="utf-8")
        print(f"{name}: {state}")


if __name__ == "__main__":
    main()
