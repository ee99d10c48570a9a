"""Guance's tables of money: what changed the balances of billing center accounts, and what was paid in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.states import RechargeState
from mock_sites.guance.domain.tables import Table


class LedgerEntry(Table):
    """A change of one balance of an account, in fen. ``kind`` is one of ``ledger.KINDS``, ``balance`` a kind of credit.

    ``after`` is the balance after it. ``reference`` is the number of the credit, or the day that was paid.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (Index("ledger_entries_of", "billing_account_id", "at", "id", "kind", "fen"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    balance: Mapped[str]
    fen: Mapped[int]
    after: Mapped[int]
    reference: Mapped[str]


class Recharge(Table):
    """Cash that is paid in, in fen. ``method`` is one of ``recharges.METHODS``, ``attempt`` the number of its form.

    When it is paid, ``id`` becomes the number of the credit too.
    """

    __tablename__ = "recharges"
    __table_args__ = (Index("recharges_of", "billing_account_id", "begun_at", "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    attempt: Mapped[int]
    fen: Mapped[int]
    method: Mapped[str]
    state: Mapped[RechargeState]
    begun_at: Mapped[datetime]
    paid_at: Mapped[datetime | None] = mapped_column(default=None)


class VoucherCode(Table):
    """The activation code of a voucher for an account, of so many fen."""

    __tablename__ = "voucher_codes"
    __table_args__ = (Index("voucher_codes_of", "billing_account_id", "issued_at"),)
    activation_code: Mapped[str] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    fen: Mapped[int]
    issued_at: Mapped[datetime]
    activated_at: Mapped[datetime | None] = mapped_column(default=None)
