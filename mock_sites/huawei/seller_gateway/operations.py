"""The operations of the production interface: the data that each sends, from the rows (spec huawei 2.4 and 2.6).

Callers use the V2 names and parameters, whichever protocol the seller has.
"""

from collections.abc import Callable, Mapping
from typing import Final

from mock_sites.huawei.domain.jobs import Activity, OperationCall, Origin
from mock_sites.huawei.domain.states import SupervisionState
from mock_sites.huawei.domain.tables import Order, Resource, Specification
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.activities import V1_NAMES, V1Activity
from mock_sites.huawei.protocol.moments import to_the_millisecond
from mock_sites.huawei.protocol.orders import FREEZE, NORMAL, TRIAL_TO_FORMAL
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.huawei.seller_gateway.terms import CHARGING_V1, Terms, moment, product_info, terms_of
from mock_sites.world import sensitive_fields
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.unit_of_work import UnitOfWork

LETTERS_AND_DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

Build = Callable[[UnitOfWork, Agreed, OperationCall], JsonObject]


def fields_of(uow: UnitOfWork, agreed: Agreed, asked: OperationCall) -> JsonObject:
    """The parameters of the operation in the seller's protocol, with its ``activity``.

    Raises:
        KeyError: there is no such operation.
    """
    operations = V1 if agreed.protocol == "v1" else V2
    fields = operations[asked.activity](uow, agreed, asked)
    named = {names.ACTIVITY: asked.activity} | fields
    if agreed.sends_test_flag:
        named[names.TEST_FLAG] = "0"
    return {name: value for name, value in named.items() if value is not None}


def content_of(uow: UnitOfWork, asked: OperationCall) -> str:
    """The product of a call."""
    return (_order(uow, asked) if asked.order else _purchase(uow, asked)).content_id


def _order(uow: UnitOfWork, asked: OperationCall) -> Order:
    return uow.session.get_one(Order, asked.order)


def _purchase(uow: UnitOfWork, asked: OperationCall) -> Order:
    return uow.session.get_one(Resource, asked.instance).order


def _business_id(uow: UnitOfWork, order: Order, asked: OperationCall) -> str:
    """It differs for each request. The first has the order's, which is recommended as the instance's id (2.1)."""
    first = asked.tries == 1 and asked.origin is Origin.DELIVERY and asked.supervision is SupervisionState.NONE
    return order.business_id if first else uow.random_text("business", 32)


# ---------------------------------------------------------------------- V2


def _order_line(order: Order) -> JsonObject:
    return {names.ORDER_ID: order.id, names.ORDER_LINE_ID: order.line_id}


def _new_instance(uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    order = _order(uow, asked)
    return _order_line(order) | {names.BUSINESS_ID: _business_id(uow, order, asked)}


def _query_instance(_uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    return {names.INSTANCE_ID: asked.instance}


def _refresh_instance(uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    order = _order(uow, asked)
    terms = terms_of(order)
    period = {names.PRODUCT_ID: terms.product_id, names.EXPIRE_TIME: moment(terms.expires_at)}
    return {names.SCENE: asked.scene, names.INSTANCE_ID: asked.instance} | _order_line(order) | period


def _update_instance_status(_uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    return {names.INSTANCE_ID: asked.instance, names.STATUS: asked.status}


def _of_instance_and_order(uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    return {names.INSTANCE_ID: asked.instance} | _order_line(_order(uow, asked))


def _change_instance_check(uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    to, title = uow.session.get_one(Specification, asked.specification), _purchase(uow, asked).product.title
    return {names.INSTANCE_ID: asked.instance, names.PRODUCT_INFO: product_info(to.product_id, to.sku_code, title)}


def _order_notify(uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    """Its ``testFlag`` is mandatory (``sources.V2_ORDER_NOTIFY``)."""
    return _order_line(_order(uow, asked)) | {names.TEST_FLAG: "0"}


V2: Final[Mapping[Activity, Build]] = {
    Activity.NEW_INSTANCE: _new_instance,
    Activity.QUERY_INSTANCE: _query_instance,
    Activity.REFRESH_INSTANCE: _refresh_instance,
    Activity.UPDATE_INSTANCE_STATUS: _update_instance_status,
    Activity.RELEASE_INSTANCE: _of_instance_and_order,
    Activity.UPGRADE_INSTANCE: _of_instance_and_order,
    Activity.CHANGE_INSTANCE_CHECK: _change_instance_check,
    Activity.ORDER_NOTIFY: _order_notify,
}


# ---------------------------------------------------------------------- V1


def _v1_new_instance(uow: UnitOfWork, agreed: Agreed, asked: OperationCall) -> JsonObject:
    order = _order(uow, asked)
    account, terms = order.account, terms_of(order)
    return {
        names.CUSTOMER_ID: account.id,
        names.CUSTOMER_NAME: account.name,
        names.MOBILE_PHONE: encrypted(uow, agreed, account.phone),
        names.EMAIL: encrypted(uow, agreed, account.email),
        names.BUSINESS_ID: _business_id(uow, order, asked),
        names.ORDER_ID: order.id,
        names.SKU_CODE: terms.sku_code,
        names.PRODUCT_ID: terms.product_id,
        names.TRIAL_FLAG: "1" if terms.order_type == "TRIAL" else "0",
        names.EXPIRE_TIME: moment(terms.expires_at),
        names.CHARGING_MODE: CHARGING_V1[terms.charging_mode],
        **_period(terms),
        names.ORDER_AMOUNT: terms.amount,
        names.AMOUNT: terms.quantity,
        names.ACCEPTANCE_TIME: to_the_millisecond(order.accepted_at) if order.accepted_at else None,
    }


def _v1_refresh_instance(uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    order = _order(uow, asked)
    terms = terms_of(order)
    return {
        names.ORDER_ID: order.id,
        names.INSTANCE_ID: asked.instance,
        names.PRODUCT_ID: terms.product_id,
        names.EXPIRE_TIME: moment(terms.expires_at),
        names.TRIAL_TO_FORMAL: "1" if asked.scene == TRIAL_TO_FORMAL else None,
        **_period(terms),
        names.ORDER_AMOUNT: terms.amount,
    }


def _v1_status(uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    if asked.expired:
        purchase = _purchase(uow, asked)
        return {"activity": V1Activity.EXPIRE_INSTANCE, names.INSTANCE_ID: asked.instance, names.ORDER_ID: purchase.id}
    status = FREEZE if asked.status == FREEZE else NORMAL
    return {"activity": V1_NAMES[asked.activity], names.INSTANCE_ID: asked.instance, names.INSTANCE_STATUS: status}


def _v1_of_instance_and_order(uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    return {names.INSTANCE_ID: asked.instance, names.ORDER_ID: _order(uow, asked).id}


def _v1_upgrade(uow: UnitOfWork, _agreed: Agreed, asked: OperationCall) -> JsonObject:
    order = _order(uow, asked)
    terms = terms_of(order)
    return {
        "activity": V1_NAMES[asked.activity],
        names.INSTANCE_ID: asked.instance,
        names.ORDER_ID: order.id,
        names.SKU_CODE: terms.sku_code,
        names.PRODUCT_ID: terms.product_id,
        names.AMOUNT: terms.quantity,
    }


def _period(terms: Terms) -> JsonObject:
    """V1 has only years and months."""
    if terms.period_type not in {"year", "month"}:
        return {}
    return {names.PERIOD_TYPE: terms.period_type, names.PERIOD_NUMBER: terms.period_number}


def encrypted(uow: UnitOfWork, agreed: Agreed, text: str) -> str:
    """A sensitive field of a V1 call (spec huawei 2.3)."""
    iv = uow.random_text("initialization-vector", sensitive_fields.IV_LENGTH, LETTERS_AND_DIGITS)
    return sensitive_fields.encrypt(agreed.keys[Interface.PRODUCTION], text, iv, agreed.encrypt_type)


V1: Final[Mapping[Activity, Build]] = {
    Activity.NEW_INSTANCE: _v1_new_instance,
    Activity.QUERY_INSTANCE: _query_instance,
    Activity.REFRESH_INSTANCE: _v1_refresh_instance,
    Activity.UPDATE_INSTANCE_STATUS: _v1_status,
    Activity.RELEASE_INSTANCE: _v1_of_instance_and_order,
    Activity.UPGRADE_INSTANCE: _v1_upgrade,
}
"""By their V2 names. ``getLicense``, the ``newInstance`` of licence products, is only sent by hand, because the mock
sells no such product.
"""
