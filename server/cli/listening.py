"""The address the service listens on, claimed before anything else is started."""

import errno
import socket

from server.errors import StartRefused

PORTS_TRIED = 50
REASONS = {
    errno.EADDRNOTAVAIL: "This machine has no address {host}.",
    errno.EACCES: "Port {port} may only be used by the system's administrator.",
}


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; a refusal that says which port is free instead when this one is taken."""
    try:
        return _listen(host, port)
    except socket.gaierror as unknown:
        raise StartRefused(f"{host} is no address of this machine.", hint="Give --host an address such as 127.0.0.1.") from unknown
    except OSError as refused:
        if refused.errno == errno.EADDRINUSE:
            raise _taken(host, port) from refused
        reason = REASONS.get(refused.errno or 0, "Port {port} on {host} cannot be had.")
        raise StartRefused(reason.format(host=host, port=port), hint="Choose another with --host and --port.") from refused


def url_of(listening: socket.socket) -> str:
    """Where a person on this machine finds it."""
    host, port = listening.getsockname()[:2]
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only said, not bound
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        # Without this a restart would have to wait until the system forgets the connections of the last run.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
    except OSError:
        listening.close()
        raise
    return listening


def _taken(host: str, port: int) -> StartRefused:
    free = _next_free(host, port)
    if free is None:
        return StartRefused(f"Port {port} on {host} is taken.", hint="Choose another with --port.")
    return StartRefused(f"Port {port} on {host} is taken; {free} is free.", hint=f"Add --port {free}, or stop what listens there.")


def _next_free(host: str, port: int) -> int | None:
    for candidate in range(port + 1, min(port + 1 + PORTS_TRIED, 65_536)):
        try:
            _listen(host, candidate).close()
        except OSError:
            continue
        return candidate
    return None
