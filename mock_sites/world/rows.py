"""Questions about rows that are answered without reading them."""

from typing import Any, Final

from sqlalchemy import Integer, Select, func, literal_column, select

from mock_sites.world.unit_of_work import UnitOfWork

_ONE: Final = literal_column("1", Integer)


def count_of(uow: UnitOfWork, wanted: Select[Any]) -> int:
    """How many rows ``wanted`` finds."""
    return uow.session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def are_any(uow: UnitOfWork, wanted: Select[Any]) -> bool:
    """Whether ``wanted`` finds a row."""
    # Without its columns, which SQLAlchemy would copy to put the query into another one.
    found = wanted.with_only_columns(_ONE, maintain_column_froms=True).order_by(None).limit(1)
    return uow.session.scalar(found) is not None
