"""How one company calls another: plain HTTP requests. The result is always a ``CallResult``, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import httpx

from mock_sites.process.blocking import blocking
from mock_sites.world import sockets
from mock_sites.world.sockets import Cause

ANSWER_LIMIT: Final = 5.0
"""Seconds a company waits for the other one's answer (spec huawei 2.1)."""

BODY_LIMIT: Final = 1024 * 1024
"""Bytes of an answer that are read."""


@dataclass(frozen=True)
class Call:
    """A request to another company, addressed by its documented URL, or by its own if it is ``outside``."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    outside: bool = False
    limit: float | None = None
    """Seconds to wait for the answer, if it is another limit than that of the transport."""


@dataclass(frozen=True)
class CallResult:
    """A request and its answer (status, headers, body), or the reason why there is none.

    ``headers`` have the spelling of the other company.
    """

    request: Call
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    fault: str = ""
    """The reason in technical words, as a log has them."""
    cause: Cause = Cause.UNREACHABLE
    """What kind of reason it is, if there is one."""

    @property
    def path(self) -> str:
        """The path that was called, without its query (which can hold a signature)."""
        return httpx.URL(self.request.url).path


def time_outside() -> datetime:
    """The real time. Calls to servers outside of all worlds use it, because those servers know no other time."""
    return datetime.now(UTC)


class Transport:
    """How the companies call each other, and sellers outside."""

    def __init__(self, transport: httpx.BaseTransport | None = None, *, sellers: frozenset[str] | None = None) -> None:
        """Use ``transport`` to reach the mock sites. Without one, every call to them fails as unreachable.

        Only the addresses in ``sellers`` may be called outside. None allows all.
        """
        self.transport = transport
        self.sellers = sellers
        self.answer_limit = ANSWER_LIMIT

    def send(self, request: Call, local_url: str) -> CallResult:
        """Send ``request`` to ``local_url``, the local form of its documented URL, or outside over a real socket."""
        if request.outside:
            return self._send_outside(request)
        if self.transport is None:
            return CallResult(request, fault="no transport: the sites are not being served")
        try:
            with httpx.Client(
                transport=self.transport, timeout=self._limit_of(request), follow_redirects=False
            ) as client:
                answer = client.request(
                    request.method, local_url, headers=dict(request.headers), content=request.body or None
                )
        except httpx.HTTPError as error:
            return CallResult(request, fault=f"{type(error).__name__}: {error}")
        return _call_result(request, answer.status_code, sockets.plain(answer.headers), answer.content)

    def may_call(self, address: str) -> bool:
        """Whether a seller may have this production address."""
        return self.sellers is None or address.rstrip("/") in self.sellers

    def _limit_of(self, request: Call) -> float:
        return self.answer_limit if request.limit is None else request.limit

    def _send_outside(self, request: Call) -> CallResult:
        parts = urlsplit(request.url)
        if self.sellers is not None and not any(
            f"{parts.scheme}://{parts.netloc}{parts.path}/".startswith(f"{seller}/") for seller in self.sellers
        ):
            fault = "this server calls only the seller that was named when it started"
            return CallResult(request, fault=fault, cause=Cause.NOT_ALLOWED)
        try:
            with blocking():
                answer = sockets.fetch(
                    request.method,
                    request.url,
                    request.headers,
                    request.body,
                    limit=self._limit_of(request),
                    most=BODY_LIMIT,
                )
        except sockets.NoAnswerError as error:
            return CallResult(request, fault=str(error), cause=error.cause)
        return _call_result(request, answer.status, answer.headers, answer.body)


def _call_result(request: Call, status: int, headers: Mapping[str, str], body: bytes) -> CallResult:
    if len(body) > BODY_LIMIT:
        fault = "the answer is larger than 1 MiB"
        return CallResult(request, status, headers, fault=fault, cause=Cause.TOO_LARGE)
    return CallResult(request, status, headers, body)
