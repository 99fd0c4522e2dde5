"""The container files say what they should; no container engine is needed to see that."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = sorted(COMPOSE["services"])


def test_the_compose_file_fits_the_published_schema() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_runs_without_rights_on_a_read_only_root(name: str) -> None:
    container = COMPOSE["services"][name]

    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert int(container["user"].split(":")[0]) > 0


@pytest.mark.parametrize("name", SERVICES)
def test_a_port_is_published_on_loopback_only(name: str) -> None:
    ports = COMPOSE["services"][name].get("ports", [])

    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


def test_the_graph_cannot_be_reached_from_outside() -> None:
    assert COMPOSE["services"]["graph"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_the_password_stands_in_a_file_that_git_does_not_keep() -> None:
    file = COMPOSE["secrets"]["database_password"]["file"]

    assert file.startswith(".secrets/")
    assert ".secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert not re.search(r"NEO4J_AUTH: |PASSWORD: ", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_the_image_runs_as_a_person_without_rights_and_says_whether_it_is_well() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()

    assert "USER 10001:10001" in lines
    assert any(line.startswith("HEALTHCHECK") for line in lines)


def test_the_description_for_public_bodies_names_the_same_licence_and_version() -> None:
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert f'version = "{public["softwareVersion"]}"' in pyproject
    assert f'license = "{public["legal"]["license"]}"' in pyproject


def test_the_description_for_public_bodies_keeps_to_the_lengths_of_its_standard() -> None:
    english = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))["description"]["en"]

    assert len(english["shortDescription"]) <= 150
    assert 150 <= len(english["longDescription"]) <= 10_000
    assert english["features"]
