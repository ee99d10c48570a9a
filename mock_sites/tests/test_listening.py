"""The server listens on both loopback families, and idle connections do not block others."""

import errno
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Final
from unittest.mock import Mock

import httpx
import pytest
from waitress.task import ThreadedTaskDispatcher

from mock_sites import Server, ServerError
from mock_sites.environment import checks
from mock_sites.http.clients import LoopbackTransport
from mock_sites.serving import listening
from mock_sites.serving.listening import ListeningError, listen, loopback_addresses

TWO_FAMILIES: Final = pytest.mark.skipif(
    loopback_addresses() != listening.LOOPBACK, reason="this machine has no address ::1"
)


@pytest.fixture
def only_ipv4(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine has no IPv6."""
    create = socket.create_server

    def create_server(address: tuple[str, int], *, family: int = socket.AF_INET, backlog: int = 0) -> socket.socket:
        if family == socket.AF_INET6:
            raise OSError(errno.EAFNOSUPPORT, "Address family not supported by protocol")
        return create(address, family=family, backlog=backlog)

    monkeypatch.setattr(socket, "create_server", create_server)


def names(host: str, port: int = 0) -> Iterator[tuple[str, int]]:
    """The addresses on which ``listen`` listens."""
    for each in listen(host, port):
        with closing(each):
            yield each.getsockname()[:2]


@TWO_FAMILIES
@pytest.mark.parametrize(
    ("host", "addresses"),
    [
        *((host, ["127.0.0.1", "::1"]) for host in ("localhost", "127.0.0.1", "::1", "[::1]")),
        ("127.0.0.2", ["127.0.0.1", "::1", "127.0.0.2"]),
        ("0.0.0.0", ["0.0.0.0", "::1"]),  # noqa: S104 - a port that is closed at once
        ("::", ["0.0.0.0", "::"]),  # noqa: S104 - likewise
    ],
)
def test_one_port_is_held_on_both_loopback_families(host: str, addresses: list[str]) -> None:
    found = list(names(host))

    assert [address for address, _port in found] == addresses
    assert len({port for _address, port in found}) == 1


@TWO_FAMILIES
@pytest.mark.parametrize("address", listening.LOOPBACK)
def test_a_port_that_another_program_has_in_one_family_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServerError, match=rf"Cannot listen on {address} port {port}: Address already in use\."):
            Server(port=port).__enter__()
        monkeypatch.setattr(checks, "DEFAULT_PORT", port)
        assert (checks.port().ok, address in checks.port().detail) == (False, True)


@TWO_FAMILIES
def test_a_free_port_is_free_in_both_families(monkeypatch: pytest.MonkeyPatch) -> None:
    create, tried = socket.create_server, list[tuple[str, int]]()

    def create_server(address: tuple[str, int], *, family: int = socket.AF_INET, backlog: int = 0) -> socket.socket:
        tried.append(address)
        if ":" in address[0] and address[1] and len(tried) < 6:
            raise OSError(errno.EADDRINUSE, "Address already in use")
        return create(address, family=family, backlog=backlog)

    monkeypatch.setattr(socket, "create_server", create_server)

    assert len({port for _address, port in names("localhost")}) == 1
    assert len(tried) == 6


@pytest.mark.usefixtures("only_ipv4")
def test_machines_without_ipv6_serve_on_what_they_have() -> None:
    assert [address for address, _port in names("localhost")] == ["127.0.0.1"]
    assert [address for address, _port in names("0.0.0.0")] == ["0.0.0.0"]  # noqa: S104 - a port that is closed at once
    for host in ("::1", "::"):
        with pytest.raises(ListeningError, match="Address family not supported"):
            list(names(host))


@TWO_FAMILIES
@pytest.mark.parametrize("host", ["localhost", "::1"])
def test_pages_are_served_by_every_name_of_this_machine(host: str) -> None:
    with Server(host=host, port=0) as server, httpx.Client(transport=LoopbackTransport()) as client:
        assert server.url == f"http://localhost:{server.port}/"
        for name in ("localhost", "127.0.0.1", "[::1]"):
            assert client.get(f"http://{name}:{server.port}/").status_code == 200


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_a_name_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(ServerError, match=r"Choose another|Name another"):
        Server(host=host, port=0).__enter__()


CROWDED: Final = """
import logging, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
logging.basicConfig(level=logging.WARNING)
from mock_sites import Server
with Server(port=0) as server:
    print(server.port, flush=True)
    sys.stdin.read()
"""


def test_idle_connections_make_room_for_others() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CROWDED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        with ExitStack() as stack, httpx.Client(transport=LoopbackTransport()) as client:
            for _each in range(260):
                stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            assert client.get(f"http://localhost:{port}/").status_code == 200
        _told, errors = process.communicate(timeout=30)

    assert process.returncode == 0
    [line] = errors.splitlines()
    assert "connections are open: the ones that have been idle for longest are closed" in line


def test_a_server_takes_over_the_sockets_that_another_process_holds() -> None:
    """As systemd starts it (sd_listen_fds): connections wait while a server is started anew."""
    program = """
import os, socket

held = socket.create_server(("127.0.0.1", 0))
waiting = socket.create_connection(held.getsockname())  # before there is a server
waiting.sendall(b"GET /api/worlds HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n")
os.dup2(held.fileno(), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
from mock_sites import Server

with Server(public_port=8700) as server:
    assert server.port == held.getsockname()[1]
    assert waiting.recv(12) == b"HTTP/1.0 200"
    assert server.worlds.make().suffix == ".w1.localhost:8700"
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_request_that_waits_for_a_thread_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A program that uses ``Server`` has no logging of its own: what is logged is printed on its stderr."""
    dispatcher = ThreadedTaskDispatcher()  # no thread: whatever is added waits

    dispatcher.add_task(Mock(name="a request"))

    assert (len(dispatcher.queue), caplog.messages) == (1, [])
