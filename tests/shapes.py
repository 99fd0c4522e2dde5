"""How long, wide and deep Python code is, read from its syntax."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Definition = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
# A reason, written beside what is larger than the house allows.
EXCUSE = "# house:"


@dataclass(frozen=True, slots=True)
class Function:
    """One function as it was measured."""

    place: str
    lines: int
    parameters: int
    depth: int
    excuse: bool


@dataclass(frozen=True, slots=True)
class Module:
    """One file as it was measured."""

    name: str
    lines: int
    docstring: str
    tree: ast.Module
    functions: tuple[Function, ...]
    excuse: bool

    @property
    def has_hidden_imports(self) -> bool:
        """Whether a function imports."""
        inner = (node for function in definitions(self.tree) for node in ast.walk(function))
        return any(isinstance(node, ast.Import | ast.ImportFrom) for node in inner)

    def imports_of(self, packages: tuple[str, ...]) -> set[str]:
        """The modules of these packages that it imports."""
        return {name for name in imported(self.tree) if name.partition(".")[0] in packages}


@cache
def read(path: Path, root: Path) -> Module:
    """Measure one file."""
    text = path.read_text(encoding="utf-8")
    tree, lines = ast.parse(text, filename=str(path)), text.splitlines()
    name = path.relative_to(root).as_posix()
    functions = tuple(measured(function, name, lines) for function in definitions(tree))
    excuse = any(line.startswith(EXCUSE) for line in lines)
    # A package's empty __init__ has no job to speak of.
    docstring = ast.get_docstring(tree) or ("" if lines else "Empty.")
    return Module(name, len(lines), docstring, tree, functions, excuse)


def definitions(tree: ast.AST) -> Iterator[Definition]:
    """Every function, methods and inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def measured(function: Definition, file: str, lines: list[str]) -> Function:
    """Measure one function: its docstring does not count, neither do self and cls."""
    told = ast.get_docstring(function) is not None
    body = function.body[1:] if told else function.body
    length = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
    taken = function.args
    named = [*taken.posonlyargs, *taken.args, *taken.kwonlyargs]
    parameters = sum(1 for parameter in named if parameter.arg not in {"self", "cls"}) + bool(taken.vararg) + bool(taken.kwarg)
    beside = lines[max(function.lineno - 2, 0) : body[0].lineno if body else function.lineno]
    excuse = any(EXCUSE in line for line in beside)
    return Function(f"{file}:{function.lineno} {function.name}", length, parameters, depth_of(function), excuse)


def depth_of(node: ast.AST, depth: int = 0) -> int:
    """How many blocks stand inside each other; `elif` stands beside its `if`."""
    deepest = depth
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse and len(node.orelse) == 1
        deeper = depth + 1 if isinstance(child, BLOCKS) and not is_elif else depth
        deepest = max(deepest, depth_of(child, deeper))
    return deepest


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def share_within(most: int, figures: list[int]) -> float:
    """The share of the figures that are at most so large."""
    return sum(figure <= most for figure in figures) / len(figures)
