"""Questions about rows that are answered without reading them."""

from typing import Any

from sqlalchemy import Select, exists, func, select

from mock_sites.world.unit_of_work import UnitOfWork


def count_of(uow: UnitOfWork, wanted: Select[Any]) -> int:
    """How many rows ``wanted`` finds."""
    return uow.session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def are_any(uow: UnitOfWork, wanted: Select[Any]) -> bool:
    """Whether ``wanted`` finds a row."""
    return bool(uow.session.scalar(select(exists(wanted.order_by(None).subquery()))))
