"""Signing in by a QR code: somebody who is signed in on another device scans it, and confirms.

A ticket names the browser that shows the code. It begins with the second in which it was made, so nothing is stored
until it is confirmed.
"""

import re
from datetime import timedelta
from typing import Final

from mock_sites.huawei.domain.tables import QrConfirmation
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

LIFETIME: Final = timedelta(minutes=5)

_TICKET: Final = re.compile(r"([0-9a-f]{8})[0-9a-f]{24}")


def new_ticket(uow: UnitOfWork, browser: str) -> str:
    """A ticket for the browser with this secret."""
    second = int(uow.now.timestamp())
    return f"{second:08x}{uow.world.seed.random_text(f'huawei/qr-ticket/{browser}/{second}', 24)}"


def is_ticket(text: str) -> bool:
    """Whether it is written as a ticket is."""
    return _TICKET.fullmatch(text) is not None


def is_valid(uow: UnitOfWork, ticket: str) -> bool:
    """Whether it is a ticket that is less than five minutes old."""
    found = _TICKET.fullmatch(ticket)
    return found is not None and 0 <= uow.now.timestamp() - int(found[1], 16) < LIFETIME.total_seconds()


def confirm(uow: UnitOfWork, ticket: str, subject: str) -> None:
    """Sign ``subject`` in at the browser that shows the code.

    Raises:
        Refusal: the ticket is too old.
    """
    if not is_valid(uow, ticket):
        raise Refusal(N_("This QR code has expired. Show a new one."))
    uow.session.merge(QrConfirmation(ticket=ticket, subject=subject))
    uow.record("qr-sign-in.confirmed")


def confirmed_by(uow: UnitOfWork, ticket: str) -> str | None:
    """Who has confirmed the ticket, while it is valid."""
    found = uow.session.get(QrConfirmation, ticket) if is_valid(uow, ticket) else None
    return found.subject if found else None


def use(uow: UnitOfWork, ticket: str) -> str | None:
    """Who is to be signed in by the ticket, which is used up. None: it is not confirmed, or it is used or too old."""
    subject = confirmed_by(uow, ticket)
    if subject:
        uow.session.delete(uow.session.get_one(QrConfirmation, ticket))
    return subject
