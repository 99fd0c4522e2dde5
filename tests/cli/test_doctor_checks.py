"""What the doctor says of a machine, of a data folder and of settings that are not as they should be."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from server.cli.checks.contradictions import settings_agree
from server.cli.checks.folder import examine_folder
from server.cli.checks.machine import disk, python_version, year
from server.cli.checks.verdict import Verdict
from server.data_folder import DataFolder
from server.settings import Limits, Settings

NOBODY = 65534


@pytest.mark.parametrize(("megabytes", "verdict"), [(100, Verdict.FAILED), (1_000, Verdict.WARNING), (50_000, Verdict.OK)])
def test_a_disk_that_is_nearly_full_is_said(tmp_path: Path, megabytes: int, verdict: Verdict) -> None:
    check = disk(tmp_path, lambda _: megabytes * 1_000_000)

    assert check.verdict is verdict
    assert str(tmp_path) in check.message


def test_a_folder_that_others_may_enter_is_said_with_the_command_that_closes_it(tmp_path: Path) -> None:
    (tmp_path / "owner").touch()
    (tmp_path / "password").write_text("secret")
    (tmp_path / "password").chmod(0o644)
    tmp_path.chmod(0o755)

    hints = [check.hint for check in examine_folder(DataFolder(tmp_path)) if check.verdict is Verdict.FAILED]

    assert hints == [f"chmod 700 {tmp_path}", f"chmod 600 {tmp_path / 'password'}"]


def test_a_folder_without_write_permission_is_said() -> None:
    # Not in pytest's own folder, which somebody without rights could not even enter.
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with as_somebody_without_rights():
            [told] = examine_folder(DataFolder(Path(folder)))

    assert told.verdict is Verdict.FAILED
    assert told.message == f"{folder} cannot be written to: Permission denied."
    assert "--data-dir" in (told.hint or "")


@contextmanager
def as_somebody_without_rights() -> Iterator[None]:
    """The system's administrator may write everywhere, so for a moment we are somebody else."""
    mine = os.geteuid()
    if mine == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(mine)


@pytest.mark.parametrize(
    ("version", "verdict"),
    [((3, 10, 14), Verdict.FAILED), ((3, 11, 0), Verdict.OK), ((3, 14, 2), Verdict.OK), ((3, 15, 0), Verdict.WARNING)],
)
def test_a_python_that_was_not_tested_is_said(version: tuple[int, ...], verdict: Verdict) -> None:
    assert python_version(version).verdict is verdict


@pytest.mark.parametrize(("number", "verdict"), [(1970, Verdict.FAILED), (2027, Verdict.OK), (2200, Verdict.FAILED)])
def test_a_machine_that_lives_in_another_century_is_said(number: int, verdict: Verdict) -> None:
    assert year(datetime(number, 1, 1, tzinfo=UTC)).verdict is verdict


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"database_name": "mission"}, "REPLICITY_DATABASE_NAME is not read: REPLICITY_DATABASE_URI is not set"),
        ({"database_uri": "bolt://h", "database_password": "x", "data_dir": Path("/x")}, "REPLICITY_DATA_DIR is not read"),
        (
            {"database_uri": "bolt://h", "database_password": "x", "database_password_file": Path("/x")},
            "REPLICITY_DATABASE_PASSWORD is not read",
        ),
        ({"database_uri": "bolt://h"}, "no password for Neo4j"),
        ({"documents_only": True}, "no folder has any"),
        ({"documents_dir": Path("/not/there")}, "is not there"),
        ({"cors_origins": "*, https://a.example"}, "names origins beside `*`"),
        ({"limits": Limits(page=500, cost=400)}, "REPLICITY_LIMIT_PAGE cannot be reached"),
    ],
)
def test_settings_that_contradict_each_other_are_named(given: dict[str, Any], words: str) -> None:
    checks = list(settings_agree(Settings(**given), {}))

    assert any(words in check.message and check.hint for check in checks)
    assert Verdict.OK not in {check.verdict for check in checks}


def test_a_persisted_document_that_is_always_refused_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "good.graphql").write_text("{ service { version } }")
    (tmp_path / "older.graphql").write_text("{ service { age } }")

    [check] = settings_agree(Settings(documents_dir=tmp_path), {})

    assert check.verdict is Verdict.WARNING
    assert "document older is refused whenever it is asked for: Cannot query field 'age'" in check.message


def test_a_misspelt_setting_is_named_with_the_one_that_was_meant() -> None:
    environment = {"REPLICITY_DATABSE_URI": "bolt://h", "REPLICITY_LIMIT_PAGE": "50", "REPLICITY_TEST_NEO4J_URI": "x", "PATH": "/bin"}

    [check] = settings_agree(Settings(), environment)

    assert check.message == "REPLICITY_DATABSE_URI is no setting and is not read."
    assert check.hint == "REPLICITY_DATABASE_URI was perhaps meant."
