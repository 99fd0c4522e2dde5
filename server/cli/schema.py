"""`replicity schema`: the contract, printed."""

from pathlib import Path
from typing import Annotated

import typer

from server.app import contract
from server.cli.failures import writing_to
from server.cli.steps import console


def schema(output: Annotated[Path | None, typer.Option(help="File to write; without it the schema is printed.")] = None) -> None:
    """Print the GraphQL schema in the schema definition language."""
    text = contract()
    if output is None:
        typer.echo(text, nl=False)
    else:
        with writing_to(output):
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_text(text, encoding="utf-8")
        console.print(f"{output}: {len(text.encode()):,} bytes")
