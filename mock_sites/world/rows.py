"""Questions about rows that are answered without reading them."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, func, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.roles import ExpressionElementRole

from mock_sites.world.unit_of_work import UnitOfWork

_ONE: Final = literal_column("1", Integer)


def have_text(text: str, *columns: ExpressionElementRole[str]) -> ColumnElement[bool]:
    """Whether one of the columns has a text in it. Letters of ASCII are equal in both cases, as in LIKE.

    LIKE itself fails with patterns of more than 50,000 bytes (SQLite, Limits).
    """
    return or_(*(_place(text, column) > 0 for column in columns))


def begins_with(text: str, column: ExpressionElementRole[str]) -> ColumnElement[bool]:
    """Whether a column begins with a text, likewise."""
    return _place(text, column) == 1


def count_of(uow: UnitOfWork, wanted: Select[Any]) -> int:
    """How many rows ``wanted`` finds."""
    return uow.session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0


def are_any(uow: UnitOfWork, wanted: Select[Any]) -> bool:
    """Whether ``wanted`` finds a row."""
    # Without its columns, which SQLAlchemy would copy to put the query into another one.
    found = wanted.with_only_columns(_ONE, maintain_column_froms=True).order_by(None).limit(1)
    return uow.session.scalar(found) is not None


def values_of(column: InstrumentedAttribute[str], *conditions: ColumnElement[bool]) -> Select[str]:
    """The different values of a column, in order. An index must begin with what ``conditions`` compare, and the column.

    Each value is one search in the index (https://www.sqlite.org/lang_with.html), where DISTINCT reads every row.
    """
    least = select(func.min(column).label("value")).where(*conditions)
    found = least.cte("found", recursive=True)
    following = least.where(column > found.c.value).correlate(found).scalar_subquery()
    found = found.union_all(select(following).where(found.c.value.is_not(None)))
    return select(found.c.value).where(found.c.value.is_not(None))


def _place(text: str, column: ExpressionElementRole[str]) -> ColumnElement[int]:
    """Where in a column a text begins, from 1. 0: it is not there."""
    return func.instr(func.lower(column), func.lower(text), type_=Integer)
