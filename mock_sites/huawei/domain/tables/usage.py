"""The tables of usage: the records that sellers push, what packages cover of them, and their cost by day."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.huawei.domain.states import UsageState
from mock_sites.huawei.domain.tables.base import Table
from mock_sites.huawei.domain.tables.orders import Resource
from mock_sites.huawei.domain.tables.products import Product


class UsageRecord(Table):
    """A record of a usage push, as the seller wrote it, and what the marketplace made of it (spec huawei 2.6b).

    The job reads ``begins_at``, ``ends_at`` and ``units`` (see ``usage_rules.UNITS``). ``code`` says why it refused it.
    """

    __tablename__ = "usage_records"
    __table_args__ = (
        Index("usage_records_in", "state", "collected_at", "number"),
        Index("usage_records_of", "content_id", "state", "number"),
        Index("usage_records_windows", "instance_id", "begins_at", "ends_at"),
        Index("usage_records_serials", "metering_sn"),
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]
    content_id: Mapped[str | None] = mapped_column(ForeignKey("products.content_id"))
    """The product of the instance. None for an unknown instance."""
    other_seller: Mapped[bool]
    """Whether another seller than that of the product signed the push."""
    older: Mapped[bool]
    """Whether it came by the older path, whose records have no ``metering_sn``."""
    moved_by: Mapped[int] = mapped_column(default=0)
    """Seconds from real time to the world's, if the seller measured in real time."""
    instance_id: Mapped[str]
    product_id: Mapped[str]
    record_time: Mapped[str]
    begin_time: Mapped[str]
    end_time: Mapped[str]
    usage_value: Mapped[str]
    metering_sn: Mapped[str]
    relate_pkg_instance: Mapped[str]
    state: Mapped[UsageState] = mapped_column(default=UsageState.RECEIVED)
    code: Mapped[str] = mapped_column(default="")
    begins_at: Mapped[datetime | None] = mapped_column(default=None)
    ends_at: Mapped[datetime | None] = mapped_column(default=None)
    units: Mapped[int] = mapped_column(default=0)
    collected_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it is collected for the bill."""
    charged_units: Mapped[int] = mapped_column(default=0)
    """What is charged by the unit price: the rest after packages. 0 before it is collected."""
    uncharged_units: Mapped[int] = mapped_column(default=0)
    """What is neither deducted nor charged, because the package that it names stops and is used up."""
    product: Mapped[Product | None] = relationship()
    deductions: Mapped[list["Deduction"]] = relationship(order_by="Deduction.position", lazy="selectin")


class Deduction(Table):
    """What was deducted from a package for a usage record, in ``usage_rules.UNITS``. The first one was deducted first.

    ``instance_id`` is the package's.
    """

    __tablename__ = "deductions"
    record: Mapped[int] = mapped_column(ForeignKey("usage_records.number"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("resources.instance_id"))
    units: Mapped[int]


class DailyExpense(Table):
    """The usage of a resource on one day, Beijing time, in ``usage_rules.UNITS``, and its cost in fen (0.01 CNY).

    Usage that packages cover is not in it.
    """

    __tablename__ = "daily_expenses"
    __table_args__ = (
        Index("daily_expenses_of", "account_id", text("day DESC"), "instance_id", "fen"),
        Index("daily_expenses_of_product", "account_id", "content_id", text("day DESC"), "instance_id", "fen"),
    )
    instance_id: Mapped[str] = mapped_column(ForeignKey("resources.instance_id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    content_id: Mapped[str] = mapped_column(ForeignKey("products.content_id"))
    units: Mapped[int] = mapped_column(default=0)
    fen: Mapped[int] = mapped_column(default=0)
    resource: Mapped[Resource] = relationship()
    product: Mapped[Product] = relationship()
