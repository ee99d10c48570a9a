"""All HTTP connections of this project: direct ones to this machine, others by the environment's proxy variables.

This machine is ``localhost``, ``*.localhost`` and the loopback addresses. It is never called through a proxy. Only
browsers resolve ``*.localhost`` themselves, so these names are resolved here, to both loopback families.
"""

import ipaddress
from contextlib import suppress
from functools import cache
from ssl import SSLContext
from urllib.request import getproxies, proxy_bypass

import httpx

from mock_sites.http.host_names import LOCALHOST
from mock_sites.serving.listening import is_loopback, loopback_addresses


class UnusableProxyError(Exception):
    """The environment names a proxy that cannot be used; the text says which one and what to do."""


class LoopbackTransport(httpx.HTTPTransport):
    """Sends requests to this machine only, with their own Host header. Others are refused."""

    def __init__(self, *, certificates: SSLContext | None = None, domain: str = LOCALHOST) -> None:
        """``domain`` and the names below it are this machine too.

        Without ``certificates``, only plain HTTP is possible. Loading them takes longer than a request.
        """
        super().__init__(verify=certificates or False)
        self._domain = domain
        self._schemes = {"http", "https"} if certificates else {"http"}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to the first loopback address where a server listens.

        Raises:
            httpx.UnsupportedProtocol: the address is not on this machine.
            httpx.ConnectError: no server listens there.
        """
        host = request.url.host
        here = is_loopback(host) or f".{host}".endswith(f".{self._domain}")
        if request.url.scheme not in self._schemes or not here:
            raise httpx.UnsupportedProtocol(f"{request.url} is not on this machine", request=request)
        *others, last = _resolved(request)
        for resolved in others:
            with suppress(httpx.ConnectError):
                return super().handle_request(resolved)
        return super().handle_request(last)


class AsyncLoopbackTransport(httpx.AsyncHTTPTransport):
    """As ``LoopbackTransport``, for an event loop, and for HTTPS too."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to the first loopback address where a server listens.

        Raises:
            httpx.ConnectError: no server listens there.
        """
        *others, last = _resolved(request)
        for resolved in others:
            with suppress(httpx.ConnectError):
                return await super().handle_async_request(resolved)
        return await super().handle_async_request(last)


def transport_to(url: httpx.URL, *, proxy: httpx.Proxy | None) -> httpx.BaseTransport:
    """The transport to the host of ``url``, a seller's address, through ``proxy`` if there is one."""
    certificates = _certificates() if url.scheme == "https" else None
    if is_loopback(url.host) and proxy is None:
        return LoopbackTransport(certificates=certificates)
    return httpx.HTTPTransport(verify=certificates or False, proxy=proxy)


def async_transport_to(url: httpx.URL) -> httpx.AsyncBaseTransport:
    """As ``transport_to``, for an event loop."""
    verify = _certificates() if url.scheme == "https" else False
    if is_loopback(url.host):
        return AsyncLoopbackTransport(verify=verify)
    return httpx.AsyncHTTPTransport(verify=verify, proxy=proxy_for(url))


def proxy_for(url: httpx.URL) -> httpx.Proxy | None:
    """The proxy that the environment (``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY``, ``NO_PROXY``) names for ``url``.

    Raises:
        UnusableProxyError: it is not an HTTP proxy.
    """
    proxies = getproxies()
    named = proxies.get(url.scheme) or proxies.get("all")
    if not named or is_loopback(url.host) or proxy_bypass(url.host):
        return None
    try:
        return proxy_at(named)
    except UnusableProxyError as error:
        raise UnusableProxyError(
            f"The environment names the proxy {_without_password(named)} for {url.host}. Only proxies with an "
            f"http:// or https:// address can be used. Set NO_PROXY={url.host} to connect without a proxy."
        ) from error


def proxy_at(address: str) -> httpx.Proxy:
    """The HTTP proxy at ``address``.

    Raises:
        UnusableProxyError: it is not the address of an HTTP proxy.
    """
    try:
        proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
    except (ValueError, httpx.InvalidURL):
        proxy = None
    if proxy is None or proxy.url.scheme not in {"http", "https"} or not proxy.url.host:
        raise UnusableProxyError(
            f"{_without_password(address)} is no address of an HTTP proxy. Give one such as http://proxy.example:3128."
        )
    return proxy


@cache
def _certificates() -> SSLContext:
    return httpx.create_ssl_context()


def _resolved(request: httpx.Request) -> list[httpx.Request]:
    """The request, once for each loopback address of its host."""
    named = request.url.host
    try:
        addresses = (str(ipaddress.ip_address(named)),)
    except ValueError:
        addresses = loopback_addresses()
    return [
        httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            # A certificate is for the name, not for the address.
            extensions={**request.extensions, "sni_hostname": named},
        )
        for address in addresses
    ]


def _without_password(proxy: str) -> str:
    """The address without ``user:password@``."""
    scheme, mark, rest = proxy.rpartition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}"
