"""Guance's tables."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from mock_sites.guance.domain.states import LockReason, SubscriptionState, SuspendedFor, TicketState, WorkspaceState
from mock_sites.world.shared_tables import COLUMN_TYPES
from mock_sites.world.states import guard

NAME = String(collation="NOCASE")
"""The type of user names, which ignores case: "Wendy" equals "wendy"."""


class Table(DeclarativeBase):
    """The base class of Guance's tables."""

    type_annotation_map = COLUMN_TYPES


guard(Table)


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


class BillingAccount(Table):
    """A billing center account: it holds money, bills and cloud accounts, for workspaces of all sites."""

    __tablename__ = "billing_accounts"
    __table_args__ = (Index("billing_accounts_in_order", "created_at", "username"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(NAME, unique=True)
    email: Mapped[str] = mapped_column(index=True)
    password_hash: Mapped[str]
    company: Mapped[str]
    created_at: Mapped[datetime]
    phone: Mapped[str] = mapped_column(default="")
    industry: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    arrears: Mapped[int] = mapped_column(default=0)
    """The part of the settled days that its balances did not cover, in fen."""
    language: Mapped[str]
    """The language of mails that no page asks for: that of its first workspace, later that of the pages at its last
    sign-in.
    """
    licence_name: Mapped[str] = mapped_column(default="")
    taxpayer_number: Mapped[str] = mapped_column(default="")
    """The taxpayer number of the enterprise it was certified as by real-name authentication, or empty."""
    certified_at: Mapped[datetime | None]
    bill_notices: Mapped[bool] = mapped_column(default=False)
    """Whether the monthly mail about the bill is scheduled."""
    any_settlement: Mapped[bool] = mapped_column(default=False)
    """Whether Arbitrary Selection of Settlement Method is on (spec guance A.6)."""


class CloudAccount(Table):
    """A Huawei Cloud account (``id`` is its account ID) that pays for workspaces of one billing center account."""

    __tablename__ = "cloud_accounts"
    __table_args__ = (Index("cloud_accounts_of", "billing_account_id", "linked_at", "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    linked_at: Mapped[datetime]


class Workspace(Table):
    """A workspace. ``settlement`` is "huawei" (then ``cloud_account_id`` pays) or "billing-center"."""

    __tablename__ = "workspaces"
    __table_args__ = (
        Index("workspaces_owned_by", "owner_id", "created_at", "id", "state"),
        Index("workspaces_of", "billing_account_id", "created_at", "id", "state", "cloud_account_id", "site"),
        Index("workspaces_settled_by", "cloud_account_id", "created_at", "id"),
        Index("workspaces_by_payer", "billing_account_id", "state", "cloud_account_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    site: Mapped[str]
    plan: Mapped[str]
    language: Mapped[str]
    settlement: Mapped[str]
    token: Mapped[str]
    state: Mapped[WorkspaceState]
    created_at: Mapped[datetime]
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    cloud_account_id: Mapped[str | None] = mapped_column(ForeignKey("cloud_accounts.id"))
    settlement_changed_at: Mapped[datetime | None]
    """When a user chose another settlement method. Unlocking does not count."""
    locked_at: Mapped[datetime | None]
    settled_until: Mapped[date] = mapped_column(index=True)
    """The first day that is not settled yet."""
    lock_reason: Mapped[LockReason] = mapped_column(default=LockReason.NONE)
    reporting_since: Mapped[datetime | None] = mapped_column(default=None)
    """When its first host reported. Until then it has no data, and nothing to pay."""
    remark: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    allowed_addresses: Mapped[str] = mapped_column(default="")
    """The IP addresses and networks from which it may be opened, one a line. Empty: from everywhere."""
    requires_mfa: Mapped[bool] = mapped_column(default=False)
    """Whether only accounts with MFA may open it."""
    owner: Mapped[Account] = relationship(lazy="joined")
    billing_account: Mapped[BillingAccount] = relationship(lazy="joined")

    @property
    def settled_by(self) -> str:
        """Who pays now, as in ``settlement``. Empty while the workspace is locked, because nobody pays."""
        return self.settlement if self.state is WorkspaceState.NORMAL else ""


class PastSettlement(Table):
    """How a workspace was settled up to ``until``. ``settlement`` is empty for a time when it was locked and nobody
    paid.
    """

    __tablename__ = "past_settlements"
    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), index=True)
    until: Mapped[datetime]
    billing_account_id: Mapped[str]
    settlement: Mapped[str]
    cloud_account_id: Mapped[str | None]


class Retention(Table):
    """For how many days an item of a workspace is kept from ``since`` on, until the next row."""

    __tablename__ = "retentions"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    days: Mapped[int]


class Member(Table):
    """An account that may open a workspace of somebody else, in a role."""

    __tablename__ = "members"
    __table_args__ = (
        Index("members_of", "workspace_id", "joined_at", "account_id"),
        Index("members_by_account", "account_id", "joined_at", "workspace_id"),
    )
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[str]
    joined_at: Mapped[datetime]
    account: Mapped[Account] = relationship()


class Invitation(Table):
    """An email that is invited to a workspace, in a role. It can be accepted before ``until``."""

    __tablename__ = "invitations"
    __table_args__ = (
        Index("invitations_of", "workspace_id", "until", "id"),
        Index("invitations_by_email", "email", "until", "id", "workspace_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    email: Mapped[str]
    role: Mapped[str]
    until: Mapped[datetime]
    workspace: Mapped[Workspace] = relationship()


class PastToken(Table):
    """A token that a workspace had before. It works until ``until``."""

    __tablename__ = "past_tokens"
    token: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), index=True)
    until: Mapped[datetime]


class Deletion(Table):
    """When the values of a metric of a workspace were deleted for the last time."""

    __tablename__ = "deletions"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    metric: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class HighConsumptionAlert(Table):
    """What a billing item of a workspace may cost in a day, in fen, before its owner gets a mail. There is one mail."""

    __tablename__ = "high_consumption_alerts"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    threshold: Mapped[int]
    mailed_at: Mapped[datetime | None]
    workspace: Mapped[Workspace] = relationship()


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


class Ticket(Table):
    """A question to the support center."""

    __tablename__ = "tickets"
    __table_args__ = (Index("tickets_of", "billing_account_id", text("submitted_at DESC"), "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    category: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    submitted_at: Mapped[datetime]
    state: Mapped[TicketState] = mapped_column(default=TicketState.PROCESSING)


class TicketReply(Table):
    """A reply in the thread of a ticket, of the customer or of the support center."""

    __tablename__ = "ticket_replies"
    __table_args__ = (Index("ticket_replies_of", "ticket_id", "number", "by_support"),)
    number: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.id"))
    by_support: Mapped[bool]
    text: Mapped[str]
    at: Mapped[datetime]


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


class Tenant(Table):
    """An enterprise of the marketplace that uses an instance (spec huawei 4.1, tenantSync)."""

    __tablename__ = "tenants"
    tenant_id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("subscriptions.instance_id"), primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    domain_name: Mapped[str]
    synced_at: Mapped[datetime]


class Nonce(Table):
    """A nonce of a signed call. It is stored as long as its timestamp is valid, so that the call cannot be sent
    again.
    """

    __tablename__ = "nonces"
    nonce: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class Visit(Table):
    """A visit of an enterprise member who came through unified login. The browser's session stores only ``id``.

    ``billing_account_id``: the fee center account that was bound on this visit. ``site``: the site of workspaces that
    are created on it. ``confirmed_at``: when the binding took effect.
    """

    __tablename__ = "visits"
    id: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[str]
    enterprise: Mapped[str]
    enterprise_code: Mapped[str]
    user_name: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    mobile: Mapped[str]
    began_at: Mapped[datetime]
    site: Mapped[str]
    billing_account_id: Mapped[str | None] = mapped_column(ForeignKey("billing_accounts.id"))
    confirmed_at: Mapped[datetime | None]


class Binding(Table):
    """A workspace that was bound on a visit. It takes effect when the visit is confirmed."""

    __tablename__ = "bindings"
    visit_id: Mapped[str] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    bound_at: Mapped[datetime]


class VerificationCode(Table):
    """A code that was mailed to ``email`` for ``purpose``. Only the last one counts.

    ``email`` holds the user name where the user who asks must not learn the email.
    """

    __tablename__ = "verification_codes"
    email: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    digits: Mapped[str]
    sent_at: Mapped[datetime]
    wrong_tries: Mapped[int]
    used: Mapped[bool]


class Registration(Table):
    """One user's registration. ``account_id`` is set after its second step, ``workspace_id`` at its end."""

    __tablename__ = "registrations"
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visits.id"))
    site: Mapped[str]
    username: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    password_hash: Mapped[str]
    company: Mapped[str] = mapped_column(default="")
    industry: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    began_at: Mapped[datetime]
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    workspace_id: Mapped[str | None] = mapped_column(ForeignKey("workspaces.id"))


class Pass(Table):
    """A pass from a workspace to the billing center without a login. It works once (spec guance C, B4; C.5)."""

    __tablename__ = "passes"
    token: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    expires_at: Mapped[datetime]
    used: Mapped[bool] = mapped_column(default=False)
    workspace: Mapped[Workspace] = relationship()
    billing_account: Mapped[BillingAccount] = relationship()
