"""The tables of sellers: how each product's seller is called, and the log of calls."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.huawei.domain.jobs import Origin
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables.base import Table
from mock_sites.world.shared_tables import JsonObject


class Seller(Table):
    """How the seller of one product is called. A product without a row has the built-in seller and V2.

    Protocols: v2, v1. An empty ``production_address`` or key means that of the built-in seller. ``public_key`` is PEM;
    ``oaep_digest`` and ``mgf_hash`` are SHA-1 or SHA-256 (spec huawei 4.1).
    """

    __tablename__ = "sellers"
    content_id: Mapped[str] = mapped_column(ForeignKey("products.content_id"), primary_key=True)
    protocol: Mapped[str] = mapped_column(default="v2")
    production_address: Mapped[str] = mapped_column(default="")
    access_key: Mapped[str] = mapped_column(default="")
    kit_key: Mapped[str] = mapped_column(default="")
    """The key of the joint-operation kit. Empty: ``access_key``, as V1.0 has one key (spec huawei 2.1)."""
    former_access_key: Mapped[str] = mapped_column(default="")
    former_kit_key: Mapped[str] = mapped_column(default="")
    """The keys of both classes before the last change, so that a service that still has one can be recognized."""
    login_address: Mapped[str] = mapped_column(default="")
    encrypt_type: Mapped[str] = mapped_column(default="1")
    """How V1 encrypts sensitive fields: 1 for AES-256, 2 for AES-128 (spec huawei 2.3)."""
    public_key: Mapped[str] = mapped_column(default="")
    oaep_digest: Mapped[str] = mapped_column(default="SHA-256")
    mgf_hash: Mapped[str] = mapped_column(default="SHA-256")
    sends_duplicates: Mapped[bool] = mapped_column(default=False)
    """Whether each newInstance is sent twice, to check that the seller answers with the same instance."""
    gets_documented_addresses: Mapped[bool] = mapped_column(default=False)
    """Whether a seller outside is sent addresses as the documents have them, which lead to the real marketplace."""
    sends_test_flag: Mapped[bool] = mapped_column(default=False)
    """Whether real calls of the production interface have ``testFlag`` 0. The newest pages leave it out."""
    sends_product_info_as_text: Mapped[bool] = mapped_column(default=False)
    """Whether ``productInfo`` of changeInstanceCheck is a text that contains JSON, and not an object."""
    sends_departments_as_text: Mapped[bool] = mapped_column(default=False)
    """Whether ``orgInfoList`` of allOrgSync in V2.0 is a text that contains JSON, as in the documents' example."""
    is_supervised: Mapped[bool] = mapped_column(default=False)
    """Whether purchases are under service supervision: delivered by the seller, and then accepted by the buyer."""
    sends_order_notifications: Mapped[bool] = mapped_column(default=False)
    """Whether the seller is notified of each order, in V2.0."""
    order_queries_a_minute: Mapped[int] = mapped_column(default=0)
    """The most order queries about orders of the product within a minute. 0: any number."""
    issues_refresh_tokens: Mapped[bool] = mapped_column(default=True)
    """Whether unified login issues refresh tokens to the seller's application."""
    billing_cycle: Mapped[str] = mapped_column(default="day")
    """How often the usage of an on-demand product is collected: day or hour (spec huawei 2.6b)."""
    refuses_usage_at_once: Mapped[bool] = mapped_column(default=False)
    """Whether a usage push with a wrong record is refused as a whole, and not only the record by the job."""
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    """Whether the product was withdrawn from the marketplace: it is not sold, and has no usage any more."""


class SellerCall(Table):
    """One call to a seller and its result. The bytes are stored unchanged. Pages show them masked.

    ``interface`` is production or kit. ``explanation`` is an English sentence that pages translate and fill from
    ``details``. ``hint`` names the usual mistake in the same way. ``asked`` is the data that the call was made from.
    """

    __tablename__ = "seller_calls"
    __table_args__ = (
        Index("seller_calls_of", "content_id", "number"),
        Index("seller_calls_covered", "content_id", "protocol", "activity", "verdict"),
        Index("seller_calls_latest", "content_id", "protocol", "activity", "number"),
        Index("orders_failed", "content_id", "at", "failed_order", sqlite_where=text("failed_order IS NOT NULL")),
        Index("seller_calls_named", "activity", "number"),
        Index("seller_calls_judged", "verdict", "number"),
        Index("seller_calls_given_up", "given_up", "number"),
        Index("seller_calls_saved", "saved", "number"),
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    content_id: Mapped[str] = mapped_column(ForeignKey("products.content_id"))
    interface: Mapped[str]
    protocol: Mapped[str]
    activity: Mapped[str]
    """The activity in the call, or the kit's interface, such as tenantSync."""
    origin: Mapped[Origin]
    asked: Mapped[JsonObject]
    method: Mapped[str]
    url: Mapped[str]
    headers: Mapped[JsonObject]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    string_to_sign: Mapped[str]
    """The string to sign, with the access key masked."""
    signature: Mapped[str]
    status: Mapped[int]
    """The HTTP status. 0 if there was no answer; then ``fault`` says why."""
    answer_headers: Mapped[JsonObject]
    answer_body: Mapped[bytes] = mapped_column(LargeBinary)
    fault: Mapped[str]
    verdict: Mapped[CallVerdict]
    code: Mapped[str]
    explanation: Mapped[str]
    details: Mapped[JsonObject]
    hint: Mapped[str]
    saved: Mapped[bool] = mapped_column(default=False)
    """Whether it was saved as a case to replay."""
    repeats: Mapped[int | None] = mapped_column(index=True, default=None)
    """The number of the earlier call that this one repeats."""
    given_up: Mapped[bool] = mapped_column(default=False)
    """Whether it was the policy's last try, and failed. ``restarted`` says that it was started again by hand."""
    restarted: Mapped[bool] = mapped_column(default=False)
    failed_order: Mapped[str | None] = mapped_column(default=None)
    """The order that was cancelled because the last try failed."""


class ProbedProduct(Table):
    """A product whose saved cases are sent as probes, from the first saved case on.

    ``failed_days`` counts the days in a row on which a probe failed. ``failed_on`` is the last of them, as YYYY-MM-DD
    in Beijing time. A product with ``delisted_at`` is hidden, and cannot be bought.
    """

    __tablename__ = "probed_products"
    content_id: Mapped[str] = mapped_column(ForeignKey("products.content_id"), primary_key=True)
    scheduled: Mapped[bool] = mapped_column(default=False)
    """Whether the next probes are scheduled. They are not while there is no saved case, or the product is delisted."""
    failed_days: Mapped[int] = mapped_column(default=0)
    failed_on: Mapped[str] = mapped_column(default="")
    delisted_at: Mapped[datetime | None] = mapped_column(default=None)


class OrderQuery(Table):
    """An order query about an order of a product whose settings limit their number."""

    __tablename__ = "order_queries"
    __table_args__ = (Index("order_queries_of", "content_id", "at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    content_id: Mapped[str] = mapped_column(ForeignKey("products.content_id"))
    at: Mapped[datetime]


class FailedSync(Table):
    """A call of the joint-operation kit that failed. It is listed until the buyer sends it again.

    ``asked`` is the data that the call is made from. ``explanation`` and ``details`` are as in ``SellerCall``.
    """

    __tablename__ = "failed_syncs"
    __table_args__ = (Index("failed_syncs_of", "account_id", "settled", "number"),)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    interface: Mapped[str]
    asked: Mapped[JsonObject]
    explanation: Mapped[str]
    details: Mapped[JsonObject]
    settled: Mapped[bool] = mapped_column(default=False)
    """Whether it was sent again, or nothing in it was true any more."""
