"""Tickets of the support center, each with its thread of replies (spec guance C.1, B8)."""

from typing import Final

from sqlalchemy import Select, or_, select

from mock_sites.guance.domain.jobs import AnswerTicket
from mock_sites.guance.domain.states import TicketState
from mock_sites.guance.domain.tables import BillingAccount, Ticket, TicketReply
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any, count_of, have_text
from mock_sites.world.seed import DIGITS
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_TEXT: Final = 2000

VOUCHER: Final = "voucher"

CATEGORIES: Final = {
    "billing": N_("Bills and payment"),
    VOUCHER: N_("Ask for a voucher"),
    "settlement": N_("Settlement method"),
    "account": N_("Account"),
    "product": N_("Use of the product"),
}

STATES: Final = {
    TicketState.PROCESSING: N_("Being processed"),
    TicketState.ANSWERED: N_("Answered"),
    TicketState.CLOSED: N_("Closed"),
}

ANSWER_SECONDS: Final = (240, 900)
"""The shortest and the longest time until a ticket is answered."""


def next_attempt(uow: UnitOfWork, account: BillingAccount) -> int:
    """The number of the account's next ticket."""
    return count_of(uow, of_account(account.id)) + 1


def submit(uow: UnitOfWork, account: BillingAccount, *, attempt: int, category: str, title: str, text: str) -> Ticket:
    """Submit a ticket. Sending the same attempt again returns the same ticket.

    Raises:
        Refusal: for ``category``.
    """
    if category not in CATEGORIES:
        raise Refusal(N_("Choose one of the categories."), field="category")
    if 0 < attempt < next_attempt(uow, account):
        same = of_account(account.id).where(Ticket.title == title).limit(1)
        if sent := uow.session.scalars(same).first():
            return sent
    ticket = Ticket(
        id=f"T{uow.random_text('ticket', 10, DIGITS)}",
        billing_account_id=account.id,
        category=category,
        title=title,
        text=text,
        submitted_at=uow.now,
    )
    uow.session.add(ticket)
    uow.session.flush()
    uow.record("ticket.submitted", billing_account=account.id, ticket=ticket.id, category=category)
    _expect_answer(uow, ticket)
    return ticket


def reply(uow: UnitOfWork, ticket: Ticket, *, attempt: int, text: str) -> None:
    """Add a reply of the customer. Sending the same attempt again changes nothing.

    Raises:
        Refusal: the ticket is closed.
    """
    if ticket.state is TicketState.CLOSED:
        raise Refusal(N_("This ticket is closed. Submit a new one."))
    last = uow.session.scalars(replies_of(ticket, latest_first=True).where(TicketReply.by_support.is_(False))).first()
    if 0 < attempt < next_reply(uow, ticket) and last and last.text == text:
        return
    add_reply(uow, ticket, text, by_support=False)
    uow.record("ticket.replied", billing_account=ticket.billing_account_id, ticket=ticket.id)
    if ticket.state is TicketState.ANSWERED:
        ticket.state = TicketState.PROCESSING
        _expect_answer(uow, ticket)


def close(uow: UnitOfWork, ticket: Ticket) -> None:
    """Close a ticket. Repeating it changes nothing."""
    if ticket.state is not TicketState.CLOSED:
        ticket.state = TicketState.CLOSED
        uow.unschedule(AnswerTicket(ticket.id))
        uow.record("ticket.closed", billing_account=ticket.billing_account_id, ticket=ticket.id)


def add_reply(uow: UnitOfWork, ticket: Ticket, text: str, *, by_support: bool) -> None:
    """Add a reply to the thread."""
    uow.session.add(TicketReply(ticket_id=ticket.id, by_support=by_support, text=text, at=uow.now))
    uow.session.flush()


def next_reply(uow: UnitOfWork, ticket: Ticket) -> int:
    """The number of the next reply of the customer to a ticket."""
    return count_of(uow, replies_of(ticket).where(TicketReply.by_support.is_(False))) + 1


def is_answered(uow: UnitOfWork, ticket: Ticket) -> bool:
    """Whether the support center has answered a ticket."""
    return are_any(uow, replies_of(ticket).where(TicketReply.by_support))


def replies_of(ticket: Ticket, *, latest_first: bool = False) -> Select[TicketReply]:
    """The thread of a ticket, oldest first."""
    order = TicketReply.number.desc() if latest_first else TicketReply.number
    return select(TicketReply).where(TicketReply.ticket_id == ticket.id).order_by(order)


def of_account(billing_account_id: str, *, text: str = "", state: str = "") -> Select[Ticket]:
    """The tickets of an account, latest first: all, those with a text in their number or title, those in a state."""
    wanted = select(Ticket).where(Ticket.billing_account_id == billing_account_id)
    if text:
        wanted = wanted.where(or_(Ticket.id == text, have_text(text, Ticket.title)))
    if state in list(TicketState):
        wanted = wanted.where(Ticket.state == TicketState(state))
    return wanted.order_by(Ticket.submitted_at.desc(), Ticket.id)


def find(uow: UnitOfWork, billing_account_id: str, ticket_id: str) -> Ticket | None:
    """The ticket with this id, if it belongs to the account."""
    ticket = uow.session.get(Ticket, ticket_id)
    return ticket if ticket and ticket.billing_account_id == billing_account_id else None


def _expect_answer(uow: UnitOfWork, ticket: Ticket) -> None:
    uow.schedule(AnswerTicket(ticket.id), after=uow.random_int("ticket-answer", *ANSWER_SECONDS))
