"""The tables of registrations, and of the codes that are mailed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.tables.base import Table


class VerificationCode(Table):
    """A code that was mailed to ``email`` for ``purpose``. Only the last one counts.

    ``email`` holds the user name where the user who asks must not learn the email.
    """

    __tablename__ = "verification_codes"
    email: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    digits: Mapped[str]
    sent_at: Mapped[datetime]
    wrong_tries: Mapped[int]
    used: Mapped[bool]


class Registration(Table):
    """One user's registration. ``account_id`` is set after its second step, ``workspace_id`` at its end."""

    __tablename__ = "registrations"
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visits.id"))
    site: Mapped[str]
    username: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    password_hash: Mapped[str]
    company: Mapped[str] = mapped_column(default="")
    industry: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    began_at: Mapped[datetime]
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    workspace_id: Mapped[str | None] = mapped_column(ForeignKey("workspaces.id"))
