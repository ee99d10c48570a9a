"""Unified login: members sign in and change their initial password. ``login_tokens`` tells the seller about it."""

from typing import Final

from sqlalchemy import select

from mock_sites.huawei.domain.enterprises import is_expired, is_in_use
from mock_sites.huawei.domain.states import MemberState
from mock_sites.huawei.domain.tables import Enterprise, Member
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.passwords import check_policy, guessed, new_hash, opens
from mock_sites.world.unit_of_work import UnitOfWork

REALM: Final = "member"
"""The realm of sign-ins to unified login."""


def authenticate(uow: UnitOfWork, login_name: str, password: str) -> Member:
    """The authorized member with this ``account@enterprise-domain`` and password (S1, Log In to the Application, 1).

    Raises:
        Refusal: the account is unknown, the password is wrong, or there were too many wrong ones, all with the same
            message; or the member may not log in.
    """
    account, _, domain = login_name.strip().rpartition("@")
    wanted = select(Member).join(Enterprise).where(Member.account == account, Enterprise.domain == domain.lower())
    wanted = wanted.where(Member.state != MemberState.DELETED)
    member = guessed(uow, REALM, login_name, password, uow.session.scalars(wanted).all()[:1])
    if member is None:
        raise Refusal(N_("The account or the password is incorrect."))
    check_may_log_in(uow, member)
    return member


def check_may_log_in(uow: UnitOfWork, member: Member) -> None:
    """Check that a member may use the application.

    Raises:
        Refusal: the enterprise's service was closed or has expired, or the member is disabled or not authorized.
    """
    if not is_in_use(uow, member.enterprise):
        if is_expired(uow, member.enterprise):
            raise Refusal(N_("This service has expired. Ask the administrator of your enterprise to renew it."))
        raise Refusal(
            N_("Your enterprise has closed this service. Ask its administrator, who can subscribe to it again.")
        )
    if member.state is not MemberState.ACTIVE:
        raise Refusal(N_("Your account is disabled. Ask the administrator of your enterprise."))
    if not member.authorized:
        raise Refusal(
            N_("Your account is not authorized for this application. Ask the administrator of your enterprise.")
        )


def may_log_in(uow: UnitOfWork, member: Member) -> bool:
    """Whether the member may use the application right now."""
    return member.authorized and member.state is MemberState.ACTIVE and is_in_use(uow, member.enterprise)


def change_initial_password(uow: UnitOfWork, member: Member, new_password: str) -> None:
    """Replace the initial password, which is never valid again (S1, Log In to the Application, 2).

    Raises:
        Refusal: the new password is too weak or equals the initial one, the initial one was already replaced, or the
            member may no longer log in.
    """
    check_policy(new_password, field="new_password")
    is_same = opens(uow, new_password, member)
    password_hash = new_hash(uow, member.id, new_password)
    check_may_log_in(uow, member)
    if not member.password_is_initial:
        raise Refusal(N_("The initial password has been changed already. Log in with the new one."))
    if is_same:
        raise Refusal(N_("The new password must differ from the initial one."), field="new_password")
    member.password_hash = password_hash
    member.password_is_initial = False
    uow.record("member.password-changed", enterprise=member.enterprise.domain, account=member.account)
