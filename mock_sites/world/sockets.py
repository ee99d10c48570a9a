"""Calls to outside servers: over a real socket, limited in time and size, with the exact cause of failures."""

import asyncio
import os
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

import httpx

from mock_sites.http.clients import UnusableProxyError, async_transport_to

AS_IT_IS: Final = {"Accept-Encoding": "identity", "Connection": "close"}
"""The signature covers the bytes of the answer, so compression is refused."""


SLOW: Final = "no answer within {limit:g} seconds"
"""Why there is no answer if it came too late."""


class Cause(StrEnum):
    """Why there is no answer that can be used."""

    REFUSED = "refused"
    UNKNOWN_HOST = "unknown-host"
    SLOW = "slow"
    TLS = "tls"
    BROKEN_OFF = "broken-off"
    NOT_HTTP = "not-http"
    TOO_LARGE = "too-large"
    NOT_ALLOWED = "not-allowed"
    UNUSABLE_PROXY = "unusable-proxy"
    UNREACHABLE = "unreachable"


class NoAnswerError(Exception):
    """There is no answer; the text says why, in technical words."""

    def __init__(self, cause: Cause, says: str) -> None:
        super().__init__(says)
        self.cause = cause


@dataclass(frozen=True)
class SocketAnswer:
    """An answer. A body that is too long is cut a little after the limit."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(method: str, url: str, headers: Mapping[str, str], body: bytes, *, limit: float, most: int) -> SocketAnswer:
    """Send a request and read the answer within ``limit`` seconds, up to a few bytes more than ``most``.

    Redirects are not followed.

    Raises:
        NoAnswerError: the address is not valid, nothing listens there, the connection broke, the time is over, or
        the proxy that the environment names cannot be used.
    """
    try:
        request = httpx.Request(method, url, headers={**AS_IT_IS, **headers}, content=body or None)
        # In a thread of its own: the caller may run in an event loop, as browser tests do.
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(asyncio.run, _fetch(request, limit, most)).result()
    except TimeoutError as error:
        raise NoAnswerError(Cause.SLOW, SLOW.format(limit=limit)) from error
    except UnusableProxyError as error:
        raise NoAnswerError(Cause.UNUSABLE_PROXY, str(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoAnswerError(_cause(error), _says(error)) from error


def plain(headers: httpx.Headers) -> dict[str, str]:
    """Headers by their names as they were sent. Their case matters to the marketplace."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in headers.raw}


async def _fetch(request: httpx.Request, limit: float, most: int) -> SocketAnswer:
    client = httpx.AsyncClient(transport=async_transport_to(request.url), timeout=None)  # noqa: S113 - limited as a whole
    async with asyncio.timeout(limit), client:
        answer, received = await client.send(request, stream=True), b""
        try:
            async for chunk in answer.aiter_raw():
                received += chunk
                if len(received) > most:
                    break
        finally:
            await answer.aclose()
        return SocketAnswer(answer.status_code, plain(answer.headers), received)


_CAUSES: Final[dict[type[BaseException], Cause]] = {
    ConnectionRefusedError: Cause.REFUSED,
    socket.gaierror: Cause.UNKNOWN_HOST,
    ssl.SSLError: Cause.TLS,
    ConnectionError: Cause.BROKEN_OFF,
    httpx.ReadError: Cause.BROKEN_OFF,
    httpx.WriteError: Cause.BROKEN_OFF,
}
"""The first one that fits an error, or one that led to it, is the cause."""


def _cause(error: Exception) -> Cause:
    below = list(_chain(error))
    for kind, cause in _CAUSES.items():
        if any(isinstance(one, kind) for one in below):
            return cause
    if isinstance(error, httpx.RemoteProtocolError):
        return Cause.BROKEN_OFF if re.search("disconnected|closed", str(error)) else Cause.NOT_HTTP
    return Cause.UNREACHABLE


def _says(error: Exception) -> str:
    """The operating system's message if there is one: it says what to look for. asyncio puts its own in its place."""
    for below in _chain(error):
        if isinstance(below, OSError) and below.strerror:
            own = isinstance(below, ssl.SSLError) or not below.errno or below.errno < 0
            return f"{type(below).__name__}: {below.strerror if own else os.strerror(below.errno or 0)}"
    return f"{type(error).__name__}: {error}"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and those that led to it: of several at once, as of the addresses of a host, the first one."""
    below: BaseException | None = error
    while below is not None:
        yield below
        if isinstance(below, BaseExceptionGroup):
            below = cast("BaseExceptionGroup[BaseException]", below).exceptions[0]
        else:
            below = below.__cause__ or below.__context__
