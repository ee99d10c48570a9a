"""The tables of members of enterprises and of their imports."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.huawei.domain.states import MemberState
from mock_sites.huawei.domain.tables.base import Table, in_order_of
from mock_sites.huawei.domain.tables.enterprises import Department, Enterprise


class Member(Table):
    """A member of an enterprise. ``account`` can never be changed. It is unique among those who are not deleted."""

    __tablename__ = "members"
    __table_args__ = (
        Index("members_by_account", "enterprise_id", "account"),
        Index("members_of", "enterprise_id", "state", "added_at", "in_order"),
        Index("members_who_may", "enterprise_id", "state", "authorized", "added_at", "in_order"),
        Index("members_by_department", "department_code", "state", "added_at", "in_order"),
        Index("administrators_of", "enterprise_id", "state", "is_administrator", "added_at", "in_order"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    account: Mapped[str]
    in_order: Mapped[str]
    name: Mapped[str]
    department_code: Mapped[str] = mapped_column(ForeignKey("departments.code"))
    phone: Mapped[str]
    email: Mapped[str]
    password_hash: Mapped[str]
    added_at: Mapped[datetime]
    password_is_initial: Mapped[bool] = mapped_column(default=True)
    authorized: Mapped[bool] = mapped_column(default=False)
    authorized_by_hand: Mapped[bool] = mapped_column(default=False)
    """Whether it is authorized by itself, and not only through its department or a group."""
    is_administrator: Mapped[bool] = mapped_column(default=False)
    state: Mapped[MemberState] = mapped_column(default=MemberState.ACTIVE)
    enterprise: Mapped[Enterprise] = relationship()
    department: Mapped[Department] = relationship()

    _put_in_order = in_order_of("account")

    @property
    def login_name(self) -> str:
        """The name with which the member signs in at unified login."""
        return f"{self.account}@{self.enterprise.domain}"


class GroupMember(Table):
    """A member in a group. ``is_active`` is whether the member is, so that the members of a group can be counted."""

    __tablename__ = "group_members"
    __table_args__ = (Index("group_members_active", "group_id", "is_active"),)
    group_id: Mapped[str] = mapped_column(ForeignKey("member_groups.id"), primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("members.id"), primary_key=True, index=True)
    is_active: Mapped[bool] = mapped_column(default=True)


class MemberImport(Table):
    """An import of members from a sheet: how many rows it had, and how many members were added."""

    __tablename__ = "member_imports"
    __table_args__ = (Index("imports_of", "enterprise_id", text("at DESC"), "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(ForeignKey("enterprises.id"))
    file_name: Mapped[str]
    at: Mapped[datetime]
    rows: Mapped[int]
    added: Mapped[int]

    @property
    def failed(self) -> int:
        """How many rows no member was made of."""
        return self.rows - self.added


class FailedRow(Table):
    """A row of which no member was made, without its password. ``reason`` is in the language of the import."""

    __tablename__ = "failed_rows"
    import_id: Mapped[str] = mapped_column(ForeignKey("member_imports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """The number of the row in the sheet, from 1. The first row is the header."""
    name: Mapped[str]
    department: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    account: Mapped[str]
    reason: Mapped[str]
