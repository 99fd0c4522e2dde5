"""Settings come from the environment, the command line on top."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.cli.main import commands
from server.cli.options import settings_from
from server.errors import StartRefused


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLICITY_PORT", "9001")
    monkeypatch.setenv("REPLICITY_HOST", "127.0.0.9")

    settings = settings_from(port=9002, host=None)

    assert (settings.port, settings.host) == (9002, "127.0.0.9")


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", ()),
        ("*", ("*",)),
        ("https://a.example, https://b.example", ("https://a.example", "https://b.example")),
        ("http://localhost:3000,http://[::1]:8080", ("http://localhost:3000", "http://[::1]:8080")),
    ],
)
def test_origins_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch, text: str, origins: tuple[str, ...]) -> None:
    monkeypatch.setenv("REPLICITY_CORS_ORIGINS", text)

    assert settings_from().cors_origins == origins


@pytest.mark.parametrize(
    "text", ["evil.example/path", "evil.example", "https://a.example/", "https://A.example", "https://*.example", "https://b:port", "null"]
)
def test_what_is_no_origin_is_refused_with_the_form_of_one(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("REPLICITY_CORS_ORIGINS", f"https://a.example,{text}")

    with pytest.raises(StartRefused, match=f"'{re.escape(text)}' is no origin; write scheme://host or scheme://host:port"):
        settings_from()


@pytest.mark.parametrize(("name", "value"), [("REPLICITY_PORT", "eighty"), ("REPLICITY_PORT", "70000"), ("REPLICITY_LOG_FORMAT", "xml")])
def test_a_setting_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(StartRefused, match=name):
        settings_from()


def test_a_limit_that_cannot_be_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLICITY_LIMIT_BODY_BYTES", "much")

    with pytest.raises(StartRefused, match="REPLICITY_LIMIT_BODY_BYTES"):
        settings_from()


def test_a_folder_without_a_package_is_refused_before_any_database_starts(tmp_path: Path) -> None:
    told = CliRunner().invoke(commands, ["load", str(tmp_path), "--data-dir", str(tmp_path / "data")])

    assert str(told.exception) == f"There is no datapackage.json in {tmp_path}."
    assert not (tmp_path / "data").exists()


def test_a_package_that_is_not_there_is_refused_before_any_database_starts(tmp_path: Path) -> None:
    told = CliRunner().invoke(commands, ["load", str(tmp_path / "nowhere"), "--data-dir", str(tmp_path / "data")])

    assert (told.exit_code, "Invalid value for 'path'" in told.output) == (2, True)
    assert not (tmp_path / "data").exists()
