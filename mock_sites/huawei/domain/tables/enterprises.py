"""The tables of enterprises, their departments and groups."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.huawei.domain.states import EnterpriseState
from mock_sites.huawei.domain.tables.base import Table, in_order_of


class Enterprise(Table):
    """An organization whose members use services. ``id`` is the tenant id."""

    __tablename__ = "enterprises"
    __table_args__ = (Index("enterprises_of", "account_id", text("created_at DESC"), "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str]
    domain: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    ready_at: Mapped[datetime]
    state: Mapped[EnterpriseState] = mapped_column(default=EnterpriseState.SETTING_UP)


class Department(Table):
    """A department of an enterprise. ``code`` is the id by which sellers know it. The enterprise is the top one itself.

    ``place`` is where it is in the tree: its name after those of the departments above it, joined by ``BELOW``. The top
    one has no place. In the order of ``in_order``, which follows from it, they are the tree.
    """

    BELOW: ClassVar[str] = "\x1f"
    """Comes before every character of a name, so that a department is followed by those below it."""

    __tablename__ = "departments"
    __table_args__ = (
        UniqueConstraint("enterprise_id", "place"),
        Index("departments_in_order", "enterprise_id", "in_order"),
        Index("departments_that_authorize", "enterprise_id", "authorizes", "in_order"),
    )
    code: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("departments.code"), index=True)
    name: Mapped[str]
    place: Mapped[str]
    in_order: Mapped[str]
    authorizes: Mapped[bool] = mapped_column(default=False)
    """Whether its members, and those of the departments below it, may use the application."""
    parent: Mapped["Department | None"] = relationship(remote_side=[code])

    _put_in_order = in_order_of("place")

    @property
    def level(self) -> int:
        """How far below the enterprise it is."""
        return self.place.count(self.BELOW) + 1 if self.place else 0

    @property
    def path(self) -> str:
        """Its name with those of the departments above it, but for the enterprise."""
        return " / ".join(self.place.split(self.BELOW)) if self.place else self.name


class Group(Table):
    """A group of members of any departments."""

    __tablename__ = "member_groups"
    __table_args__ = (
        UniqueConstraint("enterprise_id", "name"),
        Index("groups_in_order", "enterprise_id", "in_order"),
        Index("groups_that_authorize", "enterprise_id", "authorizes", "in_order"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    name: Mapped[str]
    in_order: Mapped[str]
    description: Mapped[str]
    authorizes: Mapped[bool] = mapped_column(default=False)
    """Whether its members may use the application."""

    _put_in_order = in_order_of("name")
