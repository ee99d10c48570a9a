"""The real-name authentication of an individual by a QR code: who scans it confirms the name on the phone."""

import re
from typing import Final

from sqlalchemy import select

from mock_sites.huawei.domain import certificates, real_names
from mock_sites.huawei.domain.qr_sign_in import LIFETIME
from mock_sites.huawei.domain.tables import Account, RealNameMethod, RealNameScan
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

_TICKET: Final = re.compile(r"[0-9a-f]{32}")


def begin(uow: UnitOfWork, account: Account, *, real_name: str, number: str) -> RealNameScan:
    """Make a QR code that verifies an individual. It takes the place of an earlier one.

    Raises:
        Refusal: for ``number``: it is not valid; or the account is verified or under review.
    """
    real_names.check_may_submit(account)
    certificates.check_identity_number(number)
    if before := uow.session.get(RealNameScan, account.id):
        uow.session.delete(before)
        uow.session.flush()
    scan = RealNameScan(
        account=account, ticket=uow.random_text("real-name-scan", 32), real_name=real_name, made_at=uow.now
    )
    uow.session.add(scan)
    return scan


def of_account(uow: UnitOfWork, account: Account) -> RealNameScan | None:
    """The account's QR code, while it is valid."""
    return _valid(uow, uow.session.get(RealNameScan, account.id))


def is_ticket(text: str) -> bool:
    """Whether it is written as the ticket of a QR code is."""
    return _TICKET.fullmatch(text) is not None


def with_ticket(uow: UnitOfWork, ticket: str) -> RealNameScan | None:
    """The QR code with this ticket, while it is valid."""
    return _valid(uow, uow.session.scalars(select(RealNameScan).where(RealNameScan.ticket == ticket)).first())


def confirm(uow: UnitOfWork, ticket: str) -> None:
    """Verify the account, at once. The QR code is used up.

    Raises:
        Refusal: the code is not valid any more, or the account is verified or under review.
    """
    scan = with_ticket(uow, ticket)
    if scan is None:
        raise Refusal(N_("This QR code has expired. Show a new one."))
    real_names.verify(uow, scan.account, proof=RealNameMethod.QR_CODE, real_name=scan.real_name)
    uow.session.delete(scan)


def _valid(uow: UnitOfWork, scan: RealNameScan | None) -> RealNameScan | None:
    return scan if scan and uow.now < scan.made_at + LIFETIME else None
