"""Sends a call over HTTP. Returns the answer, or the reason why there is none, within a time limit."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

import httpx

from mock_sites.huawei.conformance.model import SellerAnswer
from mock_sites.world.transport import ANSWER_LIMIT, BODY_LIMIT, Call

_HEADERS: Final = {"User-Agent": "mock-sites conform", "Accept": "application/json", "Accept-Encoding": "identity"}
"""Bodies are requested uncompressed, because their exact bytes are signed."""


class Sender:
    """Sends calls. A context manager. Redirects are not followed."""

    def __init__(
        self,
        transport: httpx.BaseTransport,
        *,
        limit: float = ANSWER_LIMIT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``transport`` reaches the seller. ``limit`` is the time for a whole answer, in seconds."""
        self.limit = limit
        self._clock = clock
        self._client = httpx.Client(transport=transport, timeout=limit, follow_redirects=False, headers=_HEADERS)

    def __enter__(self) -> Self:
        """Returns itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._client.close()

    def send(self, call: Call) -> SellerAnswer:
        """Send ``call`` and return the result."""
        began = self._clock()
        try:
            answer = self._call_result(call, began + self.limit)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError, httpx.UnsupportedProtocol) as error:
            answer = SellerAnswer(fault="unreachable", detail=str(error) or type(error).__name__)
        except httpx.TimeoutException:
            answer = SellerAnswer(fault="slow")
        except httpx.HTTPError as error:
            answer = SellerAnswer(fault="broken-off", detail=f"{type(error).__name__}: {error}")
        seconds = self._clock() - began
        return SellerAnswer(
            answer.status, answer.headers, answer.body, seconds=seconds, fault=answer.fault, detail=answer.detail
        )

    def _call_result(self, call: Call, limit: float) -> SellerAnswer:
        body = bytearray()
        with self._client.stream(
            call.method, call.url, headers=dict(call.headers), content=call.body or None
        ) as response:
            headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw)
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > BODY_LIMIT:
                    return SellerAnswer(response.status_code, headers, fault="too-large")
                if self._clock() > limit:
                    break
        fault = "slow" if self._clock() > limit else ""
        return SellerAnswer(response.status_code, headers, bytes(body), fault=fault)
