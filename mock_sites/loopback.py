"""Reaching ``*.localhost`` from Python, which unlike a browser does not resolve such names by itself."""

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import httpx

NOTICE_AFTER: Final = 5.0
"""Seconds without an answer after which the terminal says what is waited for."""


class ServerGoneError(httpx.NetworkError):
    """No mock sites answer, or they stopped before they answered; the text says where."""


class LoopbackTransport(httpx.HTTPTransport):
    """Connects ``http://*.localhost`` addresses to 127.0.0.1 and refuses others: no request leaves the machine."""

    def __init__(self) -> None:
        """No certificates are loaded, which takes longer than a request: all addresses are plain HTTP."""
        super().__init__(verify=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request with its own Host header to this machine.

        Raises:
            httpx.UnsupportedProtocol: the address is not on this machine.
        """
        host = request.url.host
        if request.url.scheme != "http" or not (host in {"localhost", "127.0.0.1"} or host.endswith(".localhost")):
            raise httpx.UnsupportedProtocol(f"{request.url} is not on this machine", request=request)
        here = httpx.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1"),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return super().handle_request(here)


class _PatientTransport(LoopbackTransport):
    """Waits for the mock sites, and says on the terminal that it waits."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, and wait as long as there is a server that can answer.

        Raises:
            httpx.UnsupportedProtocol: the address is not on this machine.
            ServerGoneError: there is no such server, or there is none any more.
        """
        try:
            with _notice(request):
                return super().handle_request(request)
        except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
            raise ServerGoneError(
                f"No mock sites answer at {_origin(request)}: they have stopped, or were never started.",
                request=request,
            ) from error


def loopback_client(base_url: str = "") -> httpx.Client:
    """An HTTP client for the mock sites.

    It waits for an answer however slow the machine is. A server that stops closes its connections; that ends the
    waiting with ``ServerGoneError``.
    """
    return httpx.Client(base_url=base_url, transport=_PatientTransport(), timeout=None)  # noqa: S113 - see above


@contextmanager
def _notice(request: httpx.Request) -> Generator[None]:
    """Tell what is waited for if that takes long."""
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
