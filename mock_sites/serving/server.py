"""Serving the sites on a port, in a thread of its own."""

import secrets
import socket
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from mock_sites.http.host_names import LOCALHOST, DomainError, checked_domain
from mock_sites.process.temporary import temporary_folder
from mock_sites.serving import listening
from mock_sites.serving.default_port import DEFAULT_PORT
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.serving.event_loop import EventLoop
from mock_sites.world.exposure import Exposure
from mock_sites.world.store import Worlds


class ServerError(Exception):
    """The server cannot start; the text says why and what to do."""


class Server:
    """The mock sites on a port of this machine, as a context manager.

    Attributes:
        port: the port they are served on.
        url: the start page, for programs on this machine, whatever the domain is.
        worlds: the worlds being served.
        token: the secret that the operator's pages require if other machines can reach them; else empty.
    """

    port: int
    url: str
    worlds: Worlds
    token: str

    def __init__(
        self,
        *,
        host: str = "localhost",
        port: int = DEFAULT_PORT,
        public_port: int | None = None,
        domain: str = LOCALHOST,
        folder: Path | None = None,
        sellers: Iterable[str] = (),
        prepare: Callable[[Worlds], object] = lambda _: None,
    ) -> None:
        """Serve on ``host`` and ``port`` (0: a free one). Without ``folder`` the worlds are removed at the end.

        The port is always served on the loopback addresses too, because the sites' own addresses are there. Behind a
        proxy, ``public_port`` is the proxy's port, which all addresses on pages and in answers have.

        All host names end with ``domain``. It says what the sites are called, not where they listen.

        If other machines can reach ``host``, only the addresses in ``sellers`` may be sellers of products.

        ``prepare`` makes the worlds ready that the first request is to find: requests that come earlier wait.

        Raises:
            ServerError: the port is not a port number, or the domain cannot be used.
        """
        try:
            self._domain = checked_domain(domain)
        except DomainError as error:
            raise ServerError(str(error)) from error
        if not 0 <= port <= 65535:
            raise ServerError(f"{port} is no port number. Use 0 (any free port) to 65535.")
        self._host, self._asked_port, self._folder, self._prepare = host, port, folder, prepare
        self._public_port = public_port
        self._exposure = None
        if not listening.is_loopback(host):
            allowed = frozenset(address.rstrip("/") for address in sellers if address)
            self._exposure = Exposure(secrets.token_urlsafe(24), allowed)
        self.token = self._exposure.token if self._exposure else ""
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Start serving.

        Raises:
            ServerError: the port is taken or not allowed, the host is not this machine's, or there is no place for
                the worlds.
            WorldError: the folder cannot be written.
            Exception: what ``prepare`` raises.
        """
        sockets = self._listen()
        self.port = int(sockets[0].getsockname()[1])
        for each in sockets:
            self._stack.callback(each.close)
        try:
            folder, lasting = self._folder or self._own_folder(), self._folder is not None
            port = self._public_port or self.port
            dispatcher = Dispatcher(folder, port, self._domain, lasting=lasting, exposure=self._exposure)
            self._stack.callback(dispatcher.worlds.close)
            self._prepare(dispatcher.worlds)
        except BaseException:
            self._stack.close()
            raise
        self._loop = EventLoop(dispatcher, sockets)
        self.worlds = dispatcher.worlds
        self.url = f"http://{LOCALHOST}:{self.port}/"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and close the worlds."""
        self._loop.stop()
        self._stack.close()

    def _own_folder(self) -> Path:
        try:
            return self._stack.enter_context(temporary_folder())
        except OSError as error:
            raise ServerError(
                f"There is no place for worlds: {error.strerror or error}. The variable TMPDIR names another."
            ) from error

    def _listen(self) -> list[socket.socket]:
        try:
            return listening.inherited() or listening.listen(self._host, self._asked_port)
        except listening.ListeningError as error:
            raise ServerError(str(error)) from error
