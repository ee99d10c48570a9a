"""The tables of money: what billing center accounts hold, what changed it, and what was paid in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.states import RechargeState
from mock_sites.guance.domain.tables.base import Table


class Credit(Table):
    """Money of a billing center account, in fen (0.01 CNY). ``kind`` is cash, voucher or prepaid-card.

    A prepaid card has the order it was bought with. An order can be credited only once (S2, order number).
    """

    __tablename__ = "credits"
    __table_args__ = (
        Index("credits_of", "billing_account_id", "kind", "credited_at", "id"),
        Index("credits_left", "billing_account_id", "kind", "left"),
        Index("credits_by_validity", "valid_until", "left", "billing_account_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    kind: Mapped[str]
    fen: Mapped[int]
    left: Mapped[int]
    """The amount that the settled days have left."""
    credited_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    """The last day that it can pay for."""
    expired: Mapped[bool] = mapped_column(default=False)
    """Whether an amount was left after that day."""
    order_id: Mapped[str | None] = mapped_column(unique=True)
    huawei_account_id: Mapped[str] = mapped_column(default="")

    @property
    def state(self) -> str:
        """``valid``, ``used-up`` or ``expired``."""
        return "expired" if self.expired else "valid" if self.left else "used-up"


class LedgerEntry(Table):
    """A change of one balance of an account, in fen. ``kind`` is one of ``ledger.KINDS``, ``balance`` a kind of credit.

    ``after`` is the balance after it. ``reference`` is the number of the credit, or the day that was paid.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (Index("ledger_entries_of", "billing_account_id", "at", "id", "kind", "balance", "fen"),)
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
