"""Instances that the marketplace ordered (spec huawei 2.4 and 2.6). Each order line makes one; closing is final.

A suspended instance (frozen or expired) allows no sign-in and no new settlement until it is resumed or renewed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from mock_sites.guance.domain.states import SubscriptionState, SuspendedFor
from mock_sites.guance.domain.tables import CloudAccount, Subscription
from mock_sites.guance.domain.usage import day_of
from mock_sites.world.errors import N_
from mock_sites.world.fields import FieldRule
from mock_sites.world.unit_of_work import UnitOfWork

HUAWEI_ACCOUNT_ID: Final = FieldRule(
    r"[0-9a-f]{32}",
    N_(
        "A Huawei Cloud Account ID has 32 characters, 0 to 9 and a to f. Copy it from My Credentials > API Credentials."
    ),
)

SUSPENDED: Final = N_(
    "The subscription to Guance is suspended on Huawei Cloud: it has expired or was frozen there."
    " Renew it under Purchased Services; then everything goes on as before."
)
"""The message when a user wants to use a suspended instance."""


@dataclass(frozen=True)
class Purchase:
    """The details of an order line, from the order query or (V1.0) from the call itself.

    ``huawei_account_id`` is the buyer's account ID (customerId).
    """

    order_id: str
    order_line_id: str
    huawei_account_id: str
    product_id: str
    product_name: str
    expires_at: datetime | None = None
    mobile: str = ""
    email: str = ""
    is_package: bool = False
    """Whether a package of usage was bought, and no subscription."""


def open_subscription(uow: UnitOfWork, purchase: Purchase, business_id: str) -> Subscription:
    """The subscription of an order line. The first call creates it and later calls find it.

    V1.0 has no order lines: the order's product takes their place, and finds what V2.0 created. The first call's
    ``business_id`` becomes the instance ID, as the marketplace recommends (spec huawei 2.1).
    """
    line, product = purchase.order_line_id, purchase.product_id
    same = Subscription.order_line_id.in_({line, product})
    if line == product:
        same = or_(same, Subscription.product_id == product)
    wanted = select(Subscription).where(Subscription.order_id == purchase.order_id, same)
    subscription = uow.session.scalar(wanted.order_by(Subscription.order_line_id).limit(1))
    if subscription is None:
        instance_id = business_id if find(uow, business_id) is None else uow.random_text("instance", 32)
        subscription = Subscription(
            instance_id=instance_id,
            order_id=purchase.order_id,
            order_line_id=purchase.order_line_id,
            huawei_account_id=purchase.huawei_account_id,
            product_id=purchase.product_id,
            product_name=purchase.product_name,
            state=SubscriptionState.OPEN,
            created_at=uow.now,
            expires_at=purchase.expires_at,
            mobile=purchase.mobile,
            email=purchase.email,
            reported_until=day_of(uow.now),
        )
        uow.session.add(subscription)
        uow.session.flush()
        uow.record(
            "subscription.opened",
            instance=instance_id,
            order=purchase.order_id,
            huawei_account=purchase.huawei_account_id,
        )
    return subscription


def close(uow: UnitOfWork, instance_id: str) -> bool:
    """Close a subscription. False if there is none. Repeating it changes nothing."""
    subscription = find(uow, instance_id)
    if subscription is None:
        return False
    if subscription.state is not SubscriptionState.CLOSED:
        subscription.state, subscription.closed_at = SubscriptionState.CLOSED, uow.now
        uow.record("subscription.closed", instance=instance_id, huawei_account=subscription.huawei_account_id)
    return True


def suspend(uow: UnitOfWork, subscription: Subscription, reason: SuspendedFor) -> None:
    """Suspend a subscription because it expired or was frozen. Frozen takes precedence over expired."""
    if subscription.state is SubscriptionState.SUSPENDED and (subscription.suspended_for, reason) != (
        SuspendedFor.EXPIRED,
        SuspendedFor.FROZEN,
    ):
        return
    subscription.state, subscription.suspended_for = SubscriptionState.SUSPENDED, reason
    uow.record("subscription.suspended", instance=subscription.instance_id, reason=reason)


def resume(uow: UnitOfWork, subscription: Subscription) -> None:
    """Resume a suspended subscription. An open one does not change."""
    if subscription.state is SubscriptionState.SUSPENDED:
        subscription.state, subscription.suspended_for = SubscriptionState.OPEN, SuspendedFor.NOTHING
        uow.record("subscription.resumed", instance=subscription.instance_id)


def renew(uow: UnitOfWork, subscription: Subscription, *, until: datetime, scene: str, order_id: str) -> None:
    """Change the end of a subscription. This resumes one that was suspended because it had expired."""
    if subscription.expires_at != until:
        subscription.expires_at = until
        uow.record(
            "subscription.renewed",
            instance=subscription.instance_id,
            until=until.isoformat(),
            scene=scene,
            order=order_id,
        )
    if subscription.suspended_for is SuspendedFor.EXPIRED and until > uow.now:
        resume(uow, subscription)


def change_product(uow: UnitOfWork, subscription: Subscription, *, product_id: str, order_id: str) -> None:
    """Change the specification of a subscription. Repeating it changes nothing."""
    if subscription.product_id != product_id:
        subscription.product_id = product_id
        uow.record("subscription.upgraded", instance=subscription.instance_id, product=product_id, order=order_id)


def find(uow: UnitOfWork, instance_id: str) -> Subscription | None:
    """The subscription of an instance."""
    return uow.session.get(Subscription, instance_id)


def has_open(uow: UnitOfWork, huawei_account_id: str) -> bool:
    """Whether a Huawei Cloud account has an open subscription."""
    return _has(uow, huawei_account_id, SubscriptionState.OPEN)


def is_suspended(uow: UnitOfWork, huawei_account_id: str | None) -> bool:
    """Whether a Huawei Cloud account has a suspended subscription and none that is open."""
    if huawei_account_id is None or has_open(uow, huawei_account_id):
        return False
    return _has(uow, huawei_account_id, SubscriptionState.SUSPENDED)


def with_state(
    huawei_account_id: ColumnElement[str] | InstrumentedAttribute[str], *states: SubscriptionState
) -> ColumnElement[bool]:
    """The SQL condition: a Huawei Cloud account has a subscription in one of these states."""
    return exists().where(Subscription.huawei_account_id == huawei_account_id, Subscription.state.in_(states))


def those_with(uow: UnitOfWork, huawei_account_ids: Sequence[str], *states: SubscriptionState) -> set[str]:
    """The linked Huawei Cloud accounts, of the given ones, that have a subscription in one of these states."""
    wanted = select(CloudAccount.id).where(CloudAccount.id.in_(huawei_account_ids))
    return set(uow.session.scalars(wanted.where(with_state(CloudAccount.id, *states))))


def has_any(uow: UnitOfWork, huawei_account_id: str) -> bool:
    """Whether a Huawei Cloud account has a subscription that is not closed."""
    return _has(uow, huawei_account_id, SubscriptionState.OPEN, SubscriptionState.SUSPENDED)


def _has(uow: UnitOfWork, huawei_account_id: str, *states: SubscriptionState) -> bool:
    return bool(uow.session.scalar(select(with_state(literal(huawei_account_id), *states))))
