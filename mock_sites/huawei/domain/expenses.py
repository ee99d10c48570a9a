"""What the usage of on-demand services costs, by day (spec huawei 2.6b). The sum of an account is stored."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, func, select

from mock_sites.huawei.domain.tables import Account, DailyExpense, Package, Product, Resource
from mock_sites.world.rows import values_of
from mock_sites.world.typed_time import day_of
from mock_sites.world.unit_of_work import UnitOfWork

LATEST: Final = 7
"""How many days the details of a resource show."""

MOST_MONTHS: Final = 36
"""How many months can be chosen, the latest ones."""


@dataclass(frozen=True, kw_only=True)
class ExpensesWanted:
    """What a buyer looks for: a month, such as 2026-03, and a product by its content id. Empty ones ask for nothing."""

    month: str = ""
    product: str = ""

    @classmethod
    def asked(cls, values: Mapping[str, str]) -> "ExpensesWanted":
        """What an address asks for. What is no month is left out."""
        month = values.get("month", "")
        return cls(month=month if day_of(f"{month}-01") else "", product=values.get("product", ""))

    def values(self) -> dict[str, str]:
        """The values of an address that asks for this."""
        return {name: value for name, value in vars(self).items() if value}

    def of(self, account: Account) -> Select[DailyExpense]:
        """The daily expenses of an account that are wanted, the latest day first."""
        found = select(DailyExpense).where(DailyExpense.account_id == account.id)
        if self.product:
            found = found.where(DailyExpense.content_id == self.product)
        if first := day_of(f"{self.month}-01"):
            found = found.where(DailyExpense.day >= first, DailyExpense.day < _next_month(first))
        return found.order_by(DailyExpense.day.desc(), DailyExpense.instance_id)


def cost_of(uow: UnitOfWork, account: Account, wanted: ExpensesWanted) -> int:
    """What the wanted expenses cost together, in fen."""
    if not wanted.values():
        return account.used_fen
    return uow.session.scalar(wanted.of(account).order_by(None).with_only_columns(func.sum(DailyExpense.fen))) or 0


def months_of(uow: UnitOfWork, account: Account) -> list[str]:
    """The months from the first to the latest expense of an account, the latest first."""
    mine = DailyExpense.account_id == account.id
    first, month = (uow.session.scalar(select(which(DailyExpense.day)).where(mine)) for which in (func.min, func.max))
    found = list[str]()
    while first and month and month >= first.replace(day=1) and len(found) < MOST_MONTHS:
        found.append(f"{month:%Y-%m}")
        month = month.replace(day=1) - timedelta(days=1)
    return found


def products_of(uow: UnitOfWork, account: Account) -> list[Product]:
    """The products that an account has expenses for, by their titles."""
    ids = values_of(DailyExpense.content_id, DailyExpense.account_id == account.id)
    return list(uow.session.scalars(select(Product).where(Product.content_id.in_(ids)).order_by(Product.title)))


def units_of(uow: UnitOfWork, content_ids: Collection[str]) -> dict[str, str]:
    """What the usage of products is measured in, as their packages say it. No other document names a unit."""
    wanted = select(Package.content_id, func.min(Package.unit)).where(Package.content_id.in_(content_ids))
    return dict(uow.session.execute(wanted.group_by(Package.content_id)).all())


def unit_of(uow: UnitOfWork, product: Product) -> str:
    """What the usage of a product is measured in. Empty if no package says it."""
    return units_of(uow, {product.content_id}).get(product.content_id, "")


def latest_of(uow: UnitOfWork, resource: Resource) -> list[DailyExpense]:
    """The latest daily expenses of a resource, the latest day first."""
    wanted = select(DailyExpense).where(DailyExpense.instance_id == resource.instance_id)
    return list(uow.session.scalars(wanted.order_by(DailyExpense.day.desc()).limit(LATEST)))


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
