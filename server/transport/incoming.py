"""An HTTP request becomes a request to the service."""

from starlette.requests import Request as HttpRequest

from server.errors import BadRequest
from server.operations.request import Request
from server.settings import Limits
from server.transport import negotiation
from server.transport.body import read_body, refuse_long_query_string
from server.transport.off_loop import off_the_loop
from server.transport.parameters import Parameters, from_body, from_query_string
from server.transport.persisted import Documents


async def parameters_of(http: HttpRequest, limits: Limits) -> Parameters:
    """What was sent, within the limits; raises BadRequest and OverLimit where that is no GraphQL request."""
    if http.method != "POST":
        refuse_long_query_string(http, limits)
        return await off_the_loop(lambda text: from_query_string(text, limits), http.scope["query_string"])
    _refuse_other_content(http)
    return await off_the_loop(lambda body: from_body(body, limits), await read_body(http, limits))


def _refuse_other_content(http: HttpRequest) -> None:
    name, *details = (part.strip() for part in http.headers.get("content-type", "").lower().split(";"))
    if name != negotiation.JSON:
        said = f"not {name[:100]}" if name else "and says so in `Content-Type`"
        raise BadRequest(f"The body of a POST is {negotiation.JSON}, {said}.", status=415)
    charset = next((detail.partition("=")[2].strip('"') for detail in details if detail.startswith("charset=")), "utf-8")
    if charset not in ("utf-8", "utf8"):
        raise BadRequest(f"The body must be in UTF-8, not {charset[:50]}.", status=415)
    if http.headers.get("content-encoding", "identity").lower() != "identity":
        raise BadRequest("The body must not be compressed.", status=415)


def request_of(http: HttpRequest, parameters: Parameters, documents: Documents) -> Request:
    """The request that the parameters make; a GET may only read."""
    return Request(
        document=documents.text_of(parameters),
        operation_name=parameters.operation_name,
        variables=parameters.variables,
        extensions=parameters.extensions,
        queries_only=http.method != "POST",
    )
