"""Tickets of the support center: submitted, listed and read again (spec guance C.1)."""

from typing import Final

from sqlalchemy import Select, select

from mock_sites.guance.domain.tables import BillingAccount, Ticket
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import count_of
from mock_sites.world.seed import DIGITS
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_TEXT: Final = 2000

CATEGORIES: Final = {
    "billing": N_("Bills and payment"),
    "settlement": N_("Settlement method"),
    "account": N_("Account"),
    "product": N_("Use of the product"),
}


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
    return ticket


def of_account(billing_account_id: str) -> Select[Ticket]:
    """The tickets of an account, latest first."""
    wanted = select(Ticket).where(Ticket.billing_account_id == billing_account_id)
    return wanted.order_by(Ticket.submitted_at.desc(), Ticket.id)


def find(uow: UnitOfWork, billing_account_id: str, ticket_id: str) -> Ticket | None:
    """The ticket with this id, if it belongs to the account."""
    ticket = uow.session.get(Ticket, ticket_id)
    return ticket if ticket and ticket.billing_account_id == billing_account_id else None
