"""Whatever fits the schema is answered or refused, and never breaks the service."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.soaking import SOAKING
from tests.suites.served import served

EXAMPLES = 2_000 if SOAKING else 50
SEEDS = (1, 2, 3)
PATIENCE_IN_SECONDS = 6 * 3_600 if SOAKING else 570

pytestmark = [pytest.mark.graph, pytest.mark.timeout(PATIENCE_IN_SECONDS + 30)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service with the Mission's data."""
    with served(tmp_path_factory.mktemp("schemathesis") / "data") as address:
        yield address


def test_no_document_that_fits_the_schema_breaks_the_service(address: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        runs = [attack(f"{address}/graphql", seed, tmp_path) for seed in SEEDS]
        for run in runs:
            stack.callback(run.kill)
        said = [run.communicate(timeout=PATIENCE_IN_SECONDS)[0] for run in runs]

    assert [run.returncode for run in runs] == [0] * len(SEEDS), "\n".join(text[-4_000:] for text in said)
    assert httpx.get(f"{address}/readyz").status_code == 200


def attack(url: str, seed: int, folder: Path) -> subprocess.Popen[str]:
    """Documents drawn from the schema, sent while the other seeds send theirs."""
    # A cursor made up at random fits the schema and is refused all the same: that is no fault of the service.
    options = ["--max-examples", str(EXAMPLES), "--seed", str(seed), "--exclude-checks", "positive_data_acceptance", "--no-color"]
    command = [sys.executable, "-m", "schemathesis.cli", "run", url, *options]
    (folder / str(seed)).mkdir()
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": str(Path(__file__).with_name("plausible.py"))}
    return subprocess.Popen(command, cwd=folder / str(seed), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
