"""The example questions that people can start from."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Example:
    """One question: the name of its file, its title in words, its document."""

    name: str
    title: str
    document: str


SMALLEST = Example("service", "What this service is", "{\n  service {\n    version\n    revision\n  }\n}\n")


def read_examples(folder: Path) -> tuple[Example, ...]:
    """Every `*.graphql` file of the folder; its first comment line is the title. There is always one to begin with."""
    return tuple(_example(path) for path in sorted(folder.glob("*.graphql"))) or (SMALLEST,)


def _example(path: Path) -> Example:
    document = path.read_text(encoding="utf-8")
    first = document.lstrip().partition("\n")[0]
    title = first.lstrip("# ").strip() if first.startswith("#") else path.stem.replace("_", " ").replace("-", " ")
    return Example(path.stem, title, document)
