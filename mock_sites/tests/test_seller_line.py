"""Sellers that cannot be reached or answer badly: the exact cause is logged, and the order stays in processing."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import NoReturn

import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.jobs import Activity
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.seller_gateway import envelope, sellers
from mock_sites.huawei.seller_gateway.delivery import POLICIES
from mock_sites.huawei.seller_gateway.verdict import NO_ANSWER, is_instance_id
from mock_sites.tests.support.gateway import ReceivedRequest, drive, log_of, seller
from mock_sites.tests.support.subscribing import subscribe
from mock_sites.world import jobs
from mock_sites.world.sockets import Cause
from mock_sites.world.transport import BODY_LIMIT, Call, Transport
from mock_sites.world.world import World

LIMIT = 0.1


@pytest.mark.parametrize(("named", "good"), [("i", True), ("x" * 64, True), ("x" * 65, False), ("", False), (7, False)])
def test_an_instance_is_named_by_1_to_64_characters(named: object, good: bool) -> None:  # noqa: FBT001
    assert is_instance_id(named) is good


def test_an_answer_has_five_seconds_and_one_mebibyte() -> None:
    assert (Transport().answer_limit, BODY_LIMIT) == (5, 1_048_576)


@pytest.mark.parametrize(("flag", "limit"), [({"testFlag": "1"}, 20), ({"testFlag": "0"}, None), ({}, None)])
def test_a_debug_call_has_as_long_as_on_the_debugging_page(
    world: World, flag: dict[str, str], limit: float | None
) -> None:
    drive(world, "http://localhost:9000/isv")
    with world.uow("huawei", write=True) as uow:
        agreed = sellers.agreed(uow, catalogue.GUANCE_CONTENT)
        assert envelope.production(uow, agreed, {"activity": "newInstance", **flag}).limit == limit
        assert envelope.kit(uow, agreed, "tenantSync", {"tenantId": "t", **flag}).limit == limit


Misbehave = Callable[[socket.socket], object]


@contextmanager
def socket_that(misbehave: Misbehave) -> Generator[str]:
    """A socket that does not answer a request properly. Yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                read = b""
                while not read.endswith(b"}"):
                    if not (more := connection.recv(65536)):
                        return  # the marketplace closed the connection before it had sent everything
                    read += more
                misbehave(connection)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/isv"
        thread.join()


def reset(connection: socket.socket) -> None:
    """Break the connection, as a killed process does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def say_nothing(connection: socket.socket) -> None:
    """Keep the connection open until the marketplace closes it."""
    connection.recv(1)


def drip(connection: socket.socket) -> None:
    """Send one header after the other, each in time, without an end."""
    began = time.monotonic()
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    try:
        while time.monotonic() < began + 5:
            connection.sendall(b"X-Still: there\r\n")
            connection.settimeout(LIMIT / 10)
            try:
                if not connection.recv(1):
                    return
            except TimeoutError:
                continue
    except OSError:
        return


def hang_up(_connection: socket.socket) -> None:
    """Close the connection without an answer."""


def talk_another_protocol(connection: socket.socket) -> None:
    """Send an answer that is not HTTP."""
    connection.sendall(b"220 ready\r\n\r\n")


def order_from(world: World, address: str) -> tuple[str, str]:
    """Order the product from the seller at an address, and make the first call. Returns what people read of its
    failure, and the technical words of the log.
    """
    drive(world, address)
    order_id = subscribe(world)
    jobs.run_due(world)
    with world.uow("huawei") as uow:
        assert uow.session.get_one(Order, order_id).state == "processing"
    assert [job.kind for job in jobs.waiting(world)] == ["deliver"]
    (call,) = log_of(world)
    assert (call.verdict, call.code) == ("fault", "")
    return call.explanation.format(**call.details), call.fault


@pytest.mark.parametrize(
    ("misbehave", "cause", "fault"),
    [
        (reset, Cause.BROKEN_OFF, "ConnectionResetError: Connection reset by peer"),
        (say_nothing, Cause.SLOW, "no answer within 0.1 seconds"),
        (drip, Cause.SLOW, "no answer within 0.1 seconds"),
        (talk_another_protocol, Cause.NOT_HTTP, "RemoteProtocolError: illegal status line"),
        (hang_up, Cause.BROKEN_OFF, "RemoteProtocolError: Server disconnected without sending a response"),
    ],
)
def test_a_broken_line_is_logged_with_its_cause(
    world: World, monkeypatch: pytest.MonkeyPatch, misbehave: Misbehave, cause: Cause, fault: str
) -> None:
    if misbehave in {say_nothing, drip}:
        monkeypatch.setattr(world.transport, "answer_limit", LIMIT)
    with socket_that(misbehave) as address:
        read, logged = order_from(world, address)
    assert read == NO_ANSWER[cause]
    assert fault in logged


def test_no_handshake_is_logged_with_its_cause(world: World) -> None:
    with seller(lambda _: None) as address:
        read, logged = order_from(world, address.replace("http:", "https:"))
    assert read == NO_ANSWER[Cause.TLS]
    assert logged.startswith("SSLError: [SSL")


def test_a_host_with_two_addresses_has_the_cause_of_the_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"127.0.0.{last}", port)) for last in (1, 2)]

    def find_both(*_args: object, **_options: object) -> list[object]:
        return [*both]

    monkeypatch.setattr(socket, "getaddrinfo", find_both)
    read, logged = order_from(world, "http://shop.example/isv")
    assert (read, logged) == (NO_ANSWER[Cause.REFUSED], "ConnectionRefusedError: Connection refused")


def test_an_unknown_host_is_logged_with_its_cause(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def find_nothing(*_args: object, **_options: object) -> NoReturn:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", find_nothing)
    read, logged = order_from(world, "http://shop.example/isv")
    assert (read, logged) == (NO_ANSWER[Cause.UNKNOWN_HOST], "gaierror: Name or service not known")


def test_a_call_with_a_limit_of_its_own_is_waited_for_as_long() -> None:
    with socket_that(say_nothing) as address:
        result = Transport().send(Call("POST", address, body=b"{}", outside=True, limit=LIMIT), "")
    assert result.fault == "no answer within 0.1 seconds"


def test_a_closed_port_is_logged_with_its_cause(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    read, logged = order_from(world, f"http://shop.localhost:{port}/isv")
    assert (read, logged) == (NO_ANSWER[Cause.REFUSED], "ConnectionRefusedError: Connection refused")


@pytest.mark.parametrize(
    ("status", "headers", "body", "cause"),
    [
        (500, {}, b"oops", "HTTP status 500 instead of 200"),
        (302, {"Location": "http://elsewhere.example/?token=1"}, b"", "(HTTP 302) to http://elsewhere.example/. "),
        (200, {}, b"<html>", "no JSON."),
        (200, {}, b"[]", "no JSON object."),
        (200, {}, b"[" * 100_000, "no JSON."),
        (200, {}, b'{"resultMsg":"success"}', "no resultCode"),
        (200, {}, b'{"resultCode":"000000"}', "no instanceId of 1 to 64 characters"),
        (200, {}, b" " * (BODY_LIMIT + 1), "larger than 1 MiB"),
    ],
    ids=("error", "redirect", "html", "list", "deep", "no-code", "no-instance", "oversized"),
)
def test_an_unusable_answer_is_logged_with_its_cause(
    world: World, status: int, headers: dict[str, str], body: bytes, cause: str
) -> None:
    def answer(received: ReceivedRequest) -> None:
        received.status, received.answer_headers, received.answer = status, headers, body

    with seller(answer) as address:
        read, _ = order_from(world, address)
    assert cause in read


def test_a_seller_that_comes_back_gets_the_order_done_on_a_later_try(world: World) -> None:
    received: list[bytes] = []

    def answer(request: ReceivedRequest) -> None:
        received.append(request.body)
        request.status = 503 if len(received) == 1 else 200
        request.answer = b'{"resultCode":"000000","instanceId":"ins-1"}'

    with seller(answer) as address:
        drive(world, address)
        order_id = subscribe(world)
        jobs.advance(world, POLICIES[Activity.NEW_INSTANCE].pause + 10)

    with world.uow("huawei") as uow:
        assert uow.session.get_one(Order, order_id).state == "completed"
    assert [call.verdict for call in log_of(world)] == ["fault", "accepted"]
    assert len({call.asked.get("tries", 1) for call in log_of(world)}) == len(set(received)) == 2
