"""The income and expenditure of a billing center account: each change of a balance, with the balance after it (C.1)."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, func, select

from mock_sites.guance.domain import usage
from mock_sites.guance.domain.tables import LedgerEntry
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

RECHARGE: Final = "recharge"
VOUCHER: Final = "voucher"
PREPAID_CARD: Final = "prepaid-card"
CONSUMPTION: Final = "consumption"
EXPIRY: Final = "expiry"
ARREARS: Final = "arrears"

KINDS: Final = {
    RECHARGE: N_("Recharge"),
    VOUCHER: N_("Voucher activated"),
    PREPAID_CARD: N_("Prepaid card credited"),
    CONSUMPTION: N_("Consumption"),
    EXPIRY: N_("Expired"),
    ARREARS: N_("Arrears paid"),
}
"""What changes balances. ``ARREARS`` moves money from one balance to another."""


def entries_of(
    account_id: str, *, kind: str = "", balance: str = "", first: date | None = None, last: date | None = None
) -> Select[LedgerEntry]:
    """The entries of an account, latest first: all, or those of a kind and of a balance, and from the day ``first`` to
    ``last``.
    """
    wanted = select(LedgerEntry).where(LedgerEntry.billing_account_id == account_id)
    if kind:
        wanted = wanted.where(LedgerEntry.kind == kind)
    if balance:
        wanted = wanted.where(LedgerEntry.balance == balance)
    if first:
        wanted = wanted.where(LedgerEntry.at >= usage.end_of(first - timedelta(days=1)))
    if last:
        wanted = wanted.where(LedgerEntry.at < usage.end_of(last))
    return wanted.order_by(LedgerEntry.at.desc(), LedgerEntry.id.desc())


def totals_of(uow: UnitOfWork, entries: Select[LedgerEntry]) -> tuple[int, int]:
    """The income and the expenditure of these entries, in fen. The expenditure is negative."""
    fen, is_spent = func.sum(LedgerEntry.fen), LedgerEntry.kind.in_((CONSUMPTION, EXPIRY))
    sums = entries.order_by(None).with_only_columns(fen, fen.filter(is_spent))
    total, spent = uow.session.execute(sums).one()
    return (total or 0) - (spent or 0), spent or 0
