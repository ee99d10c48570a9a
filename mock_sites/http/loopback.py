"""The HTTP client for the mock sites. It waits as long as their server runs."""

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import httpx

from mock_sites.http.clients import LoopbackTransport
from mock_sites.http.host_names import LOCALHOST

NOTICE_AFTER: Final = 5.0
"""Seconds without an answer after which the terminal shows that the client waits."""


class ServerGoneError(httpx.NetworkError):
    """No mock sites answer, or they stopped before they answered; the text says where."""


class _PatientTransport(LoopbackTransport):
    """Waits for the mock sites, and shows on the terminal that it waits."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, and wait as long as the server runs.

        Raises:
            httpx.UnsupportedProtocol: the address is not on this machine.
            ServerGoneError: the server does not run, or has stopped.
        """
        try:
            with _notice(request):
                return super().handle_request(request)
        except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
            raise ServerGoneError(
                f"No mock sites answer at {_origin(request)}: they have stopped, or were never started.",
                request=request,
            ) from error


def loopback_client(base_url: str = "", *, domain: str = LOCALHOST) -> httpx.Client:
    """An HTTP client for the mock sites, whose host names end with ``domain``.

    It waits for an answer however slow the machine is. A server that stops closes its connections; that ends the
    waiting with ``ServerGoneError``.
    """
    return httpx.Client(base_url=base_url, transport=_PatientTransport(domain=domain), timeout=None)  # noqa: S113 - see above


@contextmanager
def _notice(request: httpx.Request) -> Generator[None]:
    """Show on the terminal that the client waits, if it takes long."""
    what = f"{request.method} {request.url.path}"
    text = f"Still waiting for the mock sites at {_origin(request)} to answer {what} ...\n"
    timer = threading.Timer(NOTICE_AFTER, sys.stderr.write, [text])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _origin(request: httpx.Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc.decode()}"
