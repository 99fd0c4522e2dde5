"""The house keeps its own rules: sizes, arrows, and that words and code agree."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from chores import docs
from server.cli.main import commands
from tests import shapes

ROOT = Path(__file__).resolve().parent.parent
OURS = ("graph_schema", "server", "chores", "clients", "benchmarks", "tests")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Put together here, so that this file does not name them either.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("npmjs", "com"),
        ("registry", "yarnpkg", "com"),
        ("repo", "maven", "apache", "org"),
        ("repo1", "maven", "org"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
    )
)


def files_of_the_project() -> list[Path]:
    """What git tracks or would track."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this copy is not a git checkout, so nothing says which files belong to it")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def modules(*folders: str) -> list[shapes.Module]:
    """Every Python module under the folders."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")) if "node_modules" not in path.parts)
    return [shapes.read(path, ROOT) for path in found]


def test_no_file_names_a_package_registry() -> None:
    naming = re.compile("|".join(map(re.escape, REGISTRIES)))

    offenders = [path.name for path in files_of_the_project() if naming.search(path.read_text(encoding="utf-8", errors="replace"))]

    assert offenders == []


def test_lock_files_stay_outside_git() -> None:
    names = {path.name for path in files_of_the_project()}

    assert names.isdisjoint({"uv.lock", "package-lock.json"})


def test_no_file_is_longer_than_400_lines() -> None:
    assert [module.name for module in modules(*OURS) if module.lines > 400 and not module.excuse] == []


def test_half_of_the_files_have_at_most_120_lines() -> None:
    lengths = [module.lines for module in modules("server", "graph_schema")]

    assert shapes.share_within(120, lengths) >= 0.5


def test_no_function_is_longer_than_60_lines() -> None:
    assert [function.place for function in functions(*OURS) if function.lines > 60 and not function.excuse] == []


def test_nine_functions_in_ten_have_at_most_25_lines_and_half_at_most_8() -> None:
    lengths = [function.lines for function in functions("server", "graph_schema")]

    assert shapes.share_within(25, lengths) >= 0.9
    assert shapes.share_within(8, lengths) >= 0.5


def test_no_function_takes_more_than_6_parameters() -> None:
    assert [function.place for function in functions(*OURS) if function.parameters > 6 and not function.excuse] == []


def test_no_function_nests_deeper_than_4_blocks() -> None:
    assert [function.place for function in functions(*OURS) if function.depth > 4 and not function.excuse] == []


def test_no_module_imports_more_than_10_of_ours() -> None:
    crowded = [module.name for module in modules("server", "graph_schema") if len(module.imports_of(OURS)) > 10 and not module.excuse]

    # It puts the house together.
    assert [name for name in crowded if name != "server/app.py"] == []


def test_no_function_imports() -> None:
    assert [module.name for module in modules(*OURS) if module.has_hidden_imports] == []


def test_every_module_opens_with_a_sentence_that_says_its_job() -> None:
    silent = [module.name for module in modules(*OURS) if not module.docstring.partition("\n")[0].strip().endswith((".", ":"))]

    assert silent == []


def test_nothing_is_left_to_do() -> None:
    words = re.compile(r"\b(?:TODO|FIX" + r"ME|XXX|NotImplementedError)\b")
    sources = [
        path for path in files_of_the_project() if path.suffix in {".py", ".js", ".mjs", ".ts", ".html", ".css"} and path != Path(__file__)
    ]

    assert [path.name for path in sources if words.search(path.read_text(encoding="utf-8"))] == []


def test_imports_only_point_down() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_the_readme_lists_every_chore_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert set(re.findall(r"`uv run poe ([a-z-]+)`", readme)) == set(PYPROJECT["tool"]["poe"]["tasks"])


def test_the_readme_lists_every_command_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    known = {command.name or getattr(command.callback, "__name__", "") for command in commands.registered_commands}
    known |= {group.name for group in commands.registered_groups if group.name}

    assert set(re.findall(r"^\| `uv run replicity ([a-z]+)", readme, flags=re.MULTILINE)) == known


def test_the_readme_names_every_room_of_the_service() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rooms = [path for path in (ROOT / "server").iterdir() if (path / "__init__.py").is_file()]

    assert [room.name for room in rooms if f"`server/{room.name}/`" not in readme] == []


def test_every_file_that_a_page_names_exists() -> None:
    named = re.compile(r"`((?:server|graph_schema|clients|data|tests|benchmarks|docs|chores|\.ci)/[\w./-]*)`")
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]

    missing = [
        f"{page.name}: {name}" for page in pages for name in named.findall(page.read_text(encoding="utf-8")) if not (ROOT / name).exists()
    ]

    assert missing == []


def test_every_link_between_pages_leads_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|#)([^)#]+)")
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]

    broken = [
        f"{page.name}: {to}" for page in pages for to in link.findall(page.read_text(encoding="utf-8")) if not (page.parent / to).exists()
    ]

    assert broken == []


@pytest.mark.parametrize("name", ["docs/model.md", "docs/settings.md", "docs/errors.md", "README.md"])
def test_what_is_generated_of_a_page_is_what_the_code_says(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")

    assert page == docs.pages()[name], "run `uv run poe docs`"


def test_every_package_is_pinned_once() -> None:
    pins = [pin.split("==")[0] for pin in PYPROJECT["tool"]["uv"]["constraint-dependencies"]]
    named = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]

    assert len(pins) == len(set(pins))
    assert {re.split(r"[\[;<>=! ]", name)[0] for name in named} <= set(pins)


def test_the_changelog_speaks_of_the_version_in_hand() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"## {PYPROJECT['project']['version']}" in changelog


def test_the_licence_is_whole() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert re.findall(r"^(\d+)\.", licence, flags=re.MULTILINE) == [str(article) for article in range(1, 16)]
    assert "‘Compatible Licences’ according to Article 5 EUPL" in licence


def functions(*folders: str) -> list[shapes.Function]:
    """Every function in the folders."""
    return [function for module in modules(*folders) for function in module.functions]


def test_the_command_starts_without_loading_pandas() -> None:
    script = "import importlib.util, sys; import server.cli.main; print(bool(importlib.util.find_spec('pandas')), 'pandas' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert said.split() == ["True", "False"]
