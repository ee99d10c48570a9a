"""How one company's servers call another's: plain HTTP requests whose outcome is always an exchange, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx

ANSWER_LIMIT: Final = 5.0
"""Seconds a company waits for the other one's answer (spec huawei 2.1)."""

BODY_LIMIT: Final = 1024 * 1024
"""Bytes of an answer that are read."""


@dataclass(frozen=True)
class Outgoing:
    """A request to another company, addressed by its documented URL."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""


@dataclass(frozen=True)
class Exchange:
    """A request and what came of it: an answer (status, headers, body) or the reason why there is none."""

    request: Outgoing
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    fault: str = ""

    @property
    def path(self) -> str:
        """The path that was called, without its query (which can hold a signature)."""
        return httpx.URL(self.request.url).path


class Wire:
    """The line between the companies of one town."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        """Use ``transport`` to reach the mock sites; without one every call fails as unreachable."""
        self.transport = transport

    def send(self, request: Outgoing, local_url: str) -> Exchange:
        """Send ``request`` to ``local_url``, where its documented URL is served here."""
        if self.transport is None:
            return Exchange(request, fault="no line: the sites are not being served")
        try:
            with httpx.Client(transport=self.transport, timeout=ANSWER_LIMIT, follow_redirects=False) as client:
                answer = client.request(
                    request.method, local_url, headers=dict(request.headers), content=request.body or None
                )
        except httpx.TimeoutException:
            return Exchange(request, fault=f"no answer within {ANSWER_LIMIT:g} seconds")
        except httpx.HTTPError as error:
            return Exchange(request, fault=f"{type(error).__name__}: {error}")
        if len(answer.content) > BODY_LIMIT:
            return Exchange(request, answer.status_code, dict(answer.headers), fault="the answer is larger than 1 MiB")
        return Exchange(request, answer.status_code, dict(answer.headers), answer.content)
