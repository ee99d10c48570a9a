"""The production address: the marketplace's signed calls, answered with documented result codes (spec huawei 2.7)."""

from collections.abc import Callable
from typing import Any, Final, cast

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from mock_sites.guance.domain import locks, subscriptions, tenants
from mock_sites.guance.production_api import nonces, orders
from mock_sites.guance.production_api.signing import base_signature, is_same, is_timely, kit_signature
from mock_sites.web.context import book, world
from mock_sites.web.site import csrf
from mock_sites.world.agreement import seller_keys

SUCCESS: Final = "000000"
NOT_AUTHENTICATED: Final = "000001"
INVALID_PARAMETER: Final = "000002"
UNKNOWN_INSTANCE: Final = "000003"
OTHER_ERROR: Final = "000005"

FRONT_END: Final = "https://console.guance.com"
LONGEST_VALUE: Final = 64
"""Characters of an id (M64 in spec huawei 2.6 and 4.1)."""
MOST_INSTANCES: Final = 100
"""Instances of one queryInstance call."""

Body = dict[str, Any]
Sign = Callable[[str, str, str, Body], str]

blueprint = Blueprint("production_api", __name__, url_prefix="/huaweicloud")
csrf.exempt(blueprint)


class Fault(Exception):  # noqa: N818 - an answer of the protocol
    """An answer other than success."""

    def __init__(self, code: str, message: str) -> None:
        """Answer with ``code`` and ``message``."""
        super().__init__(message)
        self.code = code


@blueprint.errorhandler(Fault)
def _answer_fault(fault: Fault) -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
    return _answer(fault.code, str(fault))


@blueprint.post("")
def base() -> ResponseReturnValue:
    """The base interface, V2.0: which operation it is, ``activity`` says."""
    query = request.args
    body = _authenticated(query.get("signature"), query.get("timestamp"), query.get("nonce"), base_signature)
    operation = OPERATIONS.get(str(body.get("activity")))
    if operation is None:
        raise Fault(INVALID_PARAMETER, "unknown activity")
    return operation(body, query["nonce"])


@blueprint.post("/produceAPI/v2/tenantSync")
def tenant_sync() -> ResponseReturnValue:
    """An enterprise was bound to an instance (flag 1), changed (2) or taken from it (0)."""
    headers = request.headers
    body = _authenticated(headers.get("x-sign"), headers.get("x-timestamp"), headers.get("x-nonce"), kit_signature)
    instance_id, tenant_id, flag = _text(body, "instanceId"), _text(body, "tenantId"), body.get("flag")
    _use_up(headers["x-nonce"])
    if flag == 0:
        tenants.remove(book(), tenant_id, instance_id)
        return _answer()
    if flag not in {1, 2}:
        raise Fault(INVALID_PARAMETER, "flag must be 0, 1 or 2")
    facts = tenants.TenantFacts(
        tenant_id, instance_id, _text(body, "tenantCode"), _text(body, "name", 255), _text(body, "domainName", 255)
    )
    if subscriptions.find(book(), instance_id) is None:
        raise Fault(UNKNOWN_INSTANCE, "no such instance")
    tenants.sync(book(), facts)
    return _answer()


def new_instance(body: Body, nonce: str) -> ResponseReturnValue:
    """Make the instance of an order line, or find it again. Who bought it is asked before our own book is opened."""
    order_id, order_line_id, business_id = (_text(body, name) for name in ("orderId", "orderLineId", "businessId"))
    purchase = orders.look_up(world(), order_id, order_line_id)
    _use_up(nonce)
    if purchase is None:
        raise Fault(OTHER_ERROR, "the order query did not tell who bought this order line")
    subscription = subscriptions.open_subscription(book(), purchase, business_id)
    return _answer(instanceId=subscription.instance_id)


def query_instance(body: Body, nonce: str) -> ResponseReturnValue:
    """Where to use the instances, a comma list of at most 100."""
    wanted = _text(body, "instanceId", MOST_INSTANCES * (LONGEST_VALUE + 1)).split(",")
    _use_up(nonce)
    if len(wanted) > MOST_INSTANCES:
        raise Fault(INVALID_PARAMETER, "at most 100 instances")
    if not all(subscriptions.find(book(), instance_id) for instance_id in wanted):
        raise Fault(UNKNOWN_INSTANCE, "no such instance")
    app_info = {"frontEndUrl": FRONT_END, "userName": "", "password": "", "memo": ""}
    return _answer(info=[{"instanceId": instance_id, "appInfo": app_info} for instance_id in wanted])


def release_instance(body: Body, nonce: str) -> ResponseReturnValue:
    """Close the instance for good and lock what it paid for; done again, it is still a success."""
    instance_id = _text(body, "instanceId")
    _use_up(nonce)
    if not locks.cancel_subscription(book(), instance_id):
        raise Fault(UNKNOWN_INSTANCE, "no such instance")
    return _answer()


OPERATIONS: Final = {"newInstance": new_instance, "queryInstance": query_instance, "releaseInstance": release_instance}


def _authenticated(signature: str | None, timestamp: str | None, nonce: str | None, sign: Sign) -> Body:
    """The call's body, if it is signed with the agreed key and not older than a minute."""
    content = request.get_json(force=True, silent=True)
    if not isinstance(content, dict):
        raise Fault(INVALID_PARAMETER, "the body is no JSON object")
    body = cast("Body", content)
    if not (timestamp and nonce and len(nonce) <= LONGEST_VALUE):
        raise Fault(INVALID_PARAMETER, "timestamp or nonce is missing")
    expected = sign(seller_keys(world().seed).access_key, nonce, timestamp, body)
    if not (signature and is_same(expected, signature)):
        raise Fault(NOT_AUTHENTICATED, "the signature is wrong")
    if not is_timely(timestamp, world().clock.now()):
        raise Fault(NOT_AUTHENTICATED, "the timestamp is more than 60 seconds off")
    return body


def _use_up(nonce: str) -> None:
    if not nonces.use_up(book(), nonce):
        raise Fault(NOT_AUTHENTICATED, "the nonce was used before")


def _text(body: Body, name: str, longest: int = LONGEST_VALUE) -> str:
    value = body.get(name)
    if not (isinstance(value, str) and 0 < len(value) <= longest):
        raise Fault(INVALID_PARAMETER, f"{name} is missing or too long")
    return value


def _answer(code: str = SUCCESS, message: str = "success", **more: Any) -> ResponseReturnValue:
    return jsonify(resultCode=code, resultMsg=message, **more)
