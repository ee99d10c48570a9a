"""Bodies with nested fields (spec huawei 2.6a): sent sorted at every depth and signed as sent; verified in three forms.

A signature is right over the body as it came, and over compact JSON with names sorted at the top or at every depth.
"""

import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from runpy import run_path
from typing import Any, Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.mistakes.calls_v2 import SCHEMES
from mock_sites.huawei.protocol import signing
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.subscribing import buy, enterprise_with_wendy
from mock_sites.world import jobs
from mock_sites.world.agreement import ORDER_QUERY, seller_keys
from mock_sites.world.world import World

DOCS: Final = Path(__file__).parents[2] / "docs"
KEY: Final = "mock-access-key"
NONCE: Final = "0123456789abcdef0123456789abcdef"
PRODUCT: Final = {"skuCode": "s", "productId": "p", "linearValue": 1, "productName": "云"}
CHECK: Final = {"testFlag": "1", "instanceId": "i", "productInfo": PRODUCT, "activity": "changeInstanceCheck"}
SYNC: Final = {
    "userList": [{"userName": "wendy", "name": "文迪", "role": "user", "orgCode": "o", "enable": "true"}],
    "timeStamp": "20260302090000000",
    "testFlag": 1,
    "tenantId": "t",
    "instanceId": "i",
    "flag": 1,
    "currentSyncTime": "20260302090000000",
    "appId": "a",
}


def compact(value: object, *, deep: bool = False) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=deep, separators=(",", ":")).encode()


def sorted_at_the_top(fields: Mapping[str, Any], *, reverse: bool = False) -> dict[str, Any]:
    """The fields in order, and what is in them as it is."""
    return {name: fields[name] for name in sorted(fields, reverse=reverse)}


FORMS: Final[Mapping[str, Callable[[Mapping[str, Any], bytes], bytes]]] = {
    "raw": lambda _fields, body: body,
    "top": lambda fields, _body: compact(sorted_at_the_top(fields)),
    "deep": lambda fields, _body: compact(fields, deep=True),
    "backwards": lambda fields, _body: compact(sorted_at_the_top(fields, reverse=True)),
}
"""What is signed of a body. The last one is wrong."""

forms = pytest.mark.parametrize("form", FORMS)


def written(fields: Mapping[str, Any]) -> bytes:
    """A body as a program sends it: in its own order, with blanks."""
    return json.dumps(fields, ensure_ascii=False).encode()


def query_of(key: str, timestamp: str, fields: Mapping[str, Any], form: str) -> dict[str, str]:
    """The query of a call of the production interface, signed over a form of its body."""
    signed = FORMS[form](fields, written(fields))
    return signing.query_of_call(signing.sign_call(key, NONCE, timestamp, signed), NONCE, timestamp)


def headers_of(key: str, timestamp: str, fields: Mapping[str, Any], form: str) -> dict[str, str]:
    """The headers of a call of the kit, signed over a form of its body."""
    signed = FORMS[form](fields, written(fields))
    return signing.headers_of_sync(signing.sign_sync(key, NONCE, timestamp, signed), NONCE, timestamp)


@forms
def test_guances_production_interface_accepts_all_three(world: World, browse: Browse, form: str) -> None:
    key, timestamp = seller_keys(world.seed).access_key, str(int(world.clock.now().timestamp() * 1000))
    seller = browse("https://openapi.guance.com")
    answer = seller.post("/huaweicloud", params=query_of(key, timestamp, CHECK, form), content=written(CHECK))
    assert (answer.json()["resultCode"] == "000001") == (form == "backwards"), answer.text


@forms
def test_guances_kit_accepts_all_three(world: World, browse: Browse, form: str) -> None:
    key, timestamp = seller_keys(world.seed).kit_key, str(int(world.clock.now().timestamp() * 1000))
    headers, seller = headers_of(key, timestamp, SYNC, form), browse("https://openapi.guance.com")
    answer = seller.post("/huaweicloud/produceAPI/v2/authSync", headers=headers, content=written(SYNC))
    assert (answer.json()["resultCode"] == "000001") == (form == "backwards"), answer.text


def example_seller() -> FlaskClient:
    """The example seller, without a socket."""
    app: Flask = run_path(str(DOCS / "example_seller.py"))["create_app"](KEY)
    return app.test_client()


@forms
def test_the_example_seller_accepts_all_three(form: str) -> None:
    timestamp = str(int(time.time() * 1000))
    answer = example_seller().post("/", query_string=query_of(KEY, timestamp, CHECK, form), data=written(CHECK))
    assert (answer.get_json()["resultCode"] == "000001") == (form == "backwards"), answer.text
    headers = headers_of(KEY, timestamp, SYNC, form)
    answer = example_seller().post("/produceAPI/v2/authSync", headers=headers, data=written(SYNC))
    assert (answer.get_json()["resultCode"] == "000001") == (form == "backwards"), answer.text


@forms
def test_the_seller_of_the_example_project_accepts_all_three(form: str) -> None:
    is_signed = run_path(str(DOCS / "example_project" / "seller.py"))["is_signed"]
    query = query_of(KEY, str(int(time.time() * 1000)), CHECK, form)
    with Flask("seller").test_request_context(
        "/", method="POST", query_string=query, data=written(CHECK), content_type="application/json"
    ):
        assert is_signed(KEY) == (form != "backwards")


@forms
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_the_order_query_accepts_all_three(world: World, browse: Browse, form: str, kind: str) -> None:
    """A body of a GET and its type are not documented, but some sellers sign one, as a text (spec huawei 2.6a)."""
    keys, date, path = (
        seller_keys(world.seed),
        f"{world.clock.now():%Y%m%dT%H%M%SZ}",
        f"/{ORDER_QUERY.split('/', 3)[3]}",
    )
    query, signed = {"orderId": "MOCKONDEMAND"}, FORMS[form](CHECK, written(CHECK))
    signature = signing.sign_query(keys.query_secret, method="GET", path=path, query=query, date=date, body=signed)
    authorization = signing.authorization(keys.query_key_id, signature)
    headers = {"X-Sdk-Date": date, "Authorization": authorization, "Content-Type": kind}
    marketplace = browse("https://mkt.myhuaweicloud.com")
    answer = marketplace.request("GET", path, params=query, headers=headers, content=written(CHECK))
    assert answer.status_code == (401 if form == "backwards" else 200)


@forms
@pytest.mark.parametrize(("interface", "sign"), [("production", signing.sign_call), ("kit", signing.sign_sync)])
def test_the_diagnosis_finds_no_mistake_in_all_three(interface: str, sign: Callable[..., str], form: str) -> None:
    fields, timestamp = CHECK if interface == "production" else SYNC, "1772413200000"
    body = signing.payload(fields)
    unsorted = dict(json.loads(body)) | {"productInfo": PRODUCT}
    signature = sign(KEY, NONCE, timestamp, FORMS[form](json.loads(body), body))
    found = SCHEMES[Interface(interface)].explain(signature, KEY, NONCE, timestamp, body)
    assert found == (("sorted-z-to-a",) if form == "backwards" else ()), unsorted


def test_every_call_is_sent_sorted_at_every_depth_and_signed_as_it_is_sent(world: World) -> None:
    enterprise_with_wendy(world, buy(world))
    jobs.run_due(world)
    with world.uow("huawei") as uow:
        sent = list(uow.session.scalars(select(SellerCall)))
    assert {call.activity for call in sent} >= {"newInstance", "tenantSync", "authSync", "allOrgSync"}
    assert b'"userList":[{' in b"".join(call.body for call in sent)
    key = seller_keys(world.seed).kit_key
    for call in sent:
        assert call.body == compact(json.loads(call.body), deep=True), call.activity
        if call.interface == "kit":
            where = call.headers["x-nonce"], call.headers["x-timestamp"]
            assert call.signature == signing.sign_sync(key, *where, call.body)
