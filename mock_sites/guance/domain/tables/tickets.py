"""The tables of the support center."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.states import TicketState
from mock_sites.guance.domain.tables.base import Table


class Ticket(Table):
    """A question to the support center."""

    __tablename__ = "tickets"
    __table_args__ = (Index("tickets_of", "billing_account_id", text("submitted_at DESC"), "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    category: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    submitted_at: Mapped[datetime]
    state: Mapped[TicketState] = mapped_column(default=TicketState.PROCESSING)


class TicketReply(Table):
    """A reply in the thread of a ticket, of the customer or of the support center."""

    __tablename__ = "ticket_replies"
    __table_args__ = (Index("ticket_replies_of", "ticket_id", "number", "by_support"),)
    number: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("tickets.id"))
    by_support: Mapped[bool]
    text: Mapped[str]
    at: Mapped[datetime]
