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


def test_an_option_that_cannot_be_is_named_as_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLICITY_PORT", "9001")

    with pytest.raises(StartRefused) as refused:
        settings_from(port=99999)

    assert refused.value.message == "A setting cannot be as it is: --port: it should be less than or equal to 65535."


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("REPLICITY_LIMIT_PAGE", "0", "a limit is a whole number from 1 on, or seconds from 0 on."),
        ("REPLICITY_PORT", "eighty", "it should be a valid integer."),
        ("REPLICITY_EMISSIONS", "maybe", "it should be 'on' or 'off'."),
    ],
)
def test_what_a_setting_should_be_is_said_in_our_words(monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(StartRefused) as refused:
        settings_from()

    assert refused.value.message == f"A setting cannot be as it is: {name}: {words}"


def test_a_package_that_is_not_there_is_refused_before_any_database_starts(tmp_path: Path) -> None:
    told = CliRunner().invoke(commands, ["load", str(tmp_path / "nowhere"), "--data-dir", str(tmp_path / "data")])

    assert (told.exit_code, "Invalid value for 'path'" in told.output) == (2, True)
    assert not (tmp_path / "data").exists()
