"""The form at /query: a document in, its answer below, without JavaScript."""

from collections.abc import Awaitable, Callable, Mapping

import orjson
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from server.errors import Refusal
from server.operations.answer import Answer, refused
from server.operations.request import Request
from server.transport.access_log import note
from server.transport.body import refuse_long_query_string
from server.transport.door import Door
from server.transport.examples import Example
from server.transport.off_loop import off_the_loop
from server.transport.parameters import fields_of, from_query_string
from server.transport.rendering import Render

# A longer answer is better read elsewhere than in a page.
CHARACTERS_SHOWN = 200_000


def query_form(door: Door, examples: tuple[Example, ...], render: Render) -> Callable[[HttpRequest], Awaitable[Response]]:
    """The handler of /query; the first example is there to begin with."""

    async def form(http: HttpRequest) -> Response:
        answer, asked = await _asked(http, door)
        note(http.scope, code=answer.code if answer else None)
        shown = _shown(answer) if answer else None
        return render("query.html", asked={"query": examples[0].document, "variables": "", **asked}, answer=shown, examples=examples)

    return form


async def _asked(http: HttpRequest, door: Door) -> tuple[Answer | None, Mapping[str, str]]:
    """The answer to what the form sent, with what it sent; no answer when it sent nothing."""
    query_string, sent = http.scope["query_string"], dict[str, str]()
    if not query_string:
        return None, sent
    try:
        refuse_long_query_string(http, door.limits)
        sent.update(await off_the_loop(fields_of, query_string))
        parameters = await off_the_loop(lambda text: from_query_string(text, door.limits), query_string)
        document = door.documents.text_of(parameters)
    except Refusal as refusal:
        return refused(refusal), sent
    request = Request(document, parameters.operation_name, parameters.variables, queries_only=True)
    return await door.ask(request), sent


def _shown(answer: Answer) -> str:
    text = answer.encode()
    if len(text) > CHARACTERS_SHOWN:
        return f"The answer has {len(text):,} bytes: too long for a page. Ask /graphql for it, or for less."
    return orjson.dumps(orjson.loads(text), option=orjson.OPT_INDENT_2).decode()
