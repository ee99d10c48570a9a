"""The calls to the seller: prepared from the rows, and what the answers change."""

import json
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from mock_sites.huawei.domain.outcomes import OUTCOMES
from mock_sites.huawei.domain.tables import Enterprise, Order, Resource
from mock_sites.huawei.seller_gateway import signing
from mock_sites.world.agreement import AUTH_CENTRE, PRODUCTION_ADDRESS, seller_keys
from mock_sites.world.book import Book
from mock_sites.world.company import Call
from mock_sites.world.ledger import Facts
from mock_sites.world.wire import Exchange, Outgoing

SUCCESS: Final = "000000"
UNKNOWN_INSTANCE: Final = "000003"
SYNC_RETRY_SECONDS: Final = 120
MOST_SYNC_RETRIES: Final = 30
"""A failing kit call is made anew every two minutes for an hour."""

PAUSES_AND_TRIES: Final = {
    "newInstance": (600, 19),
    "upgradeInstance": (600, 19),
    "refreshInstance": (120, 31),
    "releaseInstance": (120, 31),
    "updateInstanceStatus": (120, 61),
}
"""Seconds between two tries of an activity, and its tries: three hours, one hour and two (spec huawei 2.8)."""

BEIJING: Final = timedelta(hours=8)


def production_call(book: Book, body: Facts) -> Outgoing:
    """A signed call of the production interface, V2 (spec huawei 2.5)."""
    key, nonce, timestamp, octets = _sealed(book, body)
    query = {"signature": signing.sign_call(key, nonce, timestamp, octets), "timestamp": timestamp, "nonce": nonce}
    return Outgoing("POST", f"{PRODUCTION_ADDRESS}?{urlencode(query)}", {"Content-Type": "application/json"}, octets)


def kit_call(book: Book, interface: str, body: Facts) -> Outgoing:
    """A signed call of the joint-operation kit, V2 (spec huawei 4.1)."""
    key, nonce, timestamp, octets = _sealed(book, body)
    headers = {
        "Content-Type": "application/json",
        "x-sign": signing.sign_sync(key, nonce, timestamp, octets),
        "x-timestamp": timestamp,
        "x-nonce": nonce,
    }
    return Outgoing("POST", f"{PRODUCTION_ADDRESS}/produceAPI/v2/{interface}", headers, octets)


def _sealed(book: Book, body: Facts) -> tuple[str, str, str, bytes]:
    timestamp = str(int(book.world.clock.now().timestamp() * 1000))
    return seller_keys(book.world.seed).access_key, book.letters("nonce", 32), timestamp, signing.payload(body)


def answer_of(exchange: Exchange) -> dict[str, Any]:
    """The seller's JSON answer; empty when there is none that can be read."""
    try:
        answer = json.loads(exchange.body) if exchange.status == 200 else {}
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _prepare(book: Book, payload: Facts) -> Outgoing:
    """The activity's body: who it is about, and what is special to it (spec huawei 2.6)."""
    order = book.session.get_one(Order, payload["order"])
    body: Facts = {"activity": payload["activity"], "testFlag": "0"}
    if payload["activity"] != "updateInstanceStatus":
        body |= {"orderId": order.id, "orderLineId": order.line_id}
    if payload["activity"] == "newInstance":
        return production_call(book, body | {"businessId": order.business_id})
    body["instanceId"] = payload["instance"]
    if payload["activity"] == "updateInstanceStatus":
        body["status"] = payload["status"]
    if payload["activity"] == "refreshInstance" and order.expires_at:
        product_id, expires = order.specification_id, f"{order.expires_at:%Y%m%d%H%M%S}"
        body |= {"scene": payload["scene"], "productId": product_id, "expireTime": expires}
    return production_call(book, body)


def _answered(book: Book, payload: Facts, exchange: Exchange) -> None:
    """Success ends a delivery, and so does an unknown instance that was to be released; the rest is tried again."""
    activity, answer, tries = payload["activity"], answer_of(exchange), payload.get("tries", 1)
    code, instance_id = answer.get("resultCode"), answer.get("instanceId")
    done = code == SUCCESS or (code == UNKNOWN_INSTANCE and activity == "releaseInstance")
    if activity == "newInstance":
        done = done and isinstance(instance_id, str) and 1 <= len(instance_id) <= 64
    pause, most = PAUSES_AND_TRIES[activity]
    if done:
        OUTCOMES[activity].succeeded(book, payload, answer)
    elif tries < most:
        book.schedule("deliver", after=pause, **(payload | {"tries": tries + 1}))
    else:
        OUTCOMES[activity].failed(book, payload)


def _tenant_sync(book: Book, payload: Facts) -> Outgoing:
    enterprise = book.session.get_one(Enterprise, payload["enterprise"])
    resource = book.session.get_one(Resource, payload["instance"])
    body = {
        "instanceId": resource.instance_id,
        "orderId": resource.order_id,
        "tenantId": enterprise.id,
        "tenantCode": enterprise.domain,
        "name": enterprise.name,
        "domainName": AUTH_CENTRE,
        "flag": 1,
        "testFlag": 0,
        "timeStamp": f"{book.world.clock.now() + BEIJING:%Y%m%d%H%M%S%f}"[:17],
    }
    return kit_call(book, "tenantSync", body)


def _tenant_sync_answered(book: Book, payload: Facts, exchange: Exchange) -> None:
    tries = payload.get("tries", 1)
    if answer_of(exchange).get("resultCode") != SUCCESS and tries < MOST_SYNC_RETRIES:
        book.schedule("sync-tenant", after=SYNC_RETRY_SECONDS, **(payload | {"tries": tries + 1}))


DELIVER: Final = Call(_prepare, _answered)
SYNC_TENANT: Final = Call(_tenant_sync, _tenant_sync_answered)
