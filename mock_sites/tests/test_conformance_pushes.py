"""The usage push in a conformance run: taken over a socket, answered as the marketplace does, and judged."""

import json
import socket
import threading
from datetime import UTC, datetime, timedelta
from runpy import run_path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from werkzeug.serving import make_server

from mock_sites.cli import main
from mock_sites.http.clients import LoopbackTransport
from mock_sites.huawei.conformance.model import CaseVerdict
from mock_sites.huawei.conformance.pushes import PushListener
from mock_sites.huawei.conformance.sending import Sender
from mock_sites.huawei.protocol import usage_push
from mock_sites.tests.support.conforming import KEY
from mock_sites.tests.support.example import EXAMPLE
from mock_sites.tests.support.usage_push import NONCE, body_of, record_of, written
from mock_sites.world.transport import Call

NOW = datetime.now(UTC)


def judged(body: bytes, *, key: str = KEY, path: str = usage_push.PATH) -> tuple[str, list[tuple[str, Any]]]:
    """Push ``body`` to a listener. Returns the code of the answer, and the findings with the codes in them."""
    ts = str(int(NOW.timestamp() * 1000))
    headers = {"ts": ts, "nonce": NONCE, "signature": usage_push.sign(key, ts, NONCE, body)}
    with PushListener(KEY, 0, 5) as listener, Sender(LoopbackTransport()) as sender:
        answer = sender.send(Call("POST", f"{listener.address}{path}", headers, body))
        result = listener.result({"i"}, NOW)
    assert (result.verdict is CaseVerdict.FAILED) == bool(result.findings)
    return json.loads(answer.body)["error_code"], [(one.diagnosis, one.details.get("code")) for one in result.findings]


def test_a_right_push_conforms() -> None:
    assert judged(body_of(record_of("i", NOW), record_of("i", NOW - timedelta(hours=1)))) == ("MKT.0000", [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"instance_id": "unknown"}, "001"),
        ({"begin_time": "2026-03-02 01:00"}, "002"),
        ({"usage_value": "0"}, "003"),
        ({"metering_sn": None}, "004"),
        ({"begin_time": written(NOW - timedelta(days=22))}, "007"),
        ({"end_time": written(NOW + timedelta(hours=1))}, "011"),
    ],
)
def test_a_record_that_the_job_would_refuse_is_found(changes: dict[str, Any], code: str) -> None:
    """Such as usage-record-refused: the push itself is taken."""
    assert judged(body_of(record_of("i", NOW, **changes))) == ("MKT.0000", [("usage-record-refused", code)])


@pytest.mark.parametrize(
    ("body", "key", "code"),
    [
        (body_of(record_of("i", NOW)), "another", "MKT.0102"),
        (b"[]", KEY, "MKT.0199"),
        (body_of(), KEY, "MKT.0101"),
        (body_of({"instance_id": "i"}), KEY, "MKT.0199"),
    ],
)
def test_a_push_that_the_interface_would_refuse_is_found(body: bytes, key: str, code: str) -> None:
    assert judged(body, key=key) == (code, [("usage-push-refused", code)])


def test_records_of_the_older_path_need_their_product() -> None:
    record = record_of("i", NOW, metering_sn=None)
    assert judged(body_of(record), path=usage_push.OLDER_PATH)[0] == "MKT.0199"
    assert judged(body_of(record | {"product_id": "p"}), path=usage_push.OLDER_PATH) == ("MKT.0000", [])


def conform_example(*options: str, pushes: bool) -> Result:
    """Run the command against the example seller, which pushes to the port where the run listens, or not at all."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    marketplace = f"http://127.0.0.1:{port}" if pushes else ""
    server = make_server("127.0.0.1", 0, run_path(str(EXAMPLE))["create_app"](KEY, marketplace), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    given = [address, "--key", KEY, "--protocol", "v2", "--no-kit", "--usage-push", str(port), *options]
    result = CliRunner().invoke(main, ["conform", *given])
    server.shutdown()
    thread.join()
    server.server_close()
    return result


def test_the_example_seller_pushes_what_its_instances_used() -> None:
    result = conform_example("--listing", "on-demand", pushes=True)
    assert result.exit_code == 0, result.output
    assert "usage-push" in result.stdout


def test_a_seller_that_pushes_nothing_falls_short() -> None:
    """Its diagnosis is no-usage-push."""
    result = conform_example("--listing", "on-demand", "--push-wait", "0.01", pushes=False)
    assert result.exit_code == 1
    assert "No usage push arrived within 0.01 s." in result.stdout


def test_a_listing_without_usage_or_a_taken_port_is_refused_in_a_sentence() -> None:
    result = conform_example(pushes=False)
    assert result.exit_code == 2
    assert "Add --listing on-demand." in result.output
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = conform_example("--listing", "on-demand", "--usage-push", port, pushes=False)
    assert result.exit_code == 2
    assert f"Cannot listen on port {port}" in result.output
