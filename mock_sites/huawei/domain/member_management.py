"""Added members: edited, disabled, enabled, deleted; new passwords; administrators (spec huawei 1.5)."""

from collections.abc import Sequence

from sqlalchemy import Select, update

from mock_sites.huawei.domain import automatic, departments, groups, members, syncing
from mock_sites.huawei.domain.states import MemberState
from mock_sites.huawei.domain.tables import Enterprise, LoginToken, Member
from mock_sites.huawei.domain.unified_login import REALM
from mock_sites.huawei.protocol.kit import DELETE, MODIFY
from mock_sites.world import sign_ins
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.passwords import check_policy, new_hash
from mock_sites.world.unit_of_work import UnitOfWork


def edit(uow: UnitOfWork, member: Member, *, name: str, department: str, phone: str, email: str) -> None:
    """Change a member's details. The account never changes.

    Raises:
        Refusal: for a field, as when a member is added.
    """
    members.check_contact(phone, email)
    member.department = departments.of_member(uow, member.enterprise, department)
    member.name, member.phone, member.email = name, phone, email
    uow.session.flush()
    _changed(uow, member, "member.changed")
    automatic.refresh(uow, member.enterprise)


def reset_password(uow: UnitOfWork, member: Member, password: str) -> None:
    """Give a member a new initial password, which it must change at the next login. It is signed out everywhere.

    Raises:
        Refusal: the password is too weak.
    """
    check_policy(password)
    member.password_hash = new_hash(uow, member.id, password)
    member.password_is_initial = True
    _sign_out(uow, member)
    uow.record("member.password-reset", enterprise=member.enterprise.domain, account=member.account)


def disable(uow: UnitOfWork, member: Member) -> None:
    """Let a member use no application until it is enabled again. Repeating it changes nothing."""
    if member.state is MemberState.ACTIVE:
        member.state = MemberState.DISABLED
        groups.count_member(uow, member)
        _sign_out(uow, member)
        _changed(uow, member, "member.disabled")


def enable(uow: UnitOfWork, enterprise: Enterprise, member_ids: Sequence[str]) -> list[Member]:
    """Let disabled members use their applications again.

    Raises:
        Refusal: none is picked, or one of them is no disabled member of the enterprise.
    """
    picked = disabled_among(uow, enterprise, member_ids)
    for member in picked:
        member.state = MemberState.ACTIVE
        groups.count_member(uow, member)
        _changed(uow, member, "member.enabled")
    return picked


def delete(uow: UnitOfWork, enterprise: Enterprise, member_ids: Sequence[str]) -> list[Member]:
    """Delete disabled members. Their accounts can be given to others.

    Raises:
        Refusal: none is picked, or one of them is no disabled member of the enterprise.
    """
    picked = disabled_among(uow, enterprise, member_ids)
    syncing.members_changed(uow, enterprise, picked, DELETE)
    for member in picked:
        member.state, member.is_administrator = MemberState.DELETED, False
        member.authorized = member.authorized_by_hand = False
        uow.record("member.deleted", enterprise=enterprise.domain, account=member.account)
    return picked


def disabled_among(uow: UnitOfWork, enterprise: Enterprise, member_ids: Sequence[str]) -> list[Member]:
    """The disabled members with these ids.

    Raises:
        Refusal: there is no id, or one that is not of a disabled member of the enterprise.
    """
    if not member_ids:
        raise Refusal(N_("Pick at least one member."), field="members")
    disabled = members.members_of(enterprise, state=MemberState.DISABLED)
    picked = list(uow.session.scalars(disabled.where(Member.id.in_(member_ids))))
    if len(picked) != len(set(member_ids)):
        raise Refusal(N_("Pick disabled members of this enterprise only."), field="members")
    return picked


def administrators_of(enterprise: Enterprise) -> Select[Member]:
    """The members who are administrators, in the order they were added."""
    return members.members_of(enterprise).where(Member.is_administrator.is_(True))


def appoint(uow: UnitOfWork, enterprise: Enterprise, account: str) -> Member:
    """Make a member an administrator. Repeating it changes nothing.

    Raises:
        Refusal: for ``account``: no active member has it.
    """
    member = members.with_account(uow, enterprise, account)
    if not member.is_administrator:
        member.is_administrator = True
        _changed(uow, member, "administrator.appointed")
    return member


def dismiss(uow: UnitOfWork, member: Member) -> None:
    """Make an administrator an ordinary member. Repeating it changes nothing."""
    if member.is_administrator:
        member.is_administrator = False
        _changed(uow, member, "administrator.dismissed")


def _changed(uow: UnitOfWork, member: Member, event: str) -> None:
    uow.record(event, enterprise=member.enterprise.domain, account=member.account)
    syncing.members_changed(uow, member.enterprise, [member], MODIFY)


def _sign_out(uow: UnitOfWork, member: Member) -> None:
    sign_ins.end_all(uow, REALM, member.id)
    uow.session.execute(update(LoginToken).where(LoginToken.member_id == member.id).values(revoked=True))
