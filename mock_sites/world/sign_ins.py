"""Who is signed in: a row per sign-in. Signing out removes the row, so that a cookie that is left is worth nothing.

A ``realm`` is a sign-in with people of its own, such as "account" or "member". A ``subject`` is the person.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.world.shared_tables import SharedTable
from mock_sites.world.unit_of_work import UnitOfWork

LIFETIME: Final = timedelta(hours=12)
"""The usual duration of a sign-in, by the world's clock."""


_PASS: Final = "pass/"
"""What the realm of a pass to a realm begins with."""

_PASS_LIFETIME: Final = timedelta(minutes=1)


class SignIn(SharedTable):
    """One sign-in; ``token`` is what the session cookie holds."""

    __tablename__ = "sign_ins"
    token: Mapped[str] = mapped_column(primary_key=True)
    realm: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    ends_at: Mapped[datetime]


_FIND: Final = select(SignIn).where(
    SignIn.token == bindparam("token"), SignIn.realm == bindparam("realm"), SignIn.ends_at > bindparam("now")
)
"""Every page runs this query, so it is built once."""


def begin(uow: UnitOfWork, realm: str, subject: str, lifetime: timedelta = LIFETIME) -> SignIn:
    """Sign ``subject`` in. Each sign-in gets a token of its own."""
    sign_in = SignIn(token=uow.random_text("sign-in", 32), realm=realm, subject=subject, ends_at=uow.now + lifetime)
    uow.session.add(sign_in)
    return sign_in


def find(uow: UnitOfWork, realm: str, token: str) -> SignIn | None:
    """The sign-in behind ``token``, unless it has ended."""
    return uow.session.scalar(_FIND, {"token": token, "realm": realm, "now": uow.now})


def end(uow: UnitOfWork, token: str, subject: str) -> None:
    """Sign ``subject`` out. In a restored world, ``token`` can be the one of somebody else, who stays signed in."""
    uow.session.execute(
        update(SignIn)
        .where(SignIn.token == token, SignIn.subject == subject, SignIn.ends_at > uow.now)
        .values(ends_at=uow.now)
    )


def issue_pass(uow: UnitOfWork, realm: str, subject: str) -> str:
    """A token by which a browser is signed in as ``subject`` without a password. It works once, within a minute."""
    return begin(uow, _PASS + realm, subject, _PASS_LIFETIME).token


def redeem_pass(uow: UnitOfWork, realm: str, token: str) -> str | None:
    """Who is to be signed in by the pass, which is used up. None if it is unknown, used or too old."""
    found = find(uow, _PASS + realm, token)
    if found is None:
        return None
    end(uow, token, found.subject)
    return found.subject


def end_all(uow: UnitOfWork, realm: str, subject: str) -> None:
    """Sign ``subject`` out everywhere, as after a change of password. Passes that were issued are good no longer."""
    uow.session.execute(
        update(SignIn)
        .where(SignIn.realm.in_((realm, _PASS + realm)), SignIn.subject == subject, SignIn.ends_at > uow.now)
        .values(ends_at=uow.now)
    )
