"""The real service, started by its own command as anyone would start it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = Path(sys.executable).with_name("replicity")
STOP_SECONDS = 30


@contextmanager
def served(data_folder: Path) -> Iterator[str]:
    """The address of a service with the Mission's data on an embedded database of its own."""
    command = [str(COMMAND), "up", "--host", "127.0.0.1", "--port", "0", "--data-dir", str(data_folder)]
    with (
        (data_folder.parent / "service.log").open("w+") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as service,
    ):
        try:
            yield _address(service)
        finally:
            service.terminate()
            service.wait(STOP_SECONDS)


def _address(service: subprocess.Popen[str]) -> str:
    """Where it says that it can be found: its last words before it waits for questions."""
    assert service.stdout
    said = []
    for line in service.stdout:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError(f"the service ended before it could be asked:\n{''.join(said)}")
