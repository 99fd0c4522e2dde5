"""Lines look as the setting says; a failure comes with its traceback, without the values of variables."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import logging, structlog
from server.cli.logs import configure_logs
from server.operations.answer import masked
from server.settings import Settings

def fail():
    password = "sword" + "fish"
    raise RuntimeError("broken\\nforged line")

configure_logs(Settings())
log = structlog.get_logger("replicity")
log.debug("not worth it")
with structlog.contextvars.bound_contextvars(request_id="r-1"):
    log.info("request", path="/graphql")
    logging.getLogger("library").warning("from a library: %s", "x")
    logging.getLogger("uvicorn.error").info("started")
    try:
        fail()
    except RuntimeError as stranger:
        masked(stranger)
"""


def lines(monkeypatch: pytest.MonkeyPatch, log_format: str) -> list[str]:
    monkeypatch.setenv("REPLICITY_LOG_FORMAT", log_format)
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_in_json_every_line_is_one_object_with_the_request_id(monkeypatch: pytest.MonkeyPatch) -> None:
    request, library, failure = map(json.loads, lines(monkeypatch, "json"))

    assert (request["event"], request["level"], request["path"]) == ("request", "info", "/graphql")
    assert (library["event"], library["level"]) == ("from a library: x", "warning")
    assert {line["request_id"] for line in (request, library, failure)} == {"r-1"}
    assert "RuntimeError: broken" in failure["exception"]
    assert "in fail" in failure["exception"]
    assert failure["reference"]


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_no_line_shows_the_value_of_a_variable(monkeypatch: pytest.MonkeyPatch, log_format: str) -> None:
    assert "swordfish" not in "\n".join(lines(monkeypatch, log_format))


def test_on_a_console_a_line_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    first = lines(monkeypatch, "console")[0]

    assert "[info" in first
    assert "path=/graphql" in first
    assert "\x1b" not in first
