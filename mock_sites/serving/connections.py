"""The sockets of waitress, and the wait for what happens on them, which costs the same however many are open.

Waitress's own loop asks every connection, before each wait, what it waits for. With 200 people there are 1,000, nearly
all of them idle. Here each is asked when something may have changed: it is new, something has happened on it, or a
thread answers a request of it.
"""

import time
from contextlib import suppress
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer
from waitress.wasyncore import read, write

CLEANING: Final = 30.0
"""Seconds after which all are asked again. So often waitress marks those that have been idle for long, to be closed."""


class Connection(HTTPChannel):
    """A connection that says when a thread answers its request."""

    answering = 0
    """How many threads do. Another may take up the next request before the one that has answered this is done."""

    def service(self) -> None:
        """Answer a request, in one of the threads."""
        inside: Any = self
        with inside.requests_lock:
            self.answering += 1
        inside._map.ask(inside._fileno)  # noqa: SLF001 - waitress has no other names for the sockets and the number
        try:
            super().service()
        finally:
            with inside.requests_lock:
                self.answering -= 1


class Connections(dict[int, Any]):
    """The sockets by number: listeners, connections, and the trigger by which threads wake the loop."""

    def __init__(self) -> None:
        """There are none yet."""
        super().__init__()
        self._selector = DefaultSelector()
        self._listeners: list[int] = []
        self._to_ask: set[int] = set()
        self._all_at = 0.0

    def __setitem__(self, number: int, each: Any) -> None:
        """Add a socket."""
        super().__setitem__(number, each)
        if isinstance(each, BaseWSGIServer):
            self._listeners.append(number)
        self._to_ask.add(number)

    def __delitem__(self, number: int) -> None:
        """Remove a socket that is about to be closed."""
        super().__delitem__(number)
        with suppress(KeyError):
            self._selector.unregister(number)

    def ask(self, number: int) -> None:
        """Ask a socket before the next wait, unless it has been closed; any thread may call this."""
        self._to_ask.add(number)

    def wait(self, seconds: float) -> None:
        """Wait until something happens, for up to ``seconds``, and let the sockets deal with it."""
        if time.monotonic() >= self._all_at:
            self._all_at = time.monotonic() + CLEANING
            self._to_ask.update(self)
        # The listeners always, and first: when they are asked, they mark the connections that are to be closed.
        for number in (*self._listeners, *self._to_ask):
            self._to_ask.discard(number)  # first: a thread that changes it from now on adds it again
            if each := self.get(number):
                if getattr(each, "answering", 0):
                    self._to_ask.add(number)  # before it is asked: the answer may end while it is
                self._register(number, each)
        for key, events in self._selector.select(seconds):
            self._to_ask.add(key.fd)
            for event, act in ((EVENT_READ, read), (EVENT_WRITE, write)):
                if events & event and (each := self.get(key.fd)):
                    act(each)

    def close(self) -> None:
        """Wait no more."""
        self._selector.close()

    def _register(self, number: int, each: Any) -> None:
        """Ask a socket what it waits for. A connection whose request waits for a thread waits for nothing."""
        wanted = (EVENT_READ if each.readable() else 0) | (EVENT_WRITE if each.writable() and not each.accepting else 0)
        known = self._selector.get_map().get(number)
        if known is None and wanted:
            self._selector.register(number, wanted)
        elif known is not None and not wanted:
            self._selector.unregister(number)
        elif known is not None and known.events != wanted:
            self._selector.modify(number, wanted)
