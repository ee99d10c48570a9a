"""Changing a period service: renewal, from trial to formal, upgrade, automatic renewal."""

from collections.abc import Collection

from sqlalchemy import select

from mock_sites.huawei.domain import checkout, expiry, messages, plans, processing
from mock_sites.huawei.domain.catalogue import specifications_of
from mock_sites.huawei.domain.jobs import AutoRenew
from mock_sites.huawei.domain.orders import place, sent_before
from mock_sites.huawei.domain.periods import upgrade_price
from mock_sites.huawei.domain.states import DECIDED, UNFINISHED, OrderState, ResourceState
from mock_sites.huawei.domain.tables import Order, Resource, Specification
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork


def is_trial(resource: Resource) -> bool:
    """Whether the service is a trial, which is not renewed but made formal."""
    return resource.specification is not None and resource.specification.trial


def renewable_as(uow: UnitOfWork, resource: Resource) -> list[Specification]:
    """The specifications for a renewal: those of its edition. From a trial, all editions."""
    offered, now = specifications_of(uow, resource.order.product), processing.going_on_as(resource)
    return offered if is_trial(resource) else [each for each in offered if now and each.sku_code == now.sku_code]


def changeable_to(uow: UnitOfWork, resource: Resource) -> list[Specification]:
    """The other editions for a renewal, higher and lower ones."""
    offered, now = specifications_of(uow, resource.order.product), resource.specification
    return [each for each in offered if now and each.sku_code != now.sku_code]


def upgradable_to(uow: UnitOfWork, resource: Resource) -> list[Specification]:
    """The higher editions with the same kind of period."""
    offered, now = specifications_of(uow, resource.order.product), resource.specification
    if now is None:
        return []
    return [each for each in offered if each.level > now.level and each.period_type == now.period_type]


def check_renewable(uow: UnitOfWork, resource: Resource) -> None:
    """Check that a service can be renewed now.

    Raises:
        Refusal: it was released, or another order about it is not finished.
    """
    processing.check_living(resource)
    _check_nothing_unfinished(uow, resource)


def renew(uow: UnitOfWork, resource: Resource, specification_id: str, number: int, *, attempt: int) -> Order:
    """Order more periods of a service, to be paid. It may be in use or expired, but not released (spec huawei 1.3).

    A trial becomes formal. The same attempt again returns the same order.

    Raises:
        Refusal: it cannot be renewed, or not with this choice.
    """
    kind = "TRIAL_TO_FORMAL" if is_trial(resource) else "RENEW"
    if sent := sent_by(uow, resource, kind, attempt):
        return sent
    check_renewable(uow, resource)
    specification = plans.chosen(renewable_as(uow, resource), specification_id)
    plans.check_number(specification, number)
    return _periods(uow, resource, kind, specification, number)


def check_changeable(uow: UnitOfWork, resource: Resource) -> None:
    """Check that a service can be renewed as another edition.

    Raises:
        Refusal: it cannot be renewed, is a trial, or has a planned change already.
    """
    check_renewable(uow, resource)
    if is_trial(resource):
        raise Refusal(N_("A trial can be made formal in any edition."))
    _check_changes_nothing(resource)


def renew_as(uow: UnitOfWork, resource: Resource, specification_id: str, number: int, *, attempt: int) -> Order:
    """Order more periods of a service as another edition, which the seller has allowed (spec huawei 2.6).

    The edition changes when the new term begins. The same attempt again returns the same order.

    Raises:
        Refusal: it cannot be renewed, or not with this choice.
    """
    if sent := sent_by(uow, resource, "RENEW", attempt):
        return sent
    specification = check_change(uow, resource, specification_id, number)
    return _periods(uow, resource, "RENEW", specification, number)


def check_change(uow: UnitOfWork, resource: Resource, specification_id: str, number: int) -> Specification:
    """The chosen specification for a renewal.

    Raises:
        Refusal: it cannot be renewed, or not with this choice.
    """
    check_changeable(uow, resource)
    specification = plans.chosen(changeable_to(uow, resource), specification_id)
    plans.check_number(specification, number)
    return specification


def check_upgradable(uow: UnitOfWork, resource: Resource) -> None:
    """Check that a service can be upgraded now.

    Raises:
        Refusal: it was released or is expired, is a trial or of the highest edition, or an order is not finished.
    """
    processing.check_living(resource)
    processing.check_in_use(uow, resource)
    if is_trial(resource):
        raise Refusal(N_("A trial is not upgraded. Make it formal, in the edition you want."))
    if not upgradable_to(uow, resource):
        raise Refusal(N_("This is the highest edition already."))
    _check_changes_nothing(resource)
    _check_nothing_unfinished(uow, resource)


def price_of(uow: UnitOfWork, resource: Resource, to: Specification) -> int:
    """The current price of an upgrade, in CNY."""
    if resource.specification is None or resource.expires_at is None:
        return 0
    return upgrade_price(resource.specification, to, uow.now, resource.expires_at)


def upgrade(uow: UnitOfWork, resource: Resource, specification_id: str, *, attempt: int) -> Order:
    """Order a higher edition for the remaining time, to be paid. The same attempt again returns the same order.

    Raises:
        Refusal: it cannot be upgraded, or not to this edition.
    """
    if sent := sent_by(uow, resource, "CHANGE", attempt):
        return sent
    check_upgradable(uow, resource)
    to = plans.chosen(upgradable_to(uow, resource), specification_id)
    return _order(uow, resource, "CHANGE", specification=to, amount=price_of(uow, resource, to))


def check_policy_changeable(resource: Resource) -> None:
    """Check that the service has an expiry policy.

    Raises:
        Refusal: it was released, or is a trial.
    """
    processing.check_living(resource)
    if is_trial(resource):
        raise Refusal(N_("A trial is not renewed by itself. Make it formal first."))


def change_policy(uow: UnitOfWork, resource: Resource, *, auto_renew: bool) -> None:
    """Change the expiry policy: whether the service is renewed automatically, one period at a time.

    Raises:
        Refusal: it was released, or is a trial.
    """
    check_policy_changeable(resource)
    if resource.auto_renew != auto_renew:
        resource.auto_renew = auto_renew
        uow.record("service.policy-changed", instance=resource.instance_id, auto_renew=auto_renew)
        expiry.watch_renewal(uow, resource)


def auto_renew(uow: UnitOfWork, job: AutoRenew) -> None:
    """Renew a service automatically shortly before its end, also if another order about it waits for approval.

    If an order about it is not finished, or the balance is too low, it expires.
    """
    resource = uow.session.get_one(Resource, job.instance)
    if not resource.auto_renew or resource.state is not ResourceState.IN_USE or not expiry.ends_soon(uow, resource):
        return
    specification = resource.specification
    if specification is None:
        return
    is_unfinished = _has_orders(uow, resource, DECIDED)
    if is_unfinished or resource.order.account.available < specification.price:
        uow.record("service.not-renewed", instance=resource.instance_id, price=specification.price)
        messages.service_not_renewed(uow, resource, is_unfinished=is_unfinished)
        return
    details = {"specification": specification, "period_number": 1, "amount": specification.price}
    checkout.pay(uow, _order(uow, resource, "RENEW", **details))


def history(uow: UnitOfWork, resource: Resource) -> list[Order]:
    """The orders about a service, oldest first."""
    wanted = select(Order).where(Order.instance_id == resource.instance_id)
    return list(uow.session.scalars(wanted.order_by(Order.created_at, Order.attempt)))


def _check_nothing_unfinished(uow: UnitOfWork, resource: Resource) -> None:
    if _has_orders(uow, resource, UNFINISHED):
        raise Refusal(N_("An order about this service is not finished. Pay it, cancel it or wait for it in My Orders."))


def _has_orders(uow: UnitOfWork, resource: Resource, states: Collection[OrderState]) -> bool:
    return any(order.state in states for order in history(uow, resource))


def _check_changes_nothing(resource: Resource) -> None:
    if resource.next_specification_id:
        raise Refusal(N_("This service becomes another edition when its present time ends. Change it after that."))


def _periods(uow: UnitOfWork, resource: Resource, kind: str, specification: Specification, number: int) -> Order:
    details = {"specification": specification, "period_number": number, "amount": number * specification.price}
    return _order(uow, resource, kind, **details)


def _order(uow: UnitOfWork, resource: Resource, kind: str, **details: object) -> Order:
    bought = resource.order
    about = {"type": kind, "instance_id": resource.instance_id}
    order = place(uow, bought.account, bought.product, state=OrderState.PENDING_PAYMENT, **about, **details)
    checkout.expect_payment(uow, order)
    return order


def sent_by(uow: UnitOfWork, resource: Resource, kind: str, attempt: int) -> Order | None:
    """The order of this kind about a service that the same attempt has made."""
    account, product = resource.order.account, resource.order.product
    return sent_before(uow, account, product, attempt, type=kind, instance_id=resource.instance_id)
