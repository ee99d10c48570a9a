"""Code that waits for our own server waits while the server lives, says so, and reports in one sentence if it
has died.
"""

import threading
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from mock_sites import Server, ServerGoneError, loopback_client
from mock_sites.http import loopback
from mock_sites.serving.connections import Connections
from mock_sites.serving.dispatch import Dispatcher

PATIENCE: Final = 20
"""Seconds after which a client is taken to wait for ever."""


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Set to let a server answer. It does not answer before."""
    event, answer = threading.Event(), Dispatcher.__call__

    def answer_later(dispatcher: Dispatcher, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        event.wait()
        return answer(dispatcher, environ, start_response)

    monkeypatch.setattr(Dispatcher, "__call__", answer_later)
    yield event
    event.set()


@pytest.fixture
def dies(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set to let the loop of the test's server fail. Earlier servers go on."""
    event, wait, others = threading.Event(), Connections.wait, set(threading.enumerate())

    def wait_or_die(connections: Connections, seconds: float) -> None:
        if event.is_set() and threading.current_thread() not in others:
            raise OSError
        wait(connections, seconds)

    monkeypatch.setattr(Connections, "wait", wait_or_die)
    return event


class Terminal:
    """Reads what is written on stderr, and acts on it."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.written, self._act = "", act

    def write(self, text: str) -> None:
        self.written += text
        self._act()


def test_a_slow_server_is_waited_for_and_the_wait_is_reported(
    answers: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(answers.set)
    monkeypatch.setattr(loopback, "NOTICE_AFTER", 0)
    monkeypatch.setattr("sys.stderr", terminal)

    with Server(port=0) as server, loopback_client(server.url) as client:
        assert client.timeout.read is None
        assert client.get("/api/worlds").json()["worlds"] == []

    assert terminal.written == (
        f"Still waiting for the mock sites at http://localhost:{server.port} to answer GET /api/worlds ...\n"
    )


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_that_dies_before_it_has_answered_is_not_waited_for(
    answers: threading.Event, dies: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loopback, "NOTICE_AFTER", 0)
    monkeypatch.setattr("sys.stderr", Terminal(dies.set))

    with Server(port=0) as server, loopback_client(server.url) as client:
        client.timeout = PATIENCE
        with pytest.raises(ServerGoneError) as caught:
            client.get("/api/worlds")
        answers.set()

    assert str(caught.value) == (
        f"No mock sites answer at http://localhost:{server.port}: they have stopped, or were never started."
    )
