"""The answers of the Seller Center's API about calls, cases, operations, messages and sellers."""

from typing import Any

from mock_sites.huawei.domain import sale, usage_rules
from mock_sites.huawei.domain.states import SupervisionState, UsageState
from mock_sites.huawei.domain.tables import Order, Product, Seller, SellerCall, UsageRecord
from mock_sites.huawei.protocol import operations
from mock_sites.huawei.protocol.parameters import Operation
from mock_sites.huawei.protocol.usage_push import LONGEST
from mock_sites.huawei.seller_center import calls, cases, drafting, messages, presenting, probes, sending, usage
from mock_sites.huawei.seller_gateway import log, sellers
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork


def find_operation(protocol: str, name: str) -> Operation:
    """The operation with this name.

    Raises:
        NoSuchThingError: the protocol has none.
    """
    found = operations.find(protocol, name)
    if found is None:
        raise sending.UnknownItemError(N_("The seller's protocol has no such operation."))
    return found


def line(of: SellerCall) -> dict[str, Any]:
    """A call in one line."""
    same = ("number", "at", "interface", "protocol", "origin", "verdict", "code", "saved")
    members = {name: getattr(of, name) for name in same}
    return members | {
        "product": of.content_id,
        "operation": of.activity,
        "explanation": log.explained(of),
    }


def call(uow: UnitOfWork, number: int) -> dict[str, Any]:
    """A call and its answer.

    Raises:
        NoSuchThingError: there is none.
    """
    found = sending.find_call(uow, number)
    same = {"repeats": found.repeats, "method": found.method, "status": found.status}
    return line(found) | same | vars(presenting.show(uow, found, str))


def case(saved: cases.SavedCase) -> dict[str, Any]:
    """A saved case and the results of its last replay."""
    return {
        "number": saved.call.number,
        "operation": saved.call.activity,
        "replays": [one.number for one in saved.replays],
        "differences": [one.text.format(**one.details) for one in saved.differences],
    }


def covered(uow: UnitOfWork, agreed: sellers.Agreed, seen: calls.Covered) -> dict[str, Any]:
    """An operation, its parameters, and how often it was called."""
    operation, values = seen.operation, drafting.prefilled(uow, agreed, seen.operation)
    return {
        "name": operation.name,
        "title": operation.title,
        "interface": operation.interface,
        "calls": seen.calls,
        "accepted": seen.accepted,
        "latest": seen.latest,
        "parameters": [
            {
                "name": one.name,
                "mandatory": one.mandatory,
                "longest": one.longest,
                "about": one.about,
                "value": values[one.name],
            }
            for one in operation.parameters
        ],
    }


def message(uow: UnitOfWork, failed: SellerCall) -> dict[str, Any]:
    """An operation that failed for good, and whether it can be restarted."""
    why_not = ""
    try:
        messages.check_restartable(uow, failed)
    except Refusal as refusal:
        why_not = str(refusal)
    return line(failed) | {"restarted": failed.restarted, "hindrance": why_not}


def usage_record(of: UsageRecord) -> dict[str, Any]:
    """A usage record, why it was refused, or what of it packages cover."""
    same = ("number", "received_at", *LONGEST, "state", "code", "collected_at")
    members = {name: getattr(of, name) for name in same}
    parts = [{"package": one.instance_id, "usage": usage_rules.number(one.units)} for one in of.deductions]
    billed = of.state is UsageState.BILLED
    return members | {
        "product": of.content_id,
        "explanation": usage.explanation(of),
        "deductions": parts,
        "charged_usage": usage_rules.number(of.charged_units) if billed else None,
        "uncharged_usage": usage_rules.number(of.uncharged_units) if billed else None,
    }


def find_supervised(uow: UnitOfWork, order_id: str) -> Order:
    """The order with this number, if it is under service supervision.

    Raises:
        UnknownItemError: there is none.
    """
    order = uow.session.get(Order, order_id)
    if order is None or order.supervision is SupervisionState.NONE:
        raise sending.UnknownItemError(N_("There is no such order."))
    return order


def supervised(order: Order) -> dict[str, Any]:
    """An order under service supervision."""
    return {
        "order": order.id,
        "product": order.content_id,
        "instance": order.instance_id or "",
        "created_at": order.created_at,
        "stage": order.supervision,
        "state": order.state,
        "accepted_at": order.accepted_at,
    }


def settings(uow: UnitOfWork, product: Product) -> dict[str, Any]:
    """How the seller of a product is called. Its keys are not shown."""
    row = uow.session.get(Seller, product.content_id)
    values = {name: getattr(row, name) if row else usual for name, usual in sellers.DEFAULTS.items()}
    keys = {name: values.pop(name) for name in sellers.KEY_SETTINGS.values()}
    failed = calls.failed_orders(uow, product.content_id)
    return values | {
        "product": product.content_id,
        "title": product.title,
        "built_in": not values["production_address"],
        **{f"has_{name}": bool(key) for name, key in keys.items()},
        "failed_order_count": failed.count,
        "failed_orders": failed.some,
        "failed_days": probes.days_failed(uow, product.content_id),
        "on_sale": sale.on_sale(uow, product),
    }
