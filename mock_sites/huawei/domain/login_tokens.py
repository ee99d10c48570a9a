"""Codes and tokens with which a seller learns who logged in (spec huawei 4.2). Only their digests are stored."""

import hashlib
from datetime import timedelta
from typing import Final

from sqlalchemy import update

from mock_sites.huawei.domain.applications import is_usable
from mock_sites.huawei.domain.tables import LoginCode, LoginToken, Member
from mock_sites.huawei.domain.unified_login import may_log_in
from mock_sites.world.unit_of_work import UnitOfWork

CODE_LIFETIME: Final = timedelta(minutes=5)
ACCESS_LIFETIME: Final = timedelta(hours=2)
REFRESH_LIFETIME: Final = timedelta(days=30)
"""How long each is valid (spec huawei 4.2, step 4; the time of the code is this mock's own)."""


def new_code(uow: UnitOfWork) -> str:
    """Make an authorization code. It is not valid before it is stored."""
    return uow.random_text("code", 32)


def store_code(uow: UnitOfWork, code: str, member: Member, client_id: str, *, redirect_uri: str = "") -> None:
    """Let the client exchange ``code`` for the identity of the member: once, within five minutes."""
    uow.session.add(
        LoginCode(
            digest=digest(code),
            member_id=member.id,
            client_id=client_id,
            redirect_uri=redirect_uri,
            expires_at=uow.now + CODE_LIFETIME,
        )
    )
    uow.record("member.signed-in", enterprise=member.enterprise.domain, account=member.account)


def find_code(uow: UnitOfWork, code: str) -> LoginCode | None:
    """The row of a code, valid or not."""
    return uow.session.get(LoginCode, digest(code))


def is_good(uow: UnitOfWork, code: LoginCode) -> bool:
    """Whether ``code`` can be redeemed now.

    If a code is used twice, somebody else may have it. Then all its tokens are revoked (RFC 6749, 4.1.2). The
    revocation is committed, whatever the caller answers.
    """
    if code.used:
        issued = update(LoginToken).where(LoginToken.code_digest == code.digest, LoginToken.revoked.is_(False))
        uow.session.execute(issued.values(revoked=True))
        uow.record("login-code.reused", account=member_of(uow, code).account, client=code.client_id)
        uow.commit()
        return False
    return uow.now < code.expires_at and _may_log_in(uow, code)


def use_up(uow: UnitOfWork, code: LoginCode) -> None:
    """Mark the code as redeemed."""
    code.used = True
    member = member_of(uow, code)
    uow.record(
        "login-code.redeemed", enterprise=member.enterprise.domain, account=member.account, client=code.client_id
    )


def store_tokens(
    uow: UnitOfWork, origin: LoginCode | LoginToken, *, access_token: str, refresh_token: str | None
) -> None:
    """Store the tokens of a code, or the access token of a refresh token."""
    code_digest = origin.digest if isinstance(origin, LoginCode) else origin.code_digest
    lifetimes = {"access": (access_token, ACCESS_LIFETIME), "refresh": (refresh_token, REFRESH_LIFETIME)}
    for kind, (token, lifetime) in lifetimes.items():
        if token is not None:
            uow.session.add(
                LoginToken(
                    digest=digest(token),
                    kind=kind,
                    code_digest=code_digest,
                    member_id=origin.member_id,
                    client_id=origin.client_id,
                    expires_at=uow.now + lifetime,
                )
            )


def find_token(uow: UnitOfWork, kind: str, token: str) -> LoginToken | None:
    """The token, if it is of this ``kind`` and valid: not expired, not revoked, and its member may still log in
    to the application.
    """
    row = uow.session.get(LoginToken, digest(token))
    if row is None or row.kind != kind or row.revoked or row.expires_at <= uow.now:
        return None
    return row if _may_log_in(uow, row) else None


def member_of(uow: UnitOfWork, row: LoginCode | LoginToken) -> Member:
    """The member who logged in."""
    return uow.session.get_one(Member, row.member_id)


def _may_log_in(uow: UnitOfWork, row: LoginCode | LoginToken) -> bool:
    member = member_of(uow, row)
    return may_log_in(uow, member) and is_usable(uow, member.enterprise, row.client_id)


def digest(secret: str) -> str:
    """The digest that is stored of a code or token."""
    return hashlib.sha256(secret.encode()).hexdigest()
