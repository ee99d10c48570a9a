"""Counts wrong passwords and codes: after too many, a person must wait, by the world's clock (OWASP ASVS, 6.3.1).

A try counts for the account that was named, whether it exists or not, and for the address it came from.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Index, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.world.clock import BEIJING
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.shared_tables import SharedTable
from mock_sites.world.unit_of_work import UnitOfWork

WINDOW: Final = timedelta(minutes=15)
MOST_FOR_ACCOUNT: Final = 10
MOST_FROM_SOURCE: Final = 100


class WrongTry(SharedTable):
    """A wrong password or code for an ``account`` of a ``realm``. ``source`` is an IP address or empty."""

    __tablename__ = "wrong_tries"
    __table_args__ = (Index("wrong_tries_for", "realm", "account"), Index("wrong_tries_from", "source"))
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    realm: Mapped[str]
    account: Mapped[str]
    source: Mapped[str]


def check(uow: UnitOfWork, realm: str, account: str, *, field: str = "") -> None:
    """Refuse a try after too many wrong ones.

    Raises:
        Refusal: for ``field``, with the time of the next allowed try.
    """
    _check(uow, MOST_FOR_ACCOUNT, field, WrongTry.realm == realm, WrongTry.account == account)
    if uow.source:
        _check(uow, MOST_FROM_SOURCE, field, WrongTry.source == uow.source)


def count(uow: UnitOfWork, realm: str, account: str) -> None:
    """Store a wrong try and commit it at once, because the refused request itself is rolled back."""
    uow.session.execute(delete(WrongTry).where(WrongTry.at <= uow.now - WINDOW))
    uow.session.add(WrongTry(at=uow.now, realm=realm, account=account, source=uow.source))
    uow.commit()


def forget(uow: UnitOfWork, realm: str, account: str) -> None:
    """Forget the wrong tries after a correct one."""
    uow.session.execute(delete(WrongTry).where(WrongTry.realm == realm, WrongTry.account == account))


def _check(uow: UnitOfWork, most: int, field: str, *which: ColumnElement[bool]) -> None:
    recent = select(WrongTry.at).where(*which, WrongTry.at > uow.now - WINDOW).order_by(WrongTry.at.desc())
    if (oldest := uow.session.scalar(recent.offset(most - 1).limit(1))) is not None:
        raise Refusal(
            N_("Too many wrong tries. Try again at {time} (Beijing time)."),
            field=field,
            time=f"{oldest + WINDOW + BEIJING:%H:%M:%S}",
        )
