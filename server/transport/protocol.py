"""HTTP as it comes in over a connection: what cannot be read of it is refused in the words of all other refusals."""

from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.errors import BadRequest
from server.operations.answer import refused

LONGEST_ADDRESS = 65_535
"""Bytes of an address that the parser can tell the parts of."""


class Protocol(HttpToolsProtocol):
    """uvicorn's; the app never hears of a request that is no HTTP, or whose address is too long."""

    def send_400_response(self, _msg: str) -> None:
        """Refuse, and close the connection: nobody knows where a next request would begin."""
        if len(getattr(self, "url", b"")) > LONGEST_ADDRESS:
            status, refusal = HTTPStatus.REQUEST_URI_TOO_LONG, _TOO_LONG
        else:
            status, refusal = HTTPStatus.BAD_REQUEST, _NO_HTTP
        body = refused(refusal).encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/json; charset=utf-8\r\n"
            f"content-length: {len(body)}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + body)
        self.transport.close()


_TOO_LONG = BadRequest(
    f"An address may be {LONGEST_ADDRESS:,} bytes long.",
    code="TOO_LARGE",
    hint="Send the document as the JSON body of a POST request, or give it an id that the service knows.",
)
_NO_HTTP = BadRequest(
    "This is no HTTP request that can be read.", hint="Send HTTP/1.1, without TLS: that is for what stands in front of the service."
)
