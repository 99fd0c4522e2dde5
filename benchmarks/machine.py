"""What was measured on: the machine, its load, the versions of everything."""

import json
import os
import platform
import subprocess
import timeit
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
PACKAGES = (
    "starlette",
    "uvicorn",
    "uvloop",
    "httptools",
    "neo4j",
    "neo4j-rust-ext",
    "orjson",
    "graphql-core",
    "graphene",
    "arcadedb-embedded",
)


def facts() -> Mapping[str, str]:
    """Everything that a figure depends on and that does not stand in the command."""
    pinned = json.loads((PEERS / "package.json").read_text())["dependencies"]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()}",
        "load when begun": load,
        "yardstick": f"ten million additions in Python take {_yardstick()} s",
        "Python": f"{_python()}; {', '.join(f'{name} {version(name)}' for name in PACKAGES)}",
        "Node.js": f"{_said('node', '--version')}; {', '.join(f'{name} {number}' for name, number in pinned.items())}",
    }


def _python() -> str:
    """With when it was built: two builds of one version, the one optimised and the other not, are a quarter apart."""
    return f"{platform.python_version()} (built {platform.python_build()[1]})"


def _yardstick() -> str:
    """Seconds, least to most, that a piece of work takes which is the same everywhere: figures of two machines or days go with it."""
    taken = timeit.repeat("for each in range(10_000_000): total += each", "total = 0", number=1, repeat=7)
    return f"{min(taken):.2f} to {max(taken):.2f}"


def _processor() -> str:
    found = Path("/proc/cpuinfo")
    lines = found.read_text().splitlines() if found.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stdout.strip()
    except FileNotFoundError:
        return "not installed"
