"""What tests of the seller gateway share: sellers on a real socket, broken connections, and the log of calls."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from sqlalchemy import select

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.jobs import Activity, Deliver
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.seller_gateway import delivery, sellers
from mock_sites.world.sockets import Cause
from mock_sites.world.transport import CallResult
from mock_sites.world.world import World

KEY = "mock-access-key"


@dataclass
class ReceivedRequest:
    """A request that a seller received, and its answer."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    status: int = 200
    answer: bytes = b'{"resultCode":"000000","resultMsg":"success"}'
    answer_headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


@contextmanager
def seller(answer: Callable[[ReceivedRequest], None]) -> Generator[str]:
    """A seller on a socket of this machine. ``answer`` writes its answers. Yields its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            received = ReceivedRequest(self.command, self.path, dict(self.headers.items()), self.rfile.read(size))
            answer(received)
            self.send_response(received.status)
            for name, value in received.answer_headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(received.answer)))
            self.end_headers()
            self.wfile.write(received.answer)

        do_POST = do_GET  # noqa: N815 - likewise

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
            """Log nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/isv"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def drive(
    world: World, address: str, protocol: str = "v2", *, product: str = catalogue.GUANCE_CONTENT, **settings: Any
) -> None:
    """Let the seller at an address deliver a product."""
    settings = {"production_address": address, "access_key": KEY, "protocol": protocol, **settings}
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, product, **settings)


def silence(world: World, activity: Activity, **details: Any) -> None:
    """The seller does not answer a call."""
    asked = Deliver(activity=activity, **details)
    with world.uow("huawei", write=True) as uow:
        request = delivery.prepare(uow, asked)
        delivery.answered(uow, asked, CallResult(request, fault="no answer within 5 seconds", cause=Cause.SLOW))


def log_of(world: World, **wanted: Any) -> list[SellerCall]:
    """The logged calls, oldest first."""
    with world.uow("huawei") as uow:
        rows = uow.session.scalars(select(SellerCall).filter_by(**wanted).order_by(SellerCall.number))
        return list(rows)
