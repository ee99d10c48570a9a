"""Recharges: cash that is paid in by a QR code or by a bank transfer (spec guance C.6, Top-up)."""

from typing import Final

from sqlalchemy import Select, select

from mock_sites.guance.domain import wallet
from mock_sites.guance.domain.states import RechargeState
from mock_sites.guance.domain.tables import BillingAccount, Recharge
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.rows import count_of
from mock_sites.world.seed import DIGITS
from mock_sites.world.unit_of_work import UnitOfWork

ALIPAY: Final = "alipay"
TRANSFER: Final = "transfer"
METHODS: Final = {ALIPAY: N_("Alipay"), TRANSFER: N_("Offline Bank Transfer")}

STATES: Final = {
    RechargeState.UNPAID: N_("To be paid"),
    RechargeState.PAID: N_("Paid"),
    RechargeState.CANCELLED: N_("Cancelled"),
}

LARGEST: Final = 1_000_000
"""The largest recharge, in CNY."""

AMOUNT: Final = FieldRule(r"[0-9]{1,9}", N_("Enter whole CNY."))


def next_attempt(uow: UnitOfWork, account: BillingAccount) -> int:
    """The number of the account's next form."""
    return count_of(uow, of_account(account.id)) + 1


def begin(uow: UnitOfWork, account: BillingAccount, *, attempt: int, cny: int, method: str) -> Recharge:
    """Begin a recharge. Sending the same form again finds the same recharge, unless that was cancelled.

    Raises:
        Refusal: for ``amount``.
    """
    if not 1 <= cny <= LARGEST:
        raise Refusal(N_("Enter an amount from 1 to {largest} CNY."), field="amount", largest=f"{LARGEST:,}")
    same = of_account(account.id).where(Recharge.attempt == attempt, Recharge.state != RechargeState.CANCELLED)
    sent = uow.session.scalars(same.where(Recharge.fen == cny * 100, Recharge.method == method).limit(1)).first()
    if attempt and sent:
        return sent
    recharge = Recharge(
        id=f"R{uow.random_text('recharge', 15, DIGITS)}",
        billing_account_id=account.id,
        attempt=attempt,
        fen=cny * 100,
        method=method,
        state=RechargeState.UNPAID,
        begun_at=uow.now,
    )
    uow.session.add(recharge)
    uow.session.flush()
    uow.record("recharge.begun", billing_account=account.id, recharge=recharge.id, fen=recharge.fen)
    return recharge


def pay(uow: UnitOfWork, recharge: Recharge) -> None:
    """The money has arrived: credit it. Repeating it changes nothing.

    Raises:
        Refusal: the recharge was cancelled.
    """
    if recharge.state is RechargeState.CANCELLED:
        raise Refusal(N_("This recharge was cancelled. Begin a new one."))
    if recharge.state is RechargeState.UNPAID:
        recharge.state, recharge.paid_at = RechargeState.PAID, uow.now
        account = uow.session.get_one(BillingAccount, recharge.billing_account_id)
        wallet.add(uow, account, wallet.CASH, recharge.fen, number=recharge.id)


def cancel(uow: UnitOfWork, recharge: Recharge) -> None:
    """Cancel a recharge that is not paid. Repeating it changes nothing.

    Raises:
        Refusal: it is paid.
    """
    if recharge.state is RechargeState.PAID:
        raise Refusal(N_("This recharge is paid."))
    if recharge.state is RechargeState.UNPAID:
        recharge.state = RechargeState.CANCELLED
        uow.record("recharge.cancelled", billing_account=recharge.billing_account_id, recharge=recharge.id)


def payee_number(uow: UnitOfWork, account: BillingAccount) -> str:
    """The number of the bank account to which this account transfers money."""
    return uow.world.seed.random_text(f"guance/payee/{account.id}", 16, DIGITS)


def of_account(billing_account_id: str) -> Select[Recharge]:
    """The recharges of an account, latest first."""
    wanted = select(Recharge).where(Recharge.billing_account_id == billing_account_id)
    return wanted.order_by(Recharge.begun_at.desc(), Recharge.id.desc())


def find(uow: UnitOfWork, billing_account_id: str, recharge_id: str) -> Recharge | None:
    """The recharge with this number, if it belongs to the account."""
    recharge = uow.session.get(Recharge, recharge_id)
    return recharge if recharge and recharge.billing_account_id == billing_account_id else None
