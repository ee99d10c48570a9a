"""The tables of what buyers have: orders, the resources that these created, and vouchers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.huawei.domain.states import OrderState, ResourceState, SupervisionState
from mock_sites.huawei.domain.tables.accounts import Account
from mock_sites.huawei.domain.tables.base import Table
from mock_sites.huawei.domain.tables.products import Package, Product, Specification
from mock_sites.huawei.protocol.orders import line_of


class Order(Table):
    """An order.

    ``type`` has the values of the order query: NEW, TRIAL, TRIAL_TO_FORMAL, RENEW, CHANGE, UNSUBSCRIBE. ``quantity`` is
    the number of units of a card, ``period_number`` of periods of a specification. ``amount`` is the price and
    ``refund`` the refund, in CNY. ``attempt`` counts an account's orders of a product: the same attempt, sent twice, is
    the same order.
    """

    __tablename__ = "orders"
    __table_args__ = (
        UniqueConstraint("account_id", "content_id", "attempt"),
        Index("orders_of", "account_id", "created_at", "attempt"),
        Index("orders_in", "account_id", "state", "created_at", "attempt"),
        Index("orders_of_type", "account_id", "type", text("created_at DESC"), text("attempt DESC"), "id", "state"),
        Index("orders_about", "instance_id", "state"),
        Index("orders_supervised", "supervised_at", "id"),
        Index("orders_supervised_of", "account_id", "supervised_at", "id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    content_id: Mapped[str] = mapped_column(ForeignKey("products.content_id"))
    attempt: Mapped[int]
    business_id: Mapped[str]
    created_at: Mapped[datetime]
    state: Mapped[OrderState] = mapped_column(default=OrderState.PROCESSING)
    quantity: Mapped[int] = mapped_column(default=1)
    paid_at: Mapped[datetime | None] = mapped_column(default=None)
    type: Mapped[str] = mapped_column(default="NEW")
    specification_id: Mapped[str | None] = mapped_column(ForeignKey("specifications.product_id"), default=None)
    period_number: Mapped[int] = mapped_column(default=0)
    package_id: Mapped[str | None] = mapped_column(ForeignKey("packages.product_id"), default=None)
    amount: Mapped[int] = mapped_column(default=0)
    discount: Mapped[int] = mapped_column(default=0)
    """What a voucher takes off the price, in CNY."""
    refund: Mapped[int] = mapped_column(default=0)
    refunded_at: Mapped[datetime | None] = mapped_column(default=None)
    instance_id: Mapped[str | None] = mapped_column(default=None)
    """The service that it created, or is about."""
    instance_created_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the seller had created that service."""
    begins_at: Mapped[datetime | None] = mapped_column(default=None)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    """The end of the service after this order is completed. ``begins_at`` is when the ordered term begins."""
    auto_renew: Mapped[bool] = mapped_column(default=False)
    supervision: Mapped[SupervisionState] = mapped_column(default=SupervisionState.NONE)
    supervised_at: Mapped[datetime | None] = mapped_column(default=None)
    """When its service supervision began."""
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the buyer accepted what an order under service supervision brought."""
    ordered_by: Mapped[str] = mapped_column(default="")
    """The name of the IAM user who ordered it. Empty: the account itself, or its auto-renewal."""
    account: Mapped[Account] = relationship()
    product: Mapped[Product] = relationship()
    specification: Mapped[Specification | None] = relationship()
    package: Mapped[Package | None] = relationship()

    @property
    def kind(self) -> str:
        """What it buys: package, or the kind of its product."""
        return "package" if self.package_id else self.product.kind

    @property
    def to_pay(self) -> int:
        """What is paid for it from the balance, in CNY."""
        return self.amount - self.discount

    @property
    def line_id(self) -> str:
        """The order's only line (spec huawei 1.2)."""
        return line_of(self.id)


class Resource(Table):
    """A service of the seller, or a package, which an order created. A period service ends at ``expires_at``.

    ``enterprise_id`` is the enterprise whose members use it. Several services may be bound to one enterprise, one after
    the other (spec huawei 1.4).
    """

    __tablename__ = "resources"
    __table_args__ = (
        Index("resources_of", "account_id", text("created_at DESC"), "instance_id"),
        Index("resources_in", "account_id", "state", text("created_at DESC"), "instance_id", "specification_id"),
        Index("resources_used_by", "enterprise_id", text("created_at DESC"), "instance_id", "state"),
        Index(
            "resources_for_periods",
            "account_id",
            text("(specification_id IS NOT NULL)"),
            text("created_at DESC"),
            "instance_id",
            "state",
        ),
        Index(
            "packages_of",
            "account_id",
            "created_at",
            "instance_id",
            "package_id",
            sqlite_where=text("package_id IS NOT NULL"),
        ),
    )
    instance_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str] = mapped_column(ForeignKey("orders.id"), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime]
    state: Mapped[ResourceState] = mapped_column(default=ResourceState.IN_USE)
    role: Mapped[str] = mapped_column(default="")
    """Whom it is for: "" (not chosen yet), personal or customer."""
    enterprise_id: Mapped[str | None] = mapped_column(ForeignKey("enterprises.id"), default=None)
    is_stopped: Mapped[bool] = mapped_column(default=False)
    """Whether its enterprise has stopped the application: no member can log in to it."""
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    auto_renew: Mapped[bool] = mapped_column(default=False)
    specification_id: Mapped[str | None] = mapped_column(ForeignKey("specifications.product_id"), default=None)
    changes_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it changes to ``next_specification``, because it was renewed as another edition."""
    package_id: Mapped[str | None] = mapped_column(ForeignKey("packages.product_id"), default=None)
    used_units: Mapped[int] = mapped_column(default=0)
    used_fen: Mapped[int] = mapped_column(default=0)
    """All usage that has been collected (in ``usage_rules.UNITS``), and its cost in fen. Of a package: what was
    deducted from it.
    """
    uncharged_units: Mapped[int] = mapped_column(default=0)
    """What of the usage was neither deducted nor charged. Of a package: of the usage that named it."""
    next_specification_id: Mapped[str | None] = mapped_column(ForeignKey("specifications.product_id"), default=None)
    order: Mapped[Order] = relationship()
    package: Mapped[Package | None] = relationship()
    specification: Mapped[Specification | None] = relationship(foreign_keys=[specification_id])
    next_specification: Mapped[Specification | None] = relationship(foreign_keys=[next_specification_id])


class Voucher(Table):
    """A seller's voucher for a buyer: ``amount`` CNY off an order of the product of ``least`` CNY or more."""

    __tablename__ = "vouchers"
    __table_args__ = (
        Index("vouchers_of", "account_id", text("given_at DESC"), "id"),
        Index("vouchers_given", text("given_at DESC"), "id"),
        Index("vouchers_usable", "account_id", "content_id", "used_at", "expires_at", "id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    content_id: Mapped[str] = mapped_column(ForeignKey("products.content_id"))
    amount: Mapped[int]
    least: Mapped[int]
    given_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    order_id: Mapped[str | None] = mapped_column(ForeignKey("orders.id"), default=None)
    """The order that was paid with it."""
    account: Mapped[Account] = relationship()
    product: Mapped[Product] = relationship()
