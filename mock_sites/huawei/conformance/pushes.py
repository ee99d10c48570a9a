"""The usage push in a conformance run: takes it on a port of this machine, answers it, and judges it (spec huawei
2.6b).
"""

import json
import threading
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from queue import Empty, Queue
from typing import Any, Final, Self

from werkzeug.datastructures import Headers

from mock_sites.huawei.conformance import rules
from mock_sites.huawei.conformance.listing import Kind
from mock_sites.huawei.conformance.model import (
    ConformanceCase,
    Result,
    SellerAnswer,
    SellerFinding,
    SignedCall,
    finding,
)
from mock_sites.huawei.domain import usage_rules
from mock_sites.huawei.domain.tables import UsageRecord
from mock_sites.huawei.mistakes import usage_push as mistakes
from mock_sites.huawei.protocol import moments, usage_push
from mock_sites.huawei.seller_gateway.usage_push import PushError, is_signed, read_headers, read_records
from mock_sites.web.site import LARGEST_BODY
from mock_sites.world.errors import N_
from mock_sites.world.transport import Call

KINDS: Final = (Kind.ON_DEMAND, Kind.PACKAGE)
"""The kinds of products whose usage is pushed."""

CASE: Final = ConformanceCase(
    name="usage-push",
    title=N_("What an on-demand instance used is pushed to the marketplace"),
    operation="usage-data",
    fields={},
    rule=rules.USAGE_PUSH,
    codes=(usage_push.ACCEPTED,),
    kinds=KINDS,
    required_for=(Kind.ON_DEMAND,),
)


class PushListener:
    """Takes usage pushes on a port of this machine, and answers them as the marketplace does."""

    def __init__(self, key: str, port: int, seconds: float, *, other_keys: Collection[str] = ()) -> None:
        """Take pushes signed with ``key``. Wait for the first one for up to ``seconds``.

        ``other_keys`` are further keys of the seller, which it may take for the right one.

        Raises:
            OSError: the port cannot be used.
        """
        self.key, self.seconds, self.other_keys = key, seconds, other_keys
        self._pushes: Queue[Call] = Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> Self:
        """Take pushes from now on."""
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Give the port back."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def result(self, instances: Mapping[str, str], now: datetime) -> Result:
        """The verdict on the first push. ``instances`` are those that the seller has made, by the kind of product.

        ``now`` is the time of the run.
        """
        try:
            push = self._pushes.get(timeout=self.seconds)
        except Empty:
            address = f"{self.address}{usage_push.PATH}"
            return Result(
                CASE, got=N_("nothing"), findings=(finding("no-usage-push", seconds=self.seconds, address=address),)
            )
        code, reason = check(self.key, push)
        if code == usage_push.WRONG_SIGNATURE:
            given = _headers(push)
            named = mistakes.explain(given, push.body, key=self.key, other_keys=self.other_keys)
            findings = tuple(map(finding, named))
        else:
            findings = tuple(_findings(push, code, reason, instances, now))
        return Result(CASE, exchanges=(_exchange(push, code),), got=code, findings=findings)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pushes, key = self._pushes, self.key

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST_BODY))
                push = Call("POST", self.path, dict(self.headers.items()), body)
                code, _reason = check(key, push)
                status, content = _answer(code)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                pushes.put(push)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
                """Log nothing."""

        return Handler


def check(key: str, push: Call) -> tuple[str, str]:
    """The code with which the marketplace answers a push, and why."""
    try:
        if not is_signed(key, _headers(push), push.body):
            return usage_push.WRONG_SIGNATURE, "The signature does not match."
        read_records(push.body, older=_is_older(push))
    except PushError as error:
        return error.code, error.diagnosis
    return usage_push.ACCEPTED, ""


def _headers(push: Call) -> dict[str, str]:
    return read_headers(Headers(list(push.headers.items())))


def _findings(
    push: Call, code: str, reason: str, instances: Mapping[str, str], now: datetime
) -> Iterator[SellerFinding]:
    if code != usage_push.ACCEPTED:
        yield finding("usage-push-refused", code=code, reason=reason)
        return
    for texts in read_records(push.body, older=_is_older(push)):
        record = UsageRecord(received_at=now + moments.SKEW, other_seller=False, older=_is_older(push), **texts)
        usage_rules.read(record)
        if fault := next(chain(_faults_of_instances(record, instances), usage_rules.faults_of_values(record)), ""):
            yield finding("usage-record-refused", code=fault, reason=usage_push.RECORD_CODES[fault])


def _faults_of_instances(record: UsageRecord, instances: Mapping[str, str]) -> Iterator[str]:
    """Usage is that of the on-demand instance. A package is only named beside it, to deduct from (spec huawei 2.6b)."""
    package = instances.get(Kind.PACKAGE, "")
    if record.instance_id not in instances.values() or record.relate_pkg_instance not in {"", package}:
        yield usage_push.NO_INSTANCE
    if record.instance_id == package:
        yield usage_push.NOT_ON_DEMAND


def _is_older(push: Call) -> bool:
    return push.url.partition("?")[0] == usage_push.OLDER_PATH


def _answer(code: str) -> tuple[int, bytes]:
    status, message = usage_push.ANSWERS[code]
    return status, json.dumps({usage_push.ERROR_CODE: code, usage_push.ERROR_MSG: message}).encode()


def _exchange(push: Call, code: str) -> tuple[SignedCall, SellerAnswer]:
    """What the seller sent, and the marketplace's answer."""
    ts, nonce = (push.headers.get(name, "") for name in (usage_push.TIMESTAMP, usage_push.NONCE))
    status, content = _answer(code)
    text = usage_push.string_to_sign(ts, nonce, push.body).decode(errors="replace")
    return SignedCall(push, text, ts), SellerAnswer(status, body=content)
