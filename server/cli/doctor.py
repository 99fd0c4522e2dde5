"""`replicity doctor`: what is wrong with this installation, and how to mend it."""

import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.markup import escape

from server.cli.checks.everything import examine
from server.cli.checks.verdict import Check, Verdict, bad
from server.cli.logs import configure_logs
from server.cli.options import settings_from
from server.cli.running import run
from server.cli.serve import DataDir
from server.cli.steps import console
from server.errors import StartRefused

MARKS = {Verdict.OK: "[green]✓[/]", Verdict.WARNING: "[yellow]![/]", Verdict.FAILED: "[red]✗[/]"}
_CREDENTIALS = re.compile(r"(?<=://)[^/\s]*@")


def doctor(data_dir: DataDir = None, as_json: Annotated[bool, typer.Option("--json", help="Say it for machines.")] = False) -> None:
    """Look at Python, settings, store, rights, indexes, clock and disk; exit code 1 if something has to be mended."""
    found: list[Check] = []
    run(_collect(_round(data_dir), found, aloud=not as_json))
    healthy = all(check.verdict is not Verdict.FAILED for check in found)
    if as_json:
        sys.stdout.write(_for_machines(found, healthy))
    if not healthy:
        raise typer.Exit(1)


async def _round(data_dir: Path | None) -> AsyncIterator[Check]:
    try:
        settings = settings_from(data_dir=data_dir)
    except StartRefused as refused:
        yield bad("settings", refused.message, refused.hint)
        return
    configure_logs(settings)
    async for check in examine(settings, os.environ):
        yield check


async def _collect(checks: AsyncIterator[Check], found: list[Check], *, aloud: bool) -> None:
    async for check in checks:
        found.append(check)
        if aloud:
            words = f"{check.subject}: {check.message}" + (f" {check.hint}" if check.hint else "")
            console.print(f"{MARKS[check.verdict]} {escape(_without_credentials(words))}")


def _for_machines(found: list[Check], healthy: bool) -> str:
    checks = [
        {
            "check": check.subject,
            "verdict": check.verdict.value,
            "message": _without_credentials(check.message),
            "hint": check.hint and _without_credentials(check.hint),
        }
        for check in found
    ]
    return orjson.dumps({"ok": healthy, "checks": checks}, option=orjson.OPT_INDENT_2).decode() + "\n"


def _without_credentials(words: str) -> str:
    """An address may have a user and a password in it."""
    return _CREDENTIALS.sub("", words)
