"""Pin every package that the project stands on to one exact version, in `pyproject.toml`.

The newest versions are taken that Python 3.11 to 3.14 share. A lock file would say the same but would also
name the registry it was made against; these pins are the same everywhere.
"""

import re
import subprocess
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
OLDEST_PYTHON = "3.11"
# `editables` is what hatchling asks for when it installs the checkout in place.
BUILD_PACKAGES = ("editables", "hatchling")
KEY_OF_PINS = "constraint-dependencies"
KEY_OF_BUILD_PINS = "build-constraint-dependencies"


def resolve(source: str, *options: str, text: str = "") -> tuple[str, ...]:
    """Every package that `source` leads to, as `name==version`, in alphabetical order."""
    command = ["uv", "pip", "compile", "--no-config", "--universal", "--python-version", OLDEST_PYTHON, "--fork-strategy", "fewest"]
    quiet = ["--no-header", "--no-annotate", "--quiet"]
    done = subprocess.run(
        [*command, *quiet, *options, source], input=text, capture_output=True, text=True, check=True, cwd=PYPROJECT.parent
    )
    # The marker says where a package is needed; a pin need not say so again.
    return tuple(sorted({line.split(";")[0].strip() for line in done.stdout.splitlines() if "==" in line}))


def with_pins(toml: str, key: str, pins: tuple[str, ...]) -> str:
    """The text of `pyproject.toml` with the list under `key` replaced."""
    lines = "".join(f'    "{pin}",\n' for pin in pins)
    replaced, found = re.subn(rf"^{key} = \[.*?^\]", f"{key} = [\n{lines}]", toml, flags=re.MULTILINE | re.DOTALL)
    if found != 1:
        raise SystemExit(f"{PYPROJECT.name} should have one list called {key}; it has {found}.")
    return replaced


def main() -> None:
    """Resolve anew and write the pins."""
    pins = resolve("pyproject.toml", "--group", "dev")
    build_pins = resolve("-", text="\n".join(BUILD_PACKAGES))
    before = PYPROJECT.read_text(encoding="utf-8")
    after = with_pins(with_pins(before, KEY_OF_PINS, pins), KEY_OF_BUILD_PINS, build_pins)
    PYPROJECT.write_text(after, encoding="utf-8")
    changed = len(set(after.splitlines()) - set(before.splitlines()))
    print(f"{len(pins)} packages and {len(build_pins)} to build with are pinned; {changed} lines changed.")


if __name__ == "__main__":
    main()
