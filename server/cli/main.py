"""The commands of `replicity`."""

import sys

import typer

from server.cli.doctor import doctor
from server.cli.export import export
from server.cli.failures import refusal_of
from server.cli.load import load
from server.cli.logs import configure_logs
from server.cli.migrate import migrate
from server.cli.schema import schema
from server.cli.serve import serve
from server.cli.steps import say_no
from server.cli.up import up

commands = typer.Typer(
    help="Replicity: one GraphQL service over one graph of what cities learn from each other.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (up, serve, load, migrate, doctor, schema):
    commands.command()(command)
commands.add_typer(export, name="export")


def app() -> None:
    """Run the command that was asked for; what goes wrong is said in words, not as a traceback."""
    configure_logs()
    try:
        commands()
    except Exception as error:  # noqa: BLE001 - the border to the person at the command line
        say_no(refusal_of(error))
        sys.exit(1)
