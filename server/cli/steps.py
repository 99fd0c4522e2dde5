"""What a command tells the person who waits: one line a step."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn

from server.errors import Refusal

PLACES = (("/graphiql", "ask in GraphiQL"), ("/query", "ask with a plain form"), ("/graphql", "for programs"))

console = Console(highlight=False, soft_wrap=True)
complaints = Console(stderr=True, highlight=False, soft_wrap=True)


class Step:
    """A step in progress: `outcome` replaces its words once it is done, `told` says how far it is."""

    def __init__(self, outcome: str, told: Callable[[str, int, int], None]) -> None:
        self.outcome = outcome
        self.told = told


@contextmanager
def step(words: str) -> Iterator[Step]:
    """Show that it goes on while it lasts, then one line with what came of it and how long it took."""
    started = time.monotonic()
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(escape(words), total=None)

        def told(part: str, done: int, total: int) -> None:
            bar.update(task, description=escape(f"{words}: {part}"), completed=done, total=total)

        running = Step(words, told)
        yield running
    say_done(f"{running.outcome} ({time.monotonic() - started:.1f} s)")


def say_done(words: str) -> None:
    """A line for what is so now."""
    console.print(f"[green]✓[/] {escape(words)}")


def say_no(refusal: Refusal) -> None:
    """A refusal in words, with what to do next."""
    complaints.print(f"[red]✗[/] {escape(refusal.message)}")
    if refusal.hint:
        complaints.print(f"  {escape(refusal.hint)}")


def say_stopped(words: str) -> None:
    """What has become of a command that was stopped."""
    complaints.print(f"[yellow]![/] {escape(words)}")


def show_addresses(url: str) -> None:
    """Where to go once the service runs."""
    console.print(f"\nReplicity answers on [bold]{url}[/]")
    for path, words in PLACES:
        console.print(f"  {url}{path:<10} {words}")
    console.print("[dim]Stop it with Ctrl+C.[/]")
