"""Reaching ``*.localhost`` from Python, which unlike a browser does not resolve such names by itself."""

import httpx


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


def loopback_client(base_url: str = "", *, timeout: float = 15) -> httpx.Client:
    """An HTTP client for the mock sites. ``timeout`` is in seconds."""
    return httpx.Client(base_url=base_url, transport=LoopbackTransport(), timeout=timeout)
