"""Write the answers quoted in docs/ anew, as the service gives them over the Mission's data."""

import asyncio
import json
import re
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jmespath

from graph_schema.domain import load_domain
from server.api.schema import build_schema
from server.bundled import operations
from server.exchange.load import bundled_package, load_package
from server.migrations import migrate
from server.operations.query import QueryService
from server.operations.request import Request
from server.settings import Settings
from server.stores import open_graph

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 120

Ask = Callable[[str, dict[str, Any]], Awaitable[Any]]
"""From the name of a document in clients/operations and its variables to `data`."""

# A document is a file of clients/operations or of docs/examples.
# <!-- answer DOCUMENT with {VARIABLES} shows JMESPATH --> and the answer below it.
_QUOTE = re.compile(
    r"(?P<asked><!-- answer (?P<document>[\w-]+)(?: with (?P<variables>\{.*?\}))?(?: shows (?P<shown>.+?))? -->)\n```json\n.*?```",
    re.DOTALL,
)


def pages() -> list[Path]:
    """Every page that quotes an answer."""
    return [page for page in sorted(DOCS.glob("*.md")) if _QUOTE.search(page.read_text(encoding="utf-8"))]


async def quoting(text: str, ask: Ask) -> str:
    """A page with its quoted answers as `ask` gives them now."""
    parts, end = [], 0
    for quote in _QUOTE.finditer(text):
        data = await ask(quote["document"], json.loads(quote["variables"] or "{}"))
        shown = jmespath.search(quote["shown"], data) if quote["shown"] else data
        parts += [text[end : quote.start()], f"{quote['asked']}\n```json\n{laid_out(shown)}\n```"]
        end = quote.end()
    return "".join([*parts, text[end:]])


def laid_out(value: Any, indent: str = "") -> str:
    """JSON in lines that are not too long; what fits into one stands in one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= WIDTH or not isinstance(value, dict | list):
        return line
    deeper = f"{indent}  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {laid_out(part, deeper)}" for key, part in value.items()]
    else:
        parts = [laid_out(part, deeper) for part in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return "\n".join([opening, ",\n".join(f"{deeper}{part}" for part in parts), f"{indent}{closing}"])


def document_named(name: str) -> str:
    """The text of a document."""
    (file,) = (path for folder in (operations(), DOCS / "examples") if (path := folder / f"{name}.graphql").exists())
    return file.read_text(encoding="utf-8")


def asking(service: QueryService) -> Ask:
    """Asks a service; an error in an answer is an error here."""

    async def ask(document: str, variables: dict[str, Any]) -> Any:
        answer = await service.query(Request(document_named(document), variables=variables))
        if answer.errors:
            raise ValueError(f"{document}: {answer.errors}")
        return answer.data

    return ask


async def _write() -> None:
    domain = load_domain()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        graph = await stack.enter_async_context(open_graph(Settings(data_dir=Path(folder))))
        await migrate(graph, domain)
        await load_package(graph, domain, bundled_package())
        ask = asking(QueryService(graph, domain, build_schema(domain), Settings()))
        for page in pages():
            before = page.read_text(encoding="utf-8")
            after = await quoting(before, ask)
            page.write_text(after, encoding="utf-8")
            sys.stdout.write(f"docs/{page.name}: {'unchanged' if after == before else 'written'}\n")


if __name__ == "__main__":
    asyncio.run(_write())
