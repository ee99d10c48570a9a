"""Calls to outside servers: over a real socket, limited in time and size, with the exact cause of failures."""

import asyncio
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import httpx

from mock_sites.http.clients import UnusableProxyError, async_transport_to

AS_IT_IS: Final = {"Accept-Encoding": "identity", "Connection": "close"}
"""The signature covers the bytes of the answer, so compression is refused."""


SLOW: Final = "no answer within {limit:g} seconds"
"""Why there is no answer if it came too late."""


class NoAnswerError(Exception):
    """There is no answer; the text says why."""


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
        raise NoAnswerError(SLOW.format(limit=limit)) from error
    except UnusableProxyError as error:
        raise NoAnswerError(str(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoAnswerError(_cause(error)) from error


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


def _cause(error: Exception) -> str:
    """The operating system's message if there is one: it says what to look for. asyncio puts its own in its place."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, OSError) and below.strerror:
            says = os.strerror(below.errno) if below.errno and below.errno > 0 else below.strerror
            return f"{type(below).__name__}: {says}"
        below = below.__cause__ or below.__context__
    return f"{type(error).__name__}: {error}"
