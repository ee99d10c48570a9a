"""The tables of what the marketplace ordered, and of the nonces of its calls."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.states import SubscriptionState, SuspendedFor
from mock_sites.guance.domain.tables.base import Table


class Subscription(Table):
    """An instance that the marketplace ordered. ``expires_at`` is None for pay-per-use.

    In V1.0 the marketplace sends the buyer's ``mobile`` and ``email``, if the buyer allows it.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("order_id", "order_line_id"),
        Index("subscriptions_of", "huawei_account_id", "state", "created_at", "instance_id"),
    )
    instance_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str]
    order_line_id: Mapped[str]
    huawei_account_id: Mapped[str]
    product_id: Mapped[str]
    product_name: Mapped[str]
    state: Mapped[SubscriptionState]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    suspended_for: Mapped[SuspendedFor] = mapped_column(default=SuspendedFor.NOTHING)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    mobile: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    reported_until: Mapped[date]
    """The first day whose usage has not been reported to the marketplace."""
    reported_fen: Mapped[int] = mapped_column(default=0)
    """The cost of all usage that has been reported, in fen."""


class UsagePackage(Table):
    """A package of usage that the marketplace sold, from whose quota it deducts what Guance reports."""

    __tablename__ = "usage_packages"
    __table_args__ = (Index("usage_packages_of", "huawei_account_id", "created_at", "instance_id"),)
    instance_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(unique=True)
    huawei_account_id: Mapped[str]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class Nonce(Table):
    """A nonce of a signed call. It is stored as long as its timestamp is valid, so that the call cannot be sent
    again.
    """

    __tablename__ = "nonces"
    nonce: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]
