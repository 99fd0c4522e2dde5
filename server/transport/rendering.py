"""A page from its template."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from server.transport import security
from server.transport.assets import Assets, address

INNER_CAPITAL = re.compile(r"(?<=[a-z])[A-Z]")

Render = Callable[..., HTMLResponse]


def renderer(assets: Assets, *, asks_freely: bool = True) -> Render:
    """Makes a page of a template's name and values, under the policy given; leads to questions where `asks_freely`."""
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["in_words"] = _in_words
    pages.globals["asset"] = lambda name: address(assets, name)
    pages.globals["asks_freely"] = asks_freely

    def render(name: str, policy: str = security.PAGE, **values: Any) -> HTMLResponse:
        text = pages.get_template(name).render(values)
        return HTMLResponse(text, headers={"content-security-policy": policy, "cache-control": "no-cache"})

    return render


def _in_words(name: str) -> str:
    """`barrierReports` as “barrier reports”."""
    return INNER_CAPITAL.sub(lambda letter: f" {letter[0].lower()}", name)
