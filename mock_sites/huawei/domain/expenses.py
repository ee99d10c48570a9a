"""What the usage of on-demand services costs, by day (spec huawei 2.6b). Sums are stored, not added up here."""

from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain.tables import Account, DailyExpense, Order, Resource
from mock_sites.world.unit_of_work import UnitOfWork

LATEST: Final = 7
"""How many days the details of a resource show."""


def of_account(account: Account) -> Select[DailyExpense]:
    """The daily expenses of an account, the latest day first."""
    mine = select(DailyExpense).where(DailyExpense.account_id == account.id)
    with_products = joinedload(DailyExpense.resource).joinedload(Resource.order).joinedload(Order.product)
    return mine.options(with_products).order_by(DailyExpense.day.desc(), DailyExpense.instance_id)


def latest_of(uow: UnitOfWork, resource: Resource) -> list[DailyExpense]:
    """The latest daily expenses of a resource, the latest day first."""
    wanted = select(DailyExpense).where(DailyExpense.instance_id == resource.instance_id)
    return list(uow.session.scalars(wanted.order_by(DailyExpense.day.desc()).limit(LATEST)))
