"""Packages of usage that the marketplace sold (spec huawei 2.6b): known so that usage reports can name them.

Their quotas are the marketplace's matter. They open no workspace, and nobody signs in with them.
"""

from datetime import datetime

from sqlalchemy import or_, select

from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import UsagePackage
from mock_sites.world.unit_of_work import UnitOfWork


def open_package(uow: UnitOfWork, purchase: Purchase, business_id: str) -> UsagePackage:
    """The package of an order. The first call creates it and later calls find it.

    The first call's ``business_id`` becomes the instance ID.
    """
    package = uow.session.scalar(select(UsagePackage).where(UsagePackage.order_id == purchase.order_id))
    if package is None:
        package = UsagePackage(
            instance_id=business_id,
            order_id=purchase.order_id,
            huawei_account_id=purchase.huawei_account_id,
            created_at=uow.now,
        )
        uow.session.add(package)
        uow.session.flush()
        uow.record("package.opened", instance=business_id, order=purchase.order_id)
    return package


def find(uow: UnitOfWork, instance_id: str) -> UsagePackage | None:
    """The package of an instance."""
    return uow.session.get(UsagePackage, instance_id)


def close(uow: UnitOfWork, package: UsagePackage) -> None:
    """Close a package. Repeating it changes nothing."""
    if package.closed_at is None:
        package.closed_at = uow.now
        uow.record("package.closed", instance=package.instance_id)


def first_open_at(uow: UnitOfWork, huawei_account_id: str, moment: datetime) -> str:
    """The oldest package of an account that was open at a moment: its instance. Empty if there was none."""
    wanted = select(UsagePackage.instance_id).where(UsagePackage.huawei_account_id == huawei_account_id)
    wanted = wanted.where(UsagePackage.created_at < moment)
    open_then = wanted.where(or_(UsagePackage.closed_at.is_(None), UsagePackage.closed_at >= moment))
    return uow.session.scalar(open_then.order_by(UsagePackage.created_at, UsagePackage.instance_id).limit(1)) or ""
