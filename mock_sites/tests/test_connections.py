"""What happens on one connection costs the same however many others are open, and none is forgotten."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from waitress.channel import HTTPChannel

from mock_sites import LoopbackTransport, Server
from mock_sites.serving.connections import Connection, Connections
from mock_sites.tests.support.waiting import wait_until

PATIENCE = 30
IDLE: Final = 100
REQUESTS: Final = 10
MOST_ASKED: Final = 10
"""How often connections are asked for one request, at the most: before and after each step of it."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server whose connections have lower numbers than its listeners, so that no order is right by chance."""
    with ExitStack() as stack:
        with ExitStack() as places:
            for _each in range(3 * IDLE):
                places.enter_context(Path(os.devnull).open("rb"))
            server = stack.enter_context(Server(port=0))
        yield server


@pytest.fixture
def idle(server: Server) -> Iterator[list[socket.socket]]:
    """Connections on which nothing happens."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE))
            for _each in range(IDLE)
        ]


@pytest.mark.usefixtures("idle")
def test_idle_connections_are_not_asked_for_each_request(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[HTTPChannel]()
    readable = HTTPChannel.readable

    def counted(channel: HTTPChannel) -> bool:
        asked.append(channel)
        return readable(channel)

    with httpx.Client(transport=LoopbackTransport(), timeout=PATIENCE) as client:
        assert client.get(server.url).status_code == 200
        monkeypatch.setattr(HTTPChannel, "readable", counted)
        for _each in range(REQUESTS):
            assert client.get(server.url).status_code == 200

    assert 0 < len(asked) <= REQUESTS * MOST_ASKED


def test_a_connection_that_waitress_finds_idle_for_too_long_is_closed(
    server: Server, idle: list[socket.socket]
) -> None:
    inside: Any = server
    sockets: Connections = inside._loop._sockets  # noqa: SLF001
    wait_until(lambda: sum(isinstance(each, HTTPChannel) for each in tuple(sockets.values())) == IDLE)
    # The connections first: a listener that is asked in between would look at them too early, and not again.
    for each in sorted(sockets.values(), key=lambda each: not isinstance(each, HTTPChannel)):
        each.last_activity = each.next_channel_cleanup = 0
    sockets._all_at = 0  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - that much time has passed
    inside._loop._trigger.pull_trigger()  # noqa: SLF001

    assert [each.recv(1) for each in idle] == [b""] * IDLE


def test_requests_that_are_sent_at_once_on_one_connection_are_answered_in_turn(server: Server) -> None:
    request = f"GET /api/worlds HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as client:
        client.sendall(3 * request)
        client.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: client.recv(4096), b""))

    assert received.count(b"HTTP/1.1 200 OK") == 3


def test_a_connection_is_read_again_after_two_threads_have_met_on_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One thread has answered, and ends only after another has taken up the next request of the connection."""
    taken_up, ended, answer = threading.Event(), threading.Event(), threading.Event()
    of_waitress, ours = HTTPChannel.service, Connection.service
    met = list[HTTPChannel]()

    def lingering(channel: HTTPChannel) -> None:
        met.append(channel)
        if len(met) == 2:
            taken_up.set()
            assert answer.wait(PATIENCE)
        of_waitress(channel)
        if len(met) == 1:
            assert taken_up.wait(PATIENCE)

    def told_when_it_ends(channel: Connection) -> None:
        ours(channel)
        ended.set()

    monkeypatch.setattr(HTTPChannel, "service", lingering)
    monkeypatch.setattr(Connection, "service", told_when_it_ends)
    request = f"GET /api/worlds HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as client:
        client.sendall(2 * request)
        assert ended.wait(PATIENCE)
        with httpx.Client(transport=LoopbackTransport(), timeout=PATIENCE) as other:
            assert other.get(server.url).status_code == 200  # the loop goes round in between
        answer.set()
        client.sendall(request)
        client.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: client.recv(4096), b""))

    assert met[0] is met[1]
    assert received.count(b"HTTP/1.1 200 OK") == 3


def test_a_connection_is_read_again_whose_answer_has_ended_while_it_was_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_up, asked, ended = threading.Event(), threading.Event(), threading.Event()
    of_waitress, ours, writable = HTTPChannel.service, Connection.service, HTTPChannel.writable
    answering = list[HTTPChannel]()

    def lingering(channel: HTTPChannel) -> None:
        first = not answering
        answering.append(channel)
        taken_up.set()
        assert not first or asked.wait(PATIENCE)
        of_waitress(channel)

    def told_when_it_ends(channel: Connection) -> None:
        ours(channel)
        if channel is answering[0]:
            ended.set()

    def slowly(channel: HTTPChannel) -> bool:
        """The last that a connection is asked, by the loop."""
        answer = writable(channel)
        if channel in answering[:1] and not asked.is_set():
            asked.set()
            assert ended.wait(PATIENCE)
        return answer

    monkeypatch.setattr(HTTPChannel, "service", lingering)
    monkeypatch.setattr(Connection, "service", told_when_it_ends)
    monkeypatch.setattr(HTTPChannel, "writable", slowly)
    request = f"GET /api/worlds HTTP/1.1\r\nHost: localhost:{server.port}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as client:
        client.sendall(request)
        assert taken_up.wait(PATIENCE)
        with httpx.Client(transport=LoopbackTransport(), timeout=PATIENCE) as other:
            assert other.get(server.url).status_code == 200  # the loop goes round
        client.sendall(request)
        client.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: client.recv(4096), b""))

    assert received.count(b"HTTP/1.1 200 OK") == 2
