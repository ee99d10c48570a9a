"""The operations of the base interface, V1.0 and V2.0 (spec huawei 2.4 and 2.6).

Each reads its parameters and, if needed, asks the marketplace, before Guance's unit of work is open. It returns a
``PreparedChange``, which is made only if the call is new and not a test call.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from mock_sites.guance.domain import locks, subscriptions, usage, usage_packages
from mock_sites.guance.domain.sites import BILLING_CENTER_HOST
from mock_sites.guance.domain.states import SubscriptionState, SuspendedFor
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Subscription
from mock_sites.guance.production_api import app_info, orders
from mock_sites.guance.production_api.answers import INVALID_PARAMETER, OTHER_ERROR, Fault, unknown_instance
from mock_sites.guance.production_api.changes import Operation, PreparedChange, rehearsed_instance, silent
from mock_sites.guance.production_api.envelope import LONGEST_VALUE, ProductionCall
from mock_sites.web.context import world
from mock_sites.world.agreement import GUANCE_PRODUCT
from mock_sites.world.foreign_text import read_json
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.unit_of_work import UnitOfWork

MOST_INSTANCES: Final = 100
"""The most instances in one queryInstance call."""

SCENES: Final = ("TRIAL_TO_FORMAL", "RENEWAL", "UNSUBSCRIBE_RENEWAL_PERIOD", "RENEWAL_CHANGE")


def new_instance_v2(call: ProductionCall) -> PreparedChange:
    """Create the instance of an order line, or find it again. The marketplace is asked who bought it."""
    order_id, line_id, business_id = (call.text(name) for name in ("orderId", "orderLineId", "businessId"))
    purchase = None if call.is_test else orders.look_up(world(), order_id, line_id)

    def make(uow: UnitOfWork) -> JsonObject:
        return {"instanceId": _open(uow, _known(purchase), business_id)}

    return PreparedChange(make, {"instanceId": rehearsed_instance(order_id, line_id)})


def new_instance_v1(call: ProductionCall) -> PreparedChange:
    """Create the instance of an order's product, or find it again. The call itself says who bought it."""
    order_id, product_id, business_id = (call.text(name) for name in ("orderId", "productId", "businessId"))
    call.text("skuCode")
    purchase = Purchase(
        order_id=order_id,
        order_line_id=product_id,
        huawei_account_id=call.text("customerId", 100),
        product_id=product_id,
        product_name="",
        expires_at=_moment(call, "expireTime") if call.optional("expireTime", 20) else None,
        mobile=app_info.decrypted(call, "mobilePhone"),
        email=app_info.decrypted(call, "email"),
        is_package=call.optional("chargingMode", 4) == "5",
    )

    def answer(instance_id: str, email: str) -> JsonObject:
        access = app_info.shown(call, email)
        return {"encryptType": app_info.ENCRYPT_TYPE, "instanceId": instance_id, "appInfo": access}

    def make(uow: UnitOfWork) -> JsonObject:
        instance_id = _open(uow, purchase, business_id)
        subscription = subscriptions.find(uow, instance_id)
        return answer(instance_id, subscription.email if subscription else "")

    return PreparedChange(make, answer(rehearsed_instance(order_id, product_id), purchase.email))


def query_instance(call: ProductionCall) -> PreparedChange:
    """The access information of the instances, a comma-separated list of at most 100, and what pay-per-use ones have
    cost. V1.0 encrypts sensitive fields.
    """
    wanted = call.text("instanceId", MOST_INSTANCES * (LONGEST_VALUE + 1)).split(",")
    if len(wanted) > MOST_INSTANCES:
        raise Fault(INVALID_PARAMETER, "at most 100 instances")

    def answer(known: Mapping[str, Subscription]) -> JsonObject:
        info = [_info(call, one, known.get(one)) for one in wanted]
        return {"info": info} if call.protocol == "v2" else {"encryptType": app_info.ENCRYPT_TYPE, "info": info}

    def make(uow: UnitOfWork) -> JsonObject:
        found = {instance_id: subscriptions.find(uow, instance_id) for instance_id in wanted}
        known = {instance_id: row for instance_id, row in found.items() if row is not None}
        if not all(usage_packages.find(uow, instance_id) for instance_id in found.keys() - known.keys()):
            raise unknown_instance()
        return answer(known)

    return PreparedChange(make, answer({}))


def refresh_instance(call: ProductionCall) -> PreparedChange:
    """Change the end of an instance, after a renewal, its refund, or the purchase of a trial."""
    instance_id, order_id, until = call.text("instanceId"), call.text("orderId"), _moment(call, "expireTime")
    product_id = call.optional("productId")
    if call.protocol == "v2":
        call.text("orderLineId")
        scene = call.one_of("scene", *SCENES)
    else:
        scene = "TRIAL_TO_FORMAL" if call.optional("trialToFormal", 1) == "1" else "RENEWAL"

    def renew(uow: UnitOfWork) -> None:
        subscription = _living(uow, instance_id)
        locks.renew_subscription(uow, subscription, until=until, scene=scene, order_id=order_id)
        if scene == "RENEWAL_CHANGE" and product_id:
            subscriptions.change_product(uow, subscription, product_id=product_id, order_id=order_id)

    return silent(renew)


def expire_instance(call: ProductionCall) -> PreparedChange:
    """V1.0: an instance has expired. A renewal can still resume it."""
    instance_id = call.text("instanceId")
    call.text("orderId")
    return silent(lambda uow: locks.suspend_subscription(uow, _living(uow, instance_id), SuspendedFor.EXPIRED))


def instance_status(call: ProductionCall) -> PreparedChange:
    """V1.0: freeze an instance, or resume it."""
    return _freeze_or_not(call.text("instanceId"), call.one_of("instanceStatus", "FREEZE", "NORMAL"))


def update_instance_status(call: ProductionCall) -> PreparedChange:
    """V2.0: freeze an instance, which also happens when it expires, or resume it."""
    return _freeze_or_not(call.text("instanceId"), call.one_of("status", "FREEZE", "UNFREEZE"))


def release_instance(call: ProductionCall) -> PreparedChange:
    """Close an instance for good and lock the workspaces it paid for. Repeating it succeeds."""
    instance_id = call.text("instanceId")
    if call.protocol == "v1":
        call.text("orderId")
    call.optional("orderId")
    call.optional("orderLineId")

    def release(uow: UnitOfWork) -> None:
        if package := usage_packages.find(uow, instance_id):
            usage_packages.close(uow, package)
        elif not locks.cancel_subscription(uow, instance_id):
            raise unknown_instance()

    return silent(release)


def upgrade_v1(call: ProductionCall) -> PreparedChange:
    """V1.0: change the specification, which the call names."""
    instance_id, order_id, product_id = call.text("instanceId"), call.text("orderId"), call.text("productId")
    call.text("skuCode")

    def upgrade(uow: UnitOfWork) -> None:
        subscriptions.change_product(uow, _living(uow, instance_id), product_id=product_id, order_id=order_id)

    return silent(upgrade)


def upgrade_v2(call: ProductionCall) -> PreparedChange:
    """V2.0: change the specification. The marketplace is asked which one was ordered."""
    instance_id, order_id, line_id = (call.text(name) for name in ("instanceId", "orderId", "orderLineId"))
    purchase = None if call.is_test else orders.look_up(world(), order_id, line_id)

    def upgrade(uow: UnitOfWork) -> None:
        ordered, subscription = _known(purchase), _living(uow, instance_id)
        if ordered.huawei_account_id != subscription.huawei_account_id:
            raise Fault(INVALID_PARAMETER, "the order is another customer's")
        subscriptions.change_product(uow, subscription, product_id=ordered.product_id, order_id=order_id)

    return silent(upgrade)


def change_instance_check(call: ProductionCall) -> PreparedChange:
    """V2.0: whether a renewal may change the specification. Every renewal may."""
    instance_id, product = call.text("instanceId"), _parsed(call.body.get("productInfo"))
    if not isinstance(product, dict) or not {"productId", "skuCode"} <= cast("dict[str, Any]", product).keys():
        raise Fault(INVALID_PARAMETER, "productInfo is no object with productId and skuCode")

    def check(uow: UnitOfWork) -> None:
        _living(uow, instance_id)

    return silent(check)


def order_notify(call: ProductionCall) -> PreparedChange:
    """V2.0: there is a new order. Guance needs no notification: it asks for the order when its instance is created."""
    for name in ("orderId", "orderLineId", "testFlag"):
        call.text(name)
    return silent(lambda _uow: None)


def get_license(_call: ProductionCall) -> PreparedChange:
    """V1.0: for products with a licence. Guance has none."""
    raise Fault(INVALID_PARAMETER, "this product has no license")


V1: Final[Mapping[str, Operation]] = {
    "newInstance": new_instance_v1,
    "queryInstance": query_instance,
    "refreshInstance": refresh_instance,
    "expireInstance": expire_instance,
    "instanceStatus": instance_status,
    "releaseInstance": release_instance,
    "upgrade": upgrade_v1,
    "getLicense": get_license,
}

V2: Final[Mapping[str, Operation]] = {
    "newInstance": new_instance_v2,
    "queryInstance": query_instance,
    "refreshInstance": refresh_instance,
    "updateInstanceStatus": update_instance_status,
    "releaseInstance": release_instance,
    "upgradeInstance": upgrade_v2,
    "changeInstanceCheck": change_instance_check,
    "orderNotify": order_notify,
}


def of(call: ProductionCall) -> PreparedChange:
    """Prepare the change of a call.

    Raises:
        Fault: the operation does not exist, or a parameter is wrong.
    """
    operations = V1 if call.protocol == "v1" else V2
    return operations[call.one_of("activity", *operations)](call)


def _info(call: ProductionCall, instance_id: str, row: Subscription | None) -> JsonObject:
    """An instance in the answer of queryInstance. ``usageInfo`` has the running total that was reported, in CNY, and
    where bills are read.
    """
    info: JsonObject = {"instanceId": instance_id, "appInfo": app_info.shown(call, row.email if row else "")}
    if row and row.product_id == GUANCE_PRODUCT:
        until = usage.end_of(row.reported_until - timedelta(days=1))
        entry = {"usageValue": row.reported_fen / 100, "statisticalTime": f"{until:%Y%m%d%H%M%S}000"}
        info["usageInfo"] = [entry | {"dashboardUrl": f"https://{BILLING_CENTER_HOST}/bills"}]
    return info


def _open(uow: UnitOfWork, purchase: Purchase, business_id: str) -> str:
    """The instance of a purchase: a subscription, or a package of usage."""
    if purchase.is_package:
        return usage_packages.open_package(uow, purchase, business_id).instance_id
    return subscriptions.open_subscription(uow, purchase, business_id).instance_id


def _freeze_or_not(instance_id: str, status: str) -> PreparedChange:
    if status == "FREEZE":
        return silent(lambda uow: locks.suspend_subscription(uow, _living(uow, instance_id), SuspendedFor.FROZEN))
    return silent(lambda uow: locks.resume_subscription(uow, _living(uow, instance_id)))


def _living(uow: UnitOfWork, instance_id: str) -> Subscription:
    subscription = subscriptions.find(uow, instance_id)
    if subscription is None or subscription.state is SubscriptionState.CLOSED:
        raise unknown_instance()
    return subscription


def _known(purchase: Purchase | None) -> Purchase:
    if purchase is None:
        raise Fault(OTHER_ERROR, "the order query did not tell who bought this order line")
    return purchase


def _parsed(product: Any) -> Any:
    """The object itself, or the one in a text: the documents have both."""
    if not isinstance(product, str):
        return product
    try:
        return read_json(product)
    except ValueError:
        return None


def _moment(call: ProductionCall, name: str) -> datetime:
    """Parse a UTC time, ``yyyyMMddHHmmss`` with or without milliseconds."""
    text = call.text(name, 20)
    if text.isascii() and text.isdigit() and len(text) in {14, 17}:
        try:
            return datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            pass
    raise Fault(INVALID_PARAMETER, f"{name} is no moment")
