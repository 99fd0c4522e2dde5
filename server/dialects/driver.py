"""Setting up the driver: where it connects, with which password, and whether what answers is good enough."""

import asyncio
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from server.dialects import Dialect
from server.dialects.bolt import auth_management, exceptions, neo4j
from server.dialects.failures import DRIVER_ERRORS, at_start
from server.errors import StartRefused

CONNECT_SECONDS = 5.0
"""Until a connection must be open; a server that takes longer counts as gone."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is and how to be let in. The password is asked for again whenever it was refused."""

    uri: str
    user: str
    password: Callable[[], str]
    database: str
    resolve: Callable[[], tuple[str, int]] | None = None
    """Host and port of the moment, where they change while the database is served."""


class Password(auth_management.AsyncAuthManager):
    """The password in use, which may be changed while the service runs."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._current = address.password()
        self.changes = 0

    async def get_auth(self) -> tuple[str, str]:
        """User and password for a connection."""
        return self.address.user, self._current

    async def handle_security_exception(self, _auth: Any, _error: exceptions.Neo4jError) -> bool:
        """Nothing: the driver does not ask when a new connection is refused, so whoever retries calls `renew`."""
        return False

    def renew(self) -> None:
        """It was refused: see whether there is another one by now."""
        # While the file is being replaced it may not be there.
        with suppress(StartRefused):
            found = self.address.password()
            self.changes += found != self._current
            self._current = found


def open_driver(password: Password, *, connections: int = 100, user_agent: str = "replicity") -> neo4j.AsyncDriver:
    """The driver for the address that the password is for; nothing is connected yet."""
    address = password.address
    if "@" in address.uri:
        raise StartRefused(
            "REPLICITY_DATABASE_URI has a user or a password in it, which belong elsewhere.",
            code="STORE_ADDRESS",
            hint="Put them into REPLICITY_DATABASE_USER and REPLICITY_DATABASE_PASSWORD, and give the address as neo4j://host:7687.",
        )
    if not _is_bolt(address.uri):
        raise at_start(exceptions.ConfigurationError("not an address"), **_place(address))
    try:
        return neo4j.AsyncGraphDatabase.driver(
            address.uri,
            auth=password,
            resolver=_resolver(address),
            max_connection_pool_size=connections,
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=CONNECT_SECONDS,
            connection_write_timeout=CONNECT_SECONDS,
            # A connection that a firewall has forgotten is found out before a question is lost on it.
            liveness_check_timeout=30.0,
            # We retry ourselves, and nobody reads the notifications.
            max_transaction_retry_time=0,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
            user_agent=user_agent,
        )
    except DRIVER_ERRORS as error:
        raise at_start(error, **_place(address)) from error


def _is_bolt(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        return parts.scheme.partition("+")[0] in {"neo4j", "bolt"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


async def look(driver: neo4j.AsyncDriver, address: Address, dialect: Dialect) -> str:
    """What the server calls itself, once it is sure that it can be worked with; else `StartRefused`."""
    try:
        async with asyncio.timeout(2 * CONNECT_SECONDS):
            async with driver.session(database=address.database, default_access_mode=neo4j.READ_ACCESS) as session:
                agent = (await (await session.run("RETURN 1")).consume()).server.agent
    except TimeoutError as late:
        raise at_start(exceptions.ServiceUnavailable("no answer"), **_place(address)) from late
    except DRIVER_ERRORS as error:
        raise at_start(error, **_place(address)) from error
    _check_version(agent, address, dialect)
    return agent


def _check_version(agent: str, address: Address, dialect: Dialect) -> None:
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if dialect.oldest is None or (found and (int(found[1]), int(found[2])) >= dialect.oldest):
        return
    oldest = ".".join(map(str, dialect.oldest))
    raise StartRefused(
        f"The database at {address.uri} is {agent or 'of an unknown kind'}; Neo4j {oldest} or newer is needed.",
        code="STORE_VERSION",
        hint=f"Upgrade it to the {oldest} LTS or newer, or name another with REPLICITY_DATABASE_URI.",
    )


def _resolver(address: Address) -> Callable[[Any], Any]:
    async def resolve(asked: tuple[str, int]) -> list[tuple[str, int]]:
        if address.resolve:
            return [address.resolve()]
        # The driver calls an unknown host name a wrong value; to us it is a database that is away,
        # as a stopped container is to its neighbours.
        try:
            await asyncio.get_running_loop().getaddrinfo(asked[0], asked[1], type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise exceptions.ServiceUnavailable(f"unknown host {asked[0]}") from error
        return [(asked[0], asked[1])]

    return resolve


def _place(address: Address) -> dict[str, str]:
    return {"uri": address.uri, "user": address.user, "database": address.database}
