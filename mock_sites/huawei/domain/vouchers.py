"""Vouchers: a seller gives them to buyers, who pay less for an order of its product. No document gives the rules."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain.tables import Account, Order, Product, Voucher
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.seed import DIGITS
from mock_sites.world.unit_of_work import UnitOfWork

AMOUNT: Final = FieldRule(r"[1-9][0-9]{0,4}", N_("Enter a whole number from 1 to 99,999."))
LEAST: Final = FieldRule(r"[0-9]{1,6}", N_("Enter a whole number from 0 to 999,999."))
DAYS: Final = FieldRule(r"[1-9][0-9]{0,2}", N_("Enter a whole number from 1 to 999."))

STATES: Final = ("usable", "used", "expired")

MOST_OFFERED: Final = 20
"""The most vouchers to choose from when an order is paid. The ones that end first are offered."""


def give(uow: UnitOfWork, product: Product, account_name: str, *, amount: int, least: int, days: int) -> Voucher:
    """Give a buyer a voucher for a product: ``amount`` CNY off an order of ``least`` CNY or more, for some days.

    Raises:
        Refusal: there is no such account.
    """
    account = uow.session.scalars(select(Account).where(Account.name == account_name)).first()
    if account is None:
        raise Refusal(N_("There is no account with this name."), field="account")
    voucher = Voucher(
        id=f"V{uow.random_text('voucher', 10, DIGITS)}",
        account=account,
        product=product,
        amount=amount,
        least=least,
        given_at=uow.now,
        expires_at=uow.now + timedelta(days=days),
    )
    uow.session.add(voucher)
    uow.session.flush()
    uow.record("voucher.given", voucher=voucher.id, account=account_name, amount=amount)
    return voucher


def usable_for(uow: UnitOfWork, order: Order) -> list[Voucher]:
    """The vouchers with which an order can be paid, the one that ends first before the others."""
    mine = select(Voucher).where(Voucher.account_id == order.account_id, _states(uow.now)["usable"])
    fitting = mine.where(Voucher.content_id == order.content_id, Voucher.least <= order.amount)
    return list(uow.session.scalars(fitting.order_by(Voucher.expires_at, Voucher.id).limit(MOST_OFFERED)))


def use(uow: UnitOfWork, order: Order, voucher_id: str) -> None:
    """Lower what is paid for an order by a voucher, which is then used up, also if the order is cancelled later.

    Raises:
        Refusal: the order cannot be paid with it.
    """
    voucher = next((one for one in usable_for(uow, order) if one.id == voucher_id), None)
    if voucher is None:
        raise Refusal(N_("This order cannot be paid with this voucher. Choose another one, or none."), field="voucher")
    voucher.used_at, voucher.order_id = uow.now, order.id
    order.discount = min(voucher.amount, order.amount)
    uow.record("voucher.used", voucher=voucher.id, order=order.id)


def state_of(voucher: Voucher, now: datetime) -> str:
    """usable, used or expired."""
    if voucher.used_at:
        return "used"
    return "usable" if now < voucher.expires_at else "expired"


def of_account(account: Account, now: datetime, state: str = "") -> Select[Voucher]:
    """The account's vouchers, all or those in one state, the latest first."""
    mine = _latest_first(select(Voucher).where(Voucher.account_id == account.id))
    states = _states(now)
    return mine.where(states[state]) if state in states else mine


def given() -> Select[Voucher]:
    """The vouchers of all sellers, the latest first."""
    return _latest_first(select(Voucher)).options(joinedload(Voucher.account))


def _states(now: datetime) -> Mapping[str, ColumnElement[bool]]:
    unused = Voucher.used_at.is_(None)
    return {
        "usable": unused & (Voucher.expires_at > now),
        "used": Voucher.used_at.is_not(None),
        "expired": unused & (Voucher.expires_at <= now),
    }


def _latest_first(found: Select[Voucher]) -> Select[Voucher]:
    return found.order_by(Voucher.given_at.desc(), Voucher.id).options(joinedload(Voucher.product))
