"""The built package carries what it needs to work away from the checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the freshly built wheel is installed, without the packages it stands on."""
    uv = shutil.which("uv")
    if not uv:
        pytest.skip("uv is missing, so no wheel can be built")
    folder = tmp_path_factory.mktemp("package")
    subprocess.run([uv, "build", "--quiet", "--wheel", "--out-dir", str(folder / "dist")], cwd=ROOT, check=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    site = folder / "site"
    install = [uv, "pip", "install", "--quiet", "--no-deps", "--python", sys.executable, "--target", str(site), str(wheel)]
    subprocess.run(install, cwd=folder, check=True)
    return site


def said_by(code: str, site: Path) -> str:
    """What Python prints far from the checkout when the installed package comes first."""
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run([sys.executable, "-c", code], cwd=site.parent, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_mission_data_comes_with_the_package_unchanged(installed: Path) -> None:
    there = Path(said_by("from server.bundled import mission_package; print(mission_package())", installed))

    assert there.is_relative_to(installed)
    assert {path.name: path.read_bytes() for path in there.iterdir()} == {
        path.name: path.read_bytes() for path in (ROOT / "data/mission").iterdir()
    }


def test_the_example_documents_come_with_the_package(installed: Path) -> None:
    there = Path(said_by("from server.bundled import operations; print(operations())", installed))

    assert there.is_relative_to(installed)
    assert sorted(path.name for path in there.iterdir()) == sorted(path.name for path in (ROOT / "clients/operations").iterdir())


def test_every_file_of_the_service_comes_with_the_package(installed: Path) -> None:
    for room in ("server", "graph_schema"):
        written = {path.relative_to(ROOT) for path in (ROOT / room).rglob("*") if path.is_file() and "__pycache__" not in path.parts}

        assert [path.as_posix() for path in sorted(written) if not (installed / path).is_file()] == []


def test_the_installed_package_declares_the_same_domain(installed: Path) -> None:
    code = "from graph_schema.domain import load_domain; print(sorted(load_domain().nodes))"

    assert said_by(code, installed) == said_by(code, ROOT)


def test_the_installed_program_prints_the_contract(installed: Path) -> None:
    code = "import sys; from server.cli.main import app; sys.argv = ['replicity', 'schema']; app()"

    assert said_by(code, installed) == (ROOT / "clients/schema.graphql").read_text(encoding="utf-8").strip()


def test_the_licence_comes_with_the_package(installed: Path) -> None:
    (licence,) = installed.glob("replicity-*.dist-info/licenses/LICENSE")

    assert licence.read_bytes() == (ROOT / "LICENSE").read_bytes()
