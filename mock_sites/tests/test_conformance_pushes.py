"""The usage push in a conformance run: taken over a socket, answered as the marketplace does, and judged."""

import base64
import hashlib
import hmac
import json
import socket
import threading
from datetime import UTC, datetime, timedelta
from runpy import run_path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from werkzeug.serving import make_server

from mock_sites.cli import main
from mock_sites.http.clients import LoopbackTransport
from mock_sites.huawei.conformance.model import CaseVerdict
from mock_sites.huawei.conformance.pushes import PushListener
from mock_sites.huawei.conformance.sending import Sender
from mock_sites.huawei.protocol import signing, usage_push
from mock_sites.tests.support.conforming import KEY
from mock_sites.tests.support.example import EXAMPLE
from mock_sites.tests.support.usage_push import NONCE, body_of, record_of, written
from mock_sites.world.transport import Call

KIT_KEY = "the key of the kit"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


TS = str(int(NOW.timestamp() * 1000))


def judged(body: bytes, *, path: str = usage_push.PATH, signature: str = "") -> tuple[str, list[tuple[str, Any]]]:
    """Push ``body`` to a listener. Returns the code of the answer, and the findings with the codes in them."""
    headers = {"ts": TS, "nonce": NONCE, "signature": signature or usage_push.sign(KEY, TS, NONCE, body)}
    with PushListener(KEY, 0, 5, other_keys=[KIT_KEY]) as listener, Sender(LoopbackTransport()) as sender:
        answer = sender.send(Call("POST", f"{listener.address}{path}", headers, body))
        result = listener.result({"on-demand": "i", "package": "p"}, NOW)
    assert (result.verdict is CaseVerdict.FAILED) == bool(result.findings)
    return json.loads(answer.body)["error_code"], [(one.diagnosis, one.details.get("code")) for one in result.findings]


def test_usage_may_be_deducted_from_a_package() -> None:
    assert judged(body_of(record_of("i", NOW, relate_pkg_instance="p"))) == ("MKT.0000", [])


def test_a_right_push_conforms() -> None:
    assert judged(body_of(record_of("i", NOW), record_of("i", NOW - timedelta(hours=1)))) == ("MKT.0000", [])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"instance_id": "unknown"}, "001"),
        ({"relate_pkg_instance": "unknown"}, "001"),
        ({"instance_id": "p"}, "012"),
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
    ("body", "code"),
    [
        (b"[]", "MKT.0199"),
        (body_of(), "MKT.0101"),
        (body_of({"instance_id": "i"}), "MKT.0199"),
    ],
)
def test_a_push_that_the_interface_would_refuse_is_found(body: bytes, code: str) -> None:
    assert judged(body) == (code, [("usage-push-refused", code)])


BODY = json.dumps({"usage_records": [record_of("i", NOW, metering_sn="用量-2")]}, ensure_ascii=False).encode()
BLANKS = json.dumps(json.loads(BODY), ensure_ascii=False, indent=2).encode()
ESCAPED = json.dumps(json.loads(BODY), separators=(",", ":")).encode()
BACKWARDS = json.dumps(
    {"usage_records": [dict(sorted(json.loads(BODY)["usage_records"][0].items(), reverse=True))]},
    ensure_ascii=False,
    separators=(",", ":"),
).encode()
RIGHT = usage_push.string_to_sign(TS, NONCE, BODY)


def signed(text: bytes = RIGHT, *, key: str = KEY) -> bytes:
    """HMAC-SHA256 of a text."""
    return hmac.digest(key.encode(), text, hashlib.sha256)


def in_base64(digest: bytes) -> str:
    """Base64, as a signature is written."""
    return base64.b64encode(digest).decode()


@pytest.mark.parametrize(
    ("signature", "mistake"),
    [
        (in_base64(signed(key="another")), "unlike"),
        (in_base64(signed(key=KIT_KEY)), "key-of-other-class"),
        (in_base64(signed(key=f"{KEY}\n")), "key-with-blank"),
        (in_base64(signed(key="")), "key-empty"),
        (in_base64(signed(usage_push.string_to_sign(TS[:-3], NONCE, BODY))), "push-ts-in-seconds"),
        (in_base64(signed(usage_push.string_to_sign(TS, NONCE, BLANKS))), "body-with-blanks"),
        (in_base64(signed(usage_push.string_to_sign(TS, NONCE, ESCAPED))), "body-escaped"),
        (in_base64(signed(usage_push.string_to_sign(TS, NONCE, BACKWARDS))), "sorted-z-to-a"),
        (in_base64(signed(f"nonce={NONCE}&ts={TS}&body=".encode() + BODY)), "push-parts-swapped"),
        (in_base64(signed(f"{TS}{NONCE}".encode() + BODY)), "push-without-names"),
        (in_base64(signed(f"ts={TS}&nonce={NONCE}".encode())), "push-without-body"),
        (in_base64(signed(BODY)), "push-body-alone"),
        (
            in_base64(signed(usage_push.string_to_sign(TS, NONCE, hashlib.sha256(BODY).hexdigest().encode()))),
            "push-body-hash",
        ),
        (signing.sign_call(KEY, NONCE, TS, BODY), "push-like-production"),
        (in_base64(hashlib.sha256(RIGHT).digest()), "plain-sha256"),
        (signed().hex(), "push-signature-in-hex"),
        (in_base64(signed()).rstrip("="), "signature-without-padding"),
        (base64.urlsafe_b64encode(signed()).decode(), "signature-url-safe"),
        (quote(in_base64(signed()), safe=""), "push-signature-url-encoded"),
    ],
    ids=lambda value: value if "-" in value and len(value) < 30 else "",
)
def test_a_wrongly_signed_push_is_told_its_mistake_and_nothing_else(signature: str, mistake: str) -> None:
    assert judged(BODY, signature=signature) == ("MKT.0102", [(mistake, None)])


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


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_a_package_brings_the_instance_whose_usage_is_deducted(protocol: str) -> None:
    """The example seller names the package in V1.0, where the call says who the customer is."""
    result = conform_example("--listing", "package", "--protocol", protocol, "--live", pushes=True)
    assert result.exit_code == 0, result.output
    assert "releaseInstance-on-demand" in result.stdout


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
