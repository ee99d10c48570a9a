"""The tables of what the marketplace sells: products, their specifications and packages."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.huawei.domain.tables.base import Table


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
