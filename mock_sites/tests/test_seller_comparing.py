"""A seller's own signature of a logged call is compared, on the page and by the API (spec huawei 2.2, 2.5, 4.1, 5)."""

import hashlib
import html
import json
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.digests import base64_of, digest
from mock_sites.tests.support.gateway import drive, log_of
from mock_sites.tests.support.sending import token
from mock_sites.world.world import World

Mistake = Callable[[str, SellerCall], str]


@pytest.fixture
def center(browse: Browse) -> httpx.Client:
    return browse("https://seller.huaweicloud.com")


def called(world: World, center: httpx.Client, protocol: str, operation: str) -> tuple[str, SellerCall]:
    """Send a call by hand. Returns the key and the call."""
    drive(world, "", protocol, access_key="")
    sent = center.post("/api/calls", json={"product": catalogue.GUANCE_CONTENT, "operation": operation})
    assert sent.status_code == 201, sent.text
    (call,) = log_of(world)
    with world.uow("huawei") as uow:
        return sellers.agreed(uow, call.content_id).keys[Interface(call.interface)], call


def key_alone(key: str, call: SellerCall) -> str:
    """V1 without the timeStamp after the key."""
    return base64_of(digest(signing_v1.string_to_sign(dict(parse_qsl(urlsplit(call.url).query))).encode(), key))


def kit_key_alone(key: str, call: SellerCall) -> str:
    """The same mistake in the kit."""
    fields = {name: str(value) for name, value in json.loads(call.body).items() if value != ""}
    return base64_of(digest(signing_v1.string_to_sign(fields).encode(), key))


def raw_body(key: str, call: SellerCall) -> str:
    """V2 over the body itself."""
    query = dict(parse_qsl(urlsplit(call.url).query))
    return signing.sign_sync(key, query["nonce"], query["timestamp"], call.body)


def hashed_body(key: str, call: SellerCall) -> str:
    """The kit over the body's hash."""
    return signing.sign_call(key, call.headers["x-nonce"], call.headers["x-timestamp"], call.body)


def written_anew(key: str, call: SellerCall) -> str:
    """V2 over a body in another layout, with blanks."""
    query = dict(parse_qsl(urlsplit(call.url).query))
    return signing.sign_call(key, query["nonce"], query["timestamp"], json.dumps(json.loads(call.body)).encode())


def something_else(_key: str, _call: SellerCall) -> str:
    """Not a usual mistake."""
    return hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize(
    ("protocol", "operation", "mistake", "name"),
    [
        ("v1", "newInstance", key_alone, "key-without-timestamp"),
        ("v1", "tenantSync", kit_key_alone, "key-without-timestamp"),
        ("v2", "newInstance", raw_body, "no-body-hash"),
        ("v2", "newInstance", written_anew, "body-with-blanks"),
        ("v2", "tenantSync", hashed_body, "body-hash"),
        ("v2", "tenantSync", something_else, "unlike"),
    ],
)
def test_the_mistake_of_a_seller_is_returned_by_the_api(
    world: World, center: httpx.Client, protocol: str, operation: str, mistake: Mistake, name: str
) -> None:
    key, call = called(world, center, protocol, operation)

    right = center.post("/api/calls/1/diagnosis", json={"signature": call.signature}).json()
    wrong = center.post("/api/calls/1/diagnosis", json={"signature": mistake(key, call)}).json()

    assert right == {"same": True, "mistakes": [], "advice": []}
    assert (wrong["same"], wrong["mistakes"]) == (False, [name])
    assert all(text.endswith(".") for text in wrong["advice"])
    assert len(log_of(world)) == 1


def test_what_cannot_be_compared_is_refused(world: World, center: httpx.Client) -> None:
    called(world, center, "v2", "newInstance")
    assert center.post("/api/calls/9/diagnosis", json={"signature": "x"}).status_code == 404
    assert center.post("/api/calls/1/diagnosis", json={"signature": ""}).status_code == 422
    assert center.post("/api/calls/1/diagnosis", json={"signature": "x" * 201}).status_code == 422
    half = rb'{"signature":"a\ud800b"}'
    sent = center.post("/api/calls/1/diagnosis", content=half, headers={"Content-Type": "application/json"})
    assert sent.status_code == 422


def test_the_page_shows_a_blank_that_was_a_plus_and_the_same_signature(world: World, center: httpx.Client) -> None:
    drive(world, "", "v1", access_key="")
    while not (plus := [call for call in log_of(world) if "+" in call.signature]):
        center.post("/api/calls", json={"product": catalogue.GUANCE_CONTENT, "operation": "newInstance"})
    number, signature = plus[0].number, plus[0].signature

    def compare(given: str) -> httpx.Response:
        page = center.get(f"/calls/{number}")
        return center.post(f"/calls/{number}", data={"csrf_token": token(page), "signature": given})

    assert "A + of the signature became a blank" in compare(signature.replace("+", " ")).text
    assert "Your signature is the same." in compare(signature).text
    assert "None of the usual mistakes" in compare("ä").text
    empty = compare(" ")
    assert empty.status_code == 422
    assert "Nothing was saved" not in empty.text
    assert "Fill in this field." in html.unescape(empty.text)
