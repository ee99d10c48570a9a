"""Unified login: members sign in, change their initial password, and are handed over to the seller by a code."""

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from mock_sites.huawei.domain.enterprises import is_expired, is_in_use
from mock_sites.huawei.domain.tables import AccessToken, Enterprise, LoginCode, Member
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.passwords import check_policy, hash_password, matches

CODE_LIFETIME: Final = timedelta(minutes=5)
TOKEN_LIFETIME: Final = timedelta(hours=2)
"""How long an access token is good (spec huawei 4.2)."""


def authenticate(book: Book, login_name: str, password: str) -> Member:
    """The authorized member behind ``account@enterprise-domain`` and its password (S1, Log In to the Application, 1).

    Raises:
        Refusal: an unknown account and a wrong password, which read the same; a member who may not log in.
    """
    account, _, domain = login_name.strip().rpartition("@")
    wanted = select(Member).join(Enterprise).where(Member.account == account, Enterprise.domain == domain.lower())
    member = book.session.scalars(wanted).first()
    if not matches(password, member.password_hash if member else None) or member is None:
        raise Refusal(N_("The account or the password is incorrect."))
    check_may_log_in(book, member)
    return member


def check_may_log_in(book: Book, member: Member) -> None:
    """Refuse a member who may not use the application.

    Raises:
        Refusal: the enterprise's service was closed or has expired, or the member is not authorized.
    """
    if not is_in_use(book, member.enterprise):
        if is_expired(book, member.enterprise):
            raise Refusal(N_("This service has expired. Ask the administrator of your enterprise to renew it."))
        raise Refusal(
            N_("Your enterprise has closed this service. Ask its administrator, who can subscribe to it again.")
        )
    if not member.authorized:
        raise Refusal(
            N_("Your account is not authorized for this application. Ask the administrator of your enterprise.")
        )


def change_initial_password(book: Book, member: Member, new_password: str) -> None:
    """Replace the initial password, which never works again (S1, Log In to the Application, 2).

    Raises:
        Refusal: the new password is too weak, or is the initial one, or the member may not log in any more.
    """
    check_may_log_in(book, member)
    check_policy(new_password, field="new_password")
    if matches(new_password, member.password_hash):
        raise Refusal(N_("The new password must differ from the initial one."), field="new_password")
    member.password_hash = hash_password(new_password, book.octets("salt", 16))
    member.password_is_initial = False
    book.record("member.password-changed", enterprise=member.enterprise.domain, account=member.account)


def issue_code(book: Book, member: Member) -> str:
    """An authorization code with which the seller learns who the member is; good once, for five minutes."""
    code = LoginCode(code=book.letters("code", 32), member_id=member.id, expires_at=book.now + CODE_LIFETIME)
    book.session.add(code)
    book.record("member.signed-in", enterprise=member.enterprise.domain, account=member.account)
    return code.code


def redeem_code(book: Book, code: str) -> AccessToken | None:
    """A token for the code, or None when the code is unknown, used or too old."""
    row = book.session.get(LoginCode, code)
    if row is None or row.used or row.expires_at <= book.now:
        return None
    row.used = True
    token = AccessToken(
        token=book.letters("access-token", 40), member_id=row.member_id, expires_at=book.now + TOKEN_LIFETIME
    )
    book.session.add(token)
    return token


def member_of_token(book: Book, token: str) -> Member | None:
    """The member behind a token, unless it has expired or the member may no longer log in."""
    row = book.session.get(AccessToken, token)
    if row is None or row.expires_at <= book.now:
        return None
    member = book.session.get_one(Member, row.member_id)
    return member if member.authorized and is_in_use(book, member.enterprise) else None
