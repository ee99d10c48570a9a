"""The answers of the API about accounts, offers, orders, services, enterprises, members and calls."""

from typing import Any

from mock_sites.huawei.domain import renewals, usage_rules
from mock_sites.huawei.domain.catalogue import Offer
from mock_sites.huawei.domain.tables import (
    Account,
    Enterprise,
    FailedSync,
    Member,
    Order,
    Package,
    Resource,
    SellerCall,
)
from mock_sites.huawei.protocol import addresses
from mock_sites.huawei.seller_center import presenting
from mock_sites.world.unit_of_work import UnitOfWork


def account(of: Account) -> dict[str, Any]:
    """An account."""
    return {name: getattr(of, name) for name in ("id", "name", "email", "verified", "balance", "used_fen")}


def offer(of: Offer) -> dict[str, Any]:
    """Something that can be ordered."""
    chosen, package = of.specification or of.package, of.package
    return {
        "offer": of.product_id,
        "product": of.product.content_id,
        "title": of.product.title,
        "edition": chosen.name if chosen else "",
        "seller": of.product.seller,
        "kind": of.kind,
        "period": of.specification.period_type if of.specification else "",
        "price": of.price,
        "quota": usage_rules.number(package.quota_units) if package else "",
        "unit": package.unit if package else "",
        "stops": bool(package and package.stops),
    }


def order(of: Order) -> dict[str, Any]:
    """An order."""
    same = ("id", "type", "state", "attempt", "quantity", "amount", "refund", "auto_renew", "created_at", "paid_at")
    return {name: getattr(of, name) for name in same} | {
        "product": of.content_id,
        "title": of.product.title,
        "specification": of.specification_id,
        "package": of.package_id,
        "periods": of.period_number,
        "instance": of.instance_id,
        "expires_at": of.expires_at,
    }


def service(of: Resource) -> dict[str, Any]:
    """A purchased service."""
    same = ("state", "role", "auto_renew", "created_at", "expires_at", "closed_at")
    return {name: getattr(of, name) for name in same} | {
        "instance": of.instance_id,
        "order": of.order_id,
        "product": of.order.content_id,
        "title": of.order.product.title,
        "specification": of.specification_id,
        "package": _package(of, of.package) if of.package else None,
        "uncharged_usage": usage_rules.number(of.uncharged_units),
        "trial": renewals.is_trial(of),
        "enterprise": of.enterprise_id,
    }


def _package(of: Resource, offer: Package) -> dict[str, Any]:
    """What is used and left of a package."""
    return {
        "offer": offer.product_id,
        "name": offer.name,
        "quota": usage_rules.number(offer.quota_units),
        "used": usage_rules.number(of.used_units),
        "left": usage_rules.number(usage_rules.left(of, offer)),
        "unit": offer.unit,
        "stops": offer.stops,
    }


def enterprise_summary(of: Enterprise) -> dict[str, Any]:
    """An enterprise in a list."""
    return {name: getattr(of, name) for name in ("id", "name", "domain", "state", "ready_at")}


def enterprise(of: Enterprise, login_url: str) -> dict[str, Any]:
    """An enterprise, with the unified login link of its current service."""
    return enterprise_summary(of) | {"login_url": login_url}


def member(of: Member) -> dict[str, Any]:
    """A member of an enterprise."""
    same = ("id", "account", "login_name", "name", "phone", "email", "authorized", "password_is_initial")
    return {name: getattr(of, name) for name in same} | {"department": of.department.path}


def failure(of: FailedSync) -> dict[str, Any]:
    """A failed call about an enterprise."""
    same = {name: getattr(of, name) for name in ("number", "at")}
    explanation = of.explanation.format(**of.details)
    return same | {"operation": of.interface, "enterprise": of.enterprise_id, "explanation": explanation}


def call(uow: UnitOfWork, of: SellerCall) -> dict[str, Any]:
    """A call to a seller, without secrets. The Seller Center shows all of it."""
    shown = presenting.show(uow, of, str)
    same = {name: getattr(of, name) for name in ("number", "at", "verdict", "code")}
    return (
        same
        | {"operation": of.activity, "explanation": shown.explanation, "advice": shown.advice}
        | {"url": uow.world.local(addresses.of_call(of.number))}
    )
