"""The table of Huawei Cloud accounts."""

from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.domain.tables.base import Table


class Account(Table):
    """A Huawei Cloud account. ``id`` is the Account ID of the documents: 32 hexadecimal digits."""

    __tablename__ = "accounts"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str]
    password_hash: Mapped[str]
    authentication: Mapped[AuthenticationState] = mapped_column(default=AuthenticationState.NONE)
    authentication_type: Mapped[str] = mapped_column(default="")
    """individual or enterprise."""
    real_name: Mapped[str] = mapped_column(default="")
    certificate_is_recognized: Mapped[bool] = mapped_column(default=True)
    """Whether the reviewer of its real-name authentication recognizes the certificate in the uploaded file."""
    second_verification: Mapped[str] = mapped_column(default="")
    """How the code of the second verification is sent: sms or email, or empty without one."""
    language: Mapped[str | None]
    """The language of messages: that of the pages at the last sign-in. None before the first one."""
    approves_orders: Mapped[bool] = mapped_column(default=False)
    """Whether what its IAM users order waits for its approval."""
    balance: Mapped[int] = mapped_column(default=100_000)
    """The mock balance of the account, in CNY, before ``used_fen`` is deducted."""
    used_fen: Mapped[int] = mapped_column(default=0)
    """The cost of all usage of its on-demand services so far, in fen (0.01 CNY)."""
    top_ups: Mapped[int] = mapped_column(default=0)
    """How many times the account was topped up."""

    @property
    def verified(self) -> bool:
        """Whether the account is verified with real-name authentication."""
        return self.authentication is AuthenticationState.APPROVED

    @property
    def shown_name(self) -> str:
        """The real name once it is verified, until then the name of the account."""
        return self.real_name if self.verified else self.name

    @property
    def available(self) -> Decimal:
        """The money that is left, in CNY."""
        return self.balance - Decimal(self.used_fen) / 100
