"""What all tables of Huawei Cloud share."""

from sqlalchemy.orm import DeclarativeBase

from mock_sites.world.shared_tables import COLUMN_TYPES
from mock_sites.world.states import guard


class Table(DeclarativeBase):
    """The base class of Huawei Cloud's tables."""

    type_annotation_map = COLUMN_TYPES


guard(Table)
