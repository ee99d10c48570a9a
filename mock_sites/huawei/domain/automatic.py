"""Automatic authorization: the members of departments and groups may use the application (spec huawei 1.6)."""

from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from mock_sites.huawei.domain import syncing
from mock_sites.huawei.domain.states import MemberState
from mock_sites.huawei.domain.tables import Department, Enterprise, Group, GroupMember, Member
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork


def authorize(uow: UnitOfWork, enterprise: Enterprise, found: Department | Group, *, agreed: bool) -> None:
    """Authorize all members of a department, with those below it, or of a group, also those who come later.

    Raises:
        Refusal: the terms are not agreed to.
    """
    if not agreed:
        raise Refusal(N_("Agree to the terms before you confirm the authorization."), field="agreed")
    _set(uow, enterprise, found, authorizes=True)


def cancel(uow: UnitOfWork, enterprise: Enterprise, found: Department | Group) -> None:
    """End the authorization of a department or a group. Who is authorized in another way too stays authorized."""
    _set(uow, enterprise, found, authorizes=False)


def refresh(uow: UnitOfWork, enterprise: Enterprise) -> None:
    """Authorize who has come into an authorized department or group, and end the authorization of who has left it."""
    mine = select(Member).where(Member.enterprise_id == enterprise.id, Member.state != MemberState.DELETED)
    may = or_(Member.authorized_by_hand, is_automatic())
    gained = uow.session.scalars(mine.where(Member.authorized.is_(False), may).order_by(Member.account)).all()
    lost = uow.session.scalars(mine.where(Member.authorized, ~may).order_by(Member.account)).all()
    for member in gained:
        member.authorized = True
        uow.record("member.authorized", enterprise=enterprise.domain, account=member.account)
    if gained:
        syncing.authorized(uow, enterprise, gained)
    for member in lost:
        member.authorized = False
        uow.record("member.authorization-cancelled", enterprise=enterprise.domain, account=member.account)
        syncing.authorization_cancelled(uow, member)


def check_only_by_hand(uow: UnitOfWork, member: Member) -> None:
    """Check that a member is not authorized through its department or a group.

    Raises:
        Refusal: it is.
    """
    if are_any(uow, select(Member).where(Member.id == member.id, is_automatic())):
        raise Refusal(
            N_("The member is authorized automatically, through a department or a group. Cancel that authorization.")
        )


def departments_that_authorize(enterprise: Enterprise) -> Select[Department]:
    """The departments whose members are authorized, in the order of the tree."""
    mine = select(Department).where(Department.enterprise_id == enterprise.id, Department.authorizes.is_(True))
    return mine.order_by(Department.in_order)


def groups_that_authorize(enterprise: Enterprise) -> Select[Group]:
    """The groups whose members are authorized, by name."""
    mine = select(Group).where(Group.enterprise_id == enterprise.id, Group.authorizes.is_(True))
    return mine.order_by(Group.in_order)


def is_automatic() -> Any:
    """The condition that a member is in an authorized department, or below one, or in an authorized group."""
    above, below = aliased(Department), aliased(Department)
    first, after = above.place + Department.BELOW, above.place + chr(ord(Department.BELOW) + 1)
    within = or_(above.place == "", below.place == above.place, and_(below.place >= first, below.place < after))
    departments = select(below.code).join(
        above, and_(above.enterprise_id == below.enterprise_id, above.authorizes, within)
    )
    groups = select(GroupMember.member_id).join(Group, and_(Group.id == GroupMember.group_id, Group.authorizes))
    return or_(Member.department_code.in_(departments), Member.id.in_(groups))


def _set(uow: UnitOfWork, enterprise: Enterprise, found: Department | Group, *, authorizes: bool) -> None:
    if found.authorizes is not authorizes:
        found.authorizes = authorizes
        uow.session.flush()
        event = "authorized" if authorizes else "authorization-cancelled"
        uow.record(f"{type(found).__name__.lower()}.{event}", enterprise=enterprise.domain, name=found.name)
        refresh(uow, enterprise)
