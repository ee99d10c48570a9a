"""Huawei Cloud's tables."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from mock_sites.huawei.domain.states import (
    AuthenticationState,
    EnterpriseState,
    MemberState,
    OrderState,
    ResourceState,
    SupervisionState,
)
from mock_sites.huawei.protocol.orders import line_of
from mock_sites.world.shared_tables import COLUMN_TYPES
from mock_sites.world.states import guard


class Table(DeclarativeBase):
    """The base class of Huawei Cloud's tables."""

    type_annotation_map = COLUMN_TYPES


guard(Table)


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
    def available(self) -> Decimal:
        """The money that is left, in CNY."""
        return self.balance - Decimal(self.used_fen) / 100


class Product(Table):
    """A product of the marketplace. ``content_id`` and ``product_id`` are the two ids in the documented address.

    Kinds: service (pay-per-use; ``usage_fen`` is the price of a usage value of 1, in fen), card (bought in units of
    ``unit_price`` CNY and paid immediately) and period (bought for months or years in one of its specifications;
    ``unit_price`` is the lowest price).
    """

    __tablename__ = "products"
    content_id: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[str]
    sku_code: Mapped[str]
    title: Mapped[str]
    seller: Mapped[str]
    kind: Mapped[str] = mapped_column(default="service")
    unit_price: Mapped[int] = mapped_column(default=0)
    usage_fen: Mapped[int] = mapped_column(default=0)


class Specification(Table):
    """A specification of a period product. ``product_id`` differs for each period type, ``sku_code`` does not.

    ``period_type`` is year, month or day. Only the trial has days: ``period_length`` of them. ``level`` orders the
    editions: an upgrade leads to a higher one. ``price`` is the price of one period, in CNY.
    """

    __tablename__ = "specifications"
    product_id: Mapped[str] = mapped_column(primary_key=True)
    content_id: Mapped[str] = mapped_column(ForeignKey("products.content_id"), index=True)
    sku_code: Mapped[str]
    name: Mapped[str]
    level: Mapped[int]
    period_type: Mapped[str]
    period_length: Mapped[int] = mapped_column(default=1)
    price: Mapped[int] = mapped_column(default=0)

    @property
    def trial(self) -> bool:
        """Whether it is a free trial."""
        return self.period_type == "day"


class Package(Table):
    """A package of a pay-per-use product: a quota of its usage, in ``usage_rules.UNITS``, that is paid in advance.

    ``unit`` names what is measured. ``price`` is in CNY. ``stops`` says that it stops when it is used up (spec huawei
    2.6b): usage beyond the quota is then not charged. One that was withdrawn is no longer sold.
    """

    __tablename__ = "packages"
    product_id: Mapped[str] = mapped_column(primary_key=True)
    content_id: Mapped[str] = mapped_column(ForeignKey("products.content_id"), index=True)
    sku_code: Mapped[str]
    name: Mapped[str]
    quota_units: Mapped[int]
    unit: Mapped[str]
    price: Mapped[int]
    stops: Mapped[bool]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    product: Mapped[Product] = relationship()


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


class Favourite(Table):
    """A product that a buyer has saved to look at again."""

    __tablename__ = "favourites"
    __table_args__ = (Index("favourites_of", "account_id", text("saved_at DESC"), "content_id"),)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    content_id: Mapped[str] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime]


class BuyerReview(Table):
    """A buyer's review of a product. ``stars`` is from 1 to 5."""

    __tablename__ = "buyer_reviews"
    __table_args__ = (
        Index("reviews_of", "content_id", text("written_at DESC"), "account_id"),
        Index("reviews_counted", "content_id", "stars"),
        Index("reviews_written", text("written_at DESC"), "content_id", "account_id"),
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    content_id: Mapped[str] = mapped_column(primary_key=True)
    stars: Mapped[int]
    comment: Mapped[str]
    written_at: Mapped[datetime]
    reply: Mapped[str] = mapped_column(default="")
    """What the seller replied."""
    account: Mapped[Account] = relationship()


class ProductQuestion(Table):
    """A buyer's question about a product, and its seller's answer. ``answered_at`` is None until there is one."""

    __tablename__ = "product_questions"
    __table_args__ = (
        Index("questions_of", "content_id", text("asked_at DESC"), text("number DESC")),
        Index("questions_asked", text("asked_at DESC"), text("number DESC")),
        Index("questions_open", "answered_at", text("asked_at DESC"), text("number DESC")),
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    content_id: Mapped[str]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    text: Mapped[str]
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    account: Mapped[Account] = relationship()


class Enterprise(Table):
    """An organization whose members use services. ``id`` is the tenant id."""

    __tablename__ = "enterprises"
    __table_args__ = (Index("enterprises_of", "account_id", text("created_at DESC"), "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str]
    domain: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ready_at: Mapped[datetime]
    state: Mapped[EnterpriseState] = mapped_column(default=EnterpriseState.SETTING_UP)


class Department(Table):
    """A department of an enterprise. ``code`` is the id by which sellers know it. The enterprise is the top one itself.

    ``place`` is where it is in the tree: its name after those of the departments above it, joined by ``BELOW``. The top
    one has no place. Places in order are the tree in order.
    """

    BELOW: ClassVar[str] = "\x1f"
    """Comes before every character of a name, so that a department is followed by those below it."""

    __tablename__ = "departments"
    __table_args__ = (
        UniqueConstraint("enterprise_id", "place"),
        Index("departments_that_authorize", "enterprise_id", "authorizes", "place"),
    )
    code: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"), index=True)
    name: Mapped[str]
    place: Mapped[str]
    authorizes: Mapped[bool] = mapped_column(default=False)
    """Whether its members, and those of the departments below it, may use the application."""
    parent: Mapped["Department | None"] = relationship(remote_side=[code])

    @property
    def level(self) -> int:
        """How far below the enterprise it is."""
        return self.place.count(self.BELOW) + 1 if self.place else 0

    @property
    def path(self) -> str:
        """Its name with those of the departments above it, but for the enterprise."""
        return " / ".join(self.place.split(self.BELOW)) if self.place else self.name


class Member(Table):
    """A member of an enterprise. ``account`` can never be changed. It is unique among those who are not deleted."""

    __tablename__ = "members"
    __table_args__ = (
        Index("members_by_account", "enterprise_id", "account"),
        Index("members_of", "enterprise_id", "state", "added_at", "account"),
        Index("members_who_may", "enterprise_id", "state", "authorized", "added_at", "account"),
        Index("members_by_department", "department_code", "state", "added_at", "account"),
        Index("administrators_of", "enterprise_id", "state", "is_administrator", "added_at", "account"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    account: Mapped[str]
    name: Mapped[str]
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    phone: Mapped[str]
    email: Mapped[str]
    password_hash: Mapped[str]
    added_at: Mapped[datetime]
    password_is_initial: Mapped[bool] = mapped_column(default=True)
    authorized: Mapped[bool] = mapped_column(default=False)
    authorized_by_hand: Mapped[bool] = mapped_column(default=False)
    """Whether it is authorized by itself, and not only through its department or a group."""
    is_administrator: Mapped[bool] = mapped_column(default=False)
    state: Mapped[MemberState] = mapped_column(default=MemberState.ACTIVE)
    enterprise: Mapped[Enterprise] = relationship()
    department: Mapped[Department] = relationship()

    @property
    def login_name(self) -> str:
        """The name with which the member signs in at unified login."""
        return f"{self.account}@{self.enterprise.domain}"


class Group(Table):
    """A group of members of any departments."""

    __tablename__ = "member_groups"
    __table_args__ = (
        UniqueConstraint("enterprise_id", "name"),
        Index("groups_that_authorize", "enterprise_id", "authorizes", "name"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    name: Mapped[str]
    description: Mapped[str]
    authorizes: Mapped[bool] = mapped_column(default=False)
    """Whether its members may use the application."""


class GroupMember(Table):
    """A member in a group. ``is_active`` is whether the member is, so that the members of a group can be counted."""

    __tablename__ = "group_members"
    __table_args__ = (Index("group_members_active", "group_id", "is_active"),)
    group_id: Mapped[str] = mapped_column(ForeignKey("member_groups.id"), primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"), primary_key=True, index=True)
    is_active: Mapped[bool] = mapped_column(default=True)


class MemberImport(Table):
    """An import of members from a sheet: how many rows it had, and how many members were added."""

    __tablename__ = "member_imports"
    __table_args__ = (Index("imports_of", "enterprise_id", text("at DESC"), "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    file_name: Mapped[str]
    at: Mapped[datetime]
    rows: Mapped[int]
    added: Mapped[int]

    @property
    def failed(self) -> int:
        """How many rows no member was made of."""
        return self.rows - self.added


class FailedRow(Table):
    """A row of which no member was made, without its password. ``reason`` is in the language of the import."""

    __tablename__ = "failed_rows"
    import_id: Mapped[str] = mapped_column(ForeignKey("member_imports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """The number of the row in the sheet, from 1. The first row is the header."""
    name: Mapped[str]
    department: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    account: Mapped[str]
    reason: Mapped[str]


class LoginCode(Table):
    """An authorization code of unified login. One client can redeem it once. Only its digest is stored.

    ``redirect_uri`` is the address in the authorization request; redeeming the code must name it again. It is empty for
    a code of the portal, which goes to the client's only login address.
    """

    __tablename__ = "login_codes"
    digest: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    client_id: Mapped[str]
    redirect_uri: Mapped[str]
    expires_at: Mapped[datetime]
    used: Mapped[bool] = mapped_column(default=False)


class LoginToken(Table):
    """A token of a code, issued with it or by a refresh. Only its digest is stored. Kinds: access, refresh."""

    __tablename__ = "login_tokens"
    digest: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    code_digest: Mapped[str] = mapped_column(ForeignKey("login_codes.digest"), index=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"))
    client_id: Mapped[str]
    expires_at: Mapped[datetime]
    revoked: Mapped[bool] = mapped_column(default=False)
