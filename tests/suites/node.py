"""Node.js and the public suites that `uv run poe suites` installs beside this file."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SUITES = Path(__file__).resolve().parent
ROOT = SUITES.parent.parent
TOOLS = SUITES / "node_modules" / ".bin"
SCHEMA = ROOT / "clients" / "schema.graphql"
OPERATIONS = ROOT / "clients" / "operations"
PATIENCE_IN_SECONDS = 180


def require(tool: str) -> None:
    """Skip where the suites are not installed; in CI that is a failure."""
    _require(tool, TOOLS / tool)


def require_package(name: str) -> None:
    """The same for a package without a tool of its own, which a script of ours imports."""
    _require(name, SUITES / "node_modules" / name)


def _require(name: str, installed: Path) -> None:
    missing = "Node.js is missing" if not shutil.which("node") else f"`uv run poe suites` has not installed {name}"
    if shutil.which("node") and installed.exists():
        return
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def run(tool: str, *arguments: str | Path, folder: Path = SUITES, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run one of the installed tools in a folder and wait for it."""
    require(tool)
    return finished([str(TOOLS / tool), *map(str, arguments)], folder, environment)


def run_script(script: str, text: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script of this folder with `text` on its standard input."""
    return finished(["node", script], SUITES, environment, text)


def finished(command: list[str], folder: Path, environment: dict[str, str], text: str = "") -> subprocess.CompletedProcess[str]:
    """What a command printed and how it ended."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **environment},
        input=text,
        capture_output=True,
        text=True,
        timeout=PATIENCE_IN_SECONDS,
        check=False,
    )
