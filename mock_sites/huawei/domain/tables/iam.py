"""The tables of Identity and Access Management (IAM): the users of an account, and their access keys."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.huawei.domain.tables.accounts import Account
from mock_sites.huawei.domain.tables.base import Table


class IamAccess(StrEnum):
    """What an IAM user may do with the account."""

    ADMINISTRATOR = "administrator"
    READ_ONLY = "read-only"


class IamUser(Table):
    """A user of an account, with a name that is unique within it. ``phone`` and ``email`` may be empty."""

    __tablename__ = "iam_users"
    __table_args__ = (
        UniqueConstraint("account_id", "name"),
        Index("iam_users_of", "account_id", text("created_at DESC"), "id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    description: Mapped[str]
    access: Mapped[IamAccess]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]
    enabled: Mapped[bool] = mapped_column(default=True)
    second_verification: Mapped[str] = mapped_column(default="")
    """How the code of the second verification is sent: sms or email, or empty without one."""
    language: Mapped[str | None]
    """The language of messages: that of the pages at the last sign-in. None before the first one."""
    last_sign_in_at: Mapped[datetime | None] = mapped_column(default=None)
    account: Mapped[Account] = relationship()

    @property
    def subject(self) -> str:
        """Who signs in: the account, and the user after a slash."""
        return f"{self.account_id}/{self.id}"


class AccessKey(Table):
    """An access key of a user. ``id`` is the Access Key ID (AK). ``user_id`` is the IAM User ID of its holder."""

    __tablename__ = "access_keys"
    __table_args__ = (Index("access_keys_of", "user_id", "created_at", "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    description: Mapped[str]
    created_at: Mapped[datetime]
    enabled: Mapped[bool] = mapped_column(default=True)


class SignInCode(Table):
    """The code of a second verification, for who signs in: one at a time."""

    __tablename__ = "sign_in_codes"
    subject: Mapped[str] = mapped_column(primary_key=True)
    digits: Mapped[str]
    sent_at: Mapped[datetime]


class QrConfirmation(Table):
    """A QR code that was confirmed on another device, and not used yet. ``subject`` is who confirmed it."""

    __tablename__ = "qr_confirmations"
    ticket: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
