"""Waitress, run by a loop of our own. Only here and in ``connections.py`` is used what its documentation does not name.

Waitress has no public way to stop a server from another thread, to serve several sockets until that, or to choose
which connections are closed when there are too many, and which threads answer. Used for that are the map of sockets
(``connections.py``), the trigger that wakes the loop, the parameter ``_dispatcher``, and of a channel its requests, its
unsent output and the time of its last activity (tests/test_stopping.py and tests/test_listening.py fail where one of
them changes).
"""

import logging
import socket
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.wasyncore import close_all

from mock_sites.process import open_files
from mock_sites.serving.connections import Connection, Connections
from mock_sites.serving.workers import Workers

MOST: Final = 1000
"""The most connections. Browsers keep several open for every host of every world that they have visited."""

log = logging.getLogger("mock_sites")
logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits for a thread is normal, not news


class EventLoop:
    """Serves a WSGI app on sockets, in a thread of its own, until it is stopped."""

    def __init__(self, app: Any, sockets: Iterable[socket.socket]) -> None:
        """Start to serve ``app`` on ``sockets``, which listen already."""
        most = most_connections()
        self._sockets = Connections()
        self._workers = Workers()
        self._workers.start()
        create_server(
            app,
            self._sockets,
            _dispatcher=self._workers,
            sockets=list(sockets),
            connection_limit=most,
            ident=None,
        )
        listeners = [each for each in self._sockets.values() if isinstance(each, BaseWSGIServer)]
        for each in listeners:
            each.channel_class = Connection
        self._trigger: Any = listeners[0].trigger
        self._idle = IdleConnections(most)
        self._stopping = threading.Event()
        self.thread = threading.Thread(target=self._serve, name="mock-sites", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Stop serving, and close all connections."""
        self._stopping.set()
        with suppress(OSError):  # a server that has failed has closed its trigger as well
            self._trigger.pull_trigger()
        self.thread.join(timeout=5)
        self._workers.shutdown(timeout=1)
        # Not before: a thread that finishes an answer writes to the trigger, and its number could be in use again.
        close_all(self._sockets)
        self._sockets.close()

    def _serve(self) -> None:
        """Serve until ``stop`` is called. If the server fails, close all connections, so that no client waits."""
        try:
            while not self._stopping.is_set():
                self._idle.close_some(self._sockets)
                self._sockets.wait(1)
        except BaseException:
            close_all(self._sockets)
            raise


class IdleConnections:
    """Closes the connections that have been idle for the longest time when ``most`` are open."""

    def __init__(self, most: int) -> None:
        """Keep up to ``most``."""
        self._most = most
        self._logged = False

    def close_some(self, sockets: dict[int, Any]) -> None:
        """Close idle connections if there are too many. Only the thread that serves ``sockets`` may call this."""
        if len(sockets) < self._most:
            self._logged = self._logged and len(sockets) > self._most // 2
            return
        if not self._logged:
            self._logged = True
            log.warning("%d connections are open: the ones that have been idle for longest are closed", len(sockets))
        channels = [channel for channel in sockets.values() if isinstance(channel, HTTPChannel)]
        idle = [channel for channel in channels if not channel.requests and not channel.total_outbufs_len]
        idle.sort(key=lambda channel: channel.last_activity)
        for channel in idle[: len(sockets) - self._most + 1 + self._most // 10]:
            channel.handle_close()


def most_connections() -> int:
    """``MOST``, or half of the files that this process may open: the worlds need the others."""
    return max(16, min(MOST, open_files.allowed() // 2))
