"""The table of real-name authentication: what an account has submitted, and what came of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.domain.tables.accounts import Account
from mock_sites.huawei.domain.tables.base import Table


class RealNameMethod(StrEnum):
    """How an account is verified."""

    CERTIFICATE = "certificate"
    BANK_CARD = "bank-card"
    BANK_ACCOUNT = "bank-account"
    QR_CODE = "qr-code"


class RealNameRequest(Table):
    """A submitted real-name authentication. ``kind`` is individual or enterprise, ``proof`` the method.

    ``reason`` says in English why it was rejected. ``ending`` are the last digits of a bank card or account.
    ``amount_fen`` is the amount that was transferred to a bank account, ``tries`` how often a wrong one was entered.
    """

    __tablename__ = "real_name_requests"
    __table_args__ = (Index("real_name_requests_of", "account_id", "id", "decided_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    submitted_at: Mapped[datetime]
    kind: Mapped[str]
    proof: Mapped[RealNameMethod]
    real_name: Mapped[str]
    state: Mapped[AuthenticationState]
    ending: Mapped[str] = mapped_column(default="")
    amount_fen: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")


class RealNameScan(Table):
    """A QR code for an individual to scan with a phone, and the name to confirm there. An account has one at most."""

    __tablename__ = "real_name_scans"
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    ticket: Mapped[str] = mapped_column(unique=True)
    real_name: Mapped[str]
    made_at: Mapped[datetime]
    account: Mapped[Account] = relationship()
