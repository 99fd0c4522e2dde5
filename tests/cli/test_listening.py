"""The address is claimed at the start, and what stands in the way is said in a sentence."""

import socket
from collections.abc import Iterator

import pytest

from server.cli.listening import listen, url_of
from server.errors import StartRefused


@pytest.fixture
def taken() -> Iterator[int]:
    with listen("127.0.0.1", 0) as door:
        yield int(door.getsockname()[1])


def test_a_taken_port_is_said_with_the_next_free_one(taken: int) -> None:
    with pytest.raises(StartRefused) as no:
        listen("127.0.0.1", taken)

    assert no.value.message.startswith(f"Port {taken} on 127.0.0.1 is taken; ")
    free = int(no.value.message.removesuffix(" is free.").rpartition(" ")[2])
    assert free > taken
    assert f"--port {free}" in (no.value.hint or "")
    listen("127.0.0.1", free).close()


def test_two_starts_at_once_do_not_share_a_port(taken: int) -> None:
    with pytest.raises(StartRefused), listen("127.0.0.1", taken):
        pass


def test_port_0_takes_a_free_one_and_the_address_says_which() -> None:
    with listen("127.0.0.1", 0) as door:
        port = door.getsockname()[1]

        assert port > 0
        assert url_of(door) == f"http://127.0.0.1:{port}"


def test_the_address_of_all_interfaces_is_said_as_one_that_can_be_opened() -> None:
    with listen("0.0.0.0", 0) as door:
        assert url_of(door) == f"http://127.0.0.1:{door.getsockname()[1]}"


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_an_ipv6_address_is_said_in_brackets() -> None:
    try:
        door = listen("::1", 0)
    except StartRefused:
        pytest.skip("no IPv6 loopback here")

    with door:
        assert url_of(door) == f"http://[::1]:{door.getsockname()[1]}"


@pytest.mark.parametrize("host", ["203.0.113.7", "no such host", "999.1.1.1"])
def test_an_address_of_another_machine_is_refused_in_words(host: str) -> None:
    with pytest.raises(StartRefused, match=r"This machine has no address|is no address of this machine"):
        listen(host, 0)
