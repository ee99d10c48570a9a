"""The calls to the seller: prepared from the rows, and what the answers change."""

import json
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from mock_sites.huawei.domain import closing, orders
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


def _new_instance(book: Book, payload: Facts) -> Outgoing:
    order = book.session.get_one(Order, payload["order"])
    body = {
        "activity": "newInstance",
        "orderId": order.id,
        "orderLineId": order.line_id,
        "businessId": order.business_id,
        "testFlag": "0",
    }
    return production_call(book, body)


def _new_instance_answered(book: Book, payload: Facts, exchange: Exchange) -> None:
    order, answer = book.session.get_one(Order, payload["order"]), answer_of(exchange)
    instance_id = answer.get("instanceId")
    if answer.get("resultCode") == SUCCESS and isinstance(instance_id, str) and 1 <= len(instance_id) <= 64:
        orders.instance_created(book, order, instance_id)
    else:
        orders.creation_failed(book, order)


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


def _release_instance(book: Book, payload: Facts) -> Outgoing:
    order = book.session.get_one(Resource, payload["instance"]).order
    body = {
        "activity": "releaseInstance",
        "instanceId": payload["instance"],
        "orderId": order.id,
        "orderLineId": order.line_id,
        "testFlag": "0",
    }
    return production_call(book, body)


def _release_instance_answered(book: Book, payload: Facts, exchange: Exchange) -> None:
    """An instance that the seller does not know is as good as released."""
    resource = book.session.get_one(Resource, payload["instance"])
    if answer_of(exchange).get("resultCode") in {SUCCESS, UNKNOWN_INSTANCE}:
        closing.released(book, resource)
    else:
        closing.release_failed(book, resource, payload["tries"])


CREATE_INSTANCE: Final = Call(_new_instance, _new_instance_answered)
SYNC_TENANT: Final = Call(_tenant_sync, _tenant_sync_answered)
RELEASE_INSTANCE: Final = Call(_release_instance, _release_instance_answered)
