"""The tables of console accounts and their authenticator apps."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.tables.base import NAME, Table


class Account(Table):
    """A console account: a user who signs in at one site. Accounts of two sites are independent."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("site", "email"), UniqueConstraint("site", "username"))
    id: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str]
    email: Mapped[str]
    username: Mapped[str] = mapped_column(NAME)
    password_hash: Mapped[str]
    phone: Mapped[str]
    company: Mapped[str]
    created_at: Mapped[datetime]
    language: Mapped[str | None]
    """The language of the pages at the last sign-in. None before the first one."""


class MfaDevice(Table):
    """The authenticator app of a console account. ``bound_at`` is empty until a code has shown that it has the secret.

    ``last_step`` is the step of the last code that was accepted: each is valid once.
    """

    __tablename__ = "mfa_devices"
    __table_args__ = (Index("mfa_devices_bound", "account_id", "bound_at"),)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    secret: Mapped[str]
    begun_at: Mapped[datetime]
    bound_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)
