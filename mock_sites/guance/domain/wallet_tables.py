"""Guance's tables of money: what changed the balances of billing center accounts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.tables import Table


class LedgerEntry(Table):
    """A change of one balance of an account, in fen. ``kind`` is one of ``ledger.KINDS``, ``balance`` a kind of credit.

    ``after`` is the balance after it. ``reference`` is the number of the credit, or the day that was paid.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (Index("ledger_entries_of", "billing_account_id", "at", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    at: Mapped[datetime]
    kind: Mapped[str]
    balance: Mapped[str]
    fen: Mapped[int]
    after: Mapped[int]
    reference: Mapped[str]
