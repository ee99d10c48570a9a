"""What all tables of Huawei Cloud share."""

import re
from collections.abc import Callable
from typing import Protocol

from sqlalchemy.orm import DeclarativeBase, Mapped, validates

from mock_sites.world.shared_tables import COLUMN_TYPES
from mock_sites.world.states import guard


class Table(DeclarativeBase):
    """The base class of Huawei Cloud's tables."""

    type_annotation_map = COLUMN_TYPES


guard(Table)


def natural(text: str) -> str:
    """What a text is sorted by where numbers in it count as numbers: Team 2 comes before Team 10.

    No two texts have the same one.
    """
    return re.sub("[0-9]+", lambda number: f"{number[0]:0>20}{len(number[0]):02}", text)


class _InOrder(Protocol):
    in_order: Mapped[str]


def in_order_of(column: str) -> Callable[[_InOrder, str, str], str]:
    """What keeps ``in_order`` of a row as the text in ``column`` is sorted."""

    def put_in_order(row: _InOrder, _name: str, text: str) -> str:
        row.in_order = natural(text)
        return text

    return validates(column)(put_in_order)
