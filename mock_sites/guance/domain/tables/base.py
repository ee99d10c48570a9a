"""What all tables of Guance share."""

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase

from mock_sites.world.shared_tables import COLUMN_TYPES
from mock_sites.world.states import guard

NAME = String(collation="NOCASE")
"""The type of user names, which ignores case: "Wendy" equals "wendy"."""


class Table(DeclarativeBase):
    """The base class of Guance's tables."""

    type_annotation_map = COLUMN_TYPES


guard(Table)
