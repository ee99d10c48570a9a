"""Groups of members, across departments (spec huawei 1.1)."""

from typing import Final

from sqlalchemy import Select, delete, exists, func, select, update

from mock_sites.huawei.domain import automatic, members
from mock_sites.huawei.domain.states import MemberState
from mock_sites.huawei.domain.tables import Enterprise, Group, GroupMember, Member
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_NAME: Final = 60
LONGEST_DESCRIPTION: Final = 200


def groups_of(enterprise: Enterprise) -> Select[Group]:
    """The groups of an enterprise, by name."""
    return select(Group).where(Group.enterprise_id == enterprise.id).order_by(Group.in_order)


def find(uow: UnitOfWork, enterprise: Enterprise, group_id: str) -> Group | None:
    """The group with this id, if it is one of the enterprise."""
    found = uow.session.get(Group, group_id)
    return found if found and found.enterprise_id == enterprise.id else None


def named(uow: UnitOfWork, enterprise: Enterprise, name: str, field: str = "name") -> Group:
    """The group with this name.

    Raises:
        Refusal: for ``field``: there is none.
    """
    if found := uow.session.scalars(groups_of(enterprise).where(Group.name == name)).first():
        return found
    raise Refusal(N_("There is no group with this name."), field=field)


def add(uow: UnitOfWork, enterprise: Enterprise, *, name: str, description: str) -> Group:
    """Make a group without members.

    Raises:
        Refusal: there is one with this name.
    """
    _check_name(uow, enterprise, name)
    group = Group(
        id=uow.random_text("group", 16),
        enterprise_id=enterprise.id,
        name=name,
        description=description,
        authorizes=False,
    )
    uow.session.add(group)
    uow.record("group.added", enterprise=enterprise.domain, name=name)
    return group


def edit(uow: UnitOfWork, enterprise: Enterprise, group: Group, *, name: str, description: str) -> None:
    """Change the name and the description of a group.

    Raises:
        Refusal: another one has this name.
    """
    if name != group.name:
        _check_name(uow, enterprise, name)
    group.name, group.description = name, description
    uow.record("group.changed", enterprise=enterprise.domain, name=name)


def remove(uow: UnitOfWork, enterprise: Enterprise, group: Group) -> str:
    """Delete a group. Its members stay members; who was authorized through it only is so no more. Returns its name."""
    automatic.cancel(uow, enterprise, group)
    uow.session.execute(delete(GroupMember).where(GroupMember.group_id == group.id))
    uow.session.delete(group)
    uow.record("group.deleted", enterprise=enterprise.domain, name=group.name)
    return group.name


def members_in(enterprise: Enterprise, group: Group) -> Select[Member]:
    """The active members of a group, in the order they were added to the enterprise."""
    inside = exists().where(GroupMember.group_id == group.id, GroupMember.member_id == Member.id)
    return members.members_of(enterprise).where(inside)


def put_in(uow: UnitOfWork, enterprise: Enterprise, group: Group, account: str) -> Member:
    """Put a member into a group. Repeating it changes nothing.

    Raises:
        Refusal: for ``account``: no active member has it.
    """
    member = members.with_account(uow, enterprise, account)
    if uow.session.get(GroupMember, (group.id, member.id)) is None:
        uow.session.add(GroupMember(group_id=group.id, member_id=member.id))
        uow.session.flush()
        uow.record("group.member-added", enterprise=enterprise.domain, name=group.name, account=member.account)
        automatic.refresh(uow, enterprise)
    return member


def take_out(uow: UnitOfWork, enterprise: Enterprise, group: Group, member: Member) -> None:
    """Take a member out of a group. Repeating it changes nothing."""
    if found := uow.session.get(GroupMember, (group.id, member.id)):
        uow.session.delete(found)
        uow.session.flush()
        uow.record("group.member-removed", enterprise=enterprise.domain, name=group.name, account=member.account)
        automatic.refresh(uow, enterprise)


def count_member(uow: UnitOfWork, member: Member) -> None:
    """Count a member whose state has changed in its groups, or do not."""
    mine = update(GroupMember).where(GroupMember.member_id == member.id)
    uow.session.execute(mine.values(is_active=member.state is MemberState.ACTIVE))


def sizes(uow: UnitOfWork, ids: list[str]) -> dict[str, int]:
    """How many active members the groups with these ids have."""
    counted = select(GroupMember.group_id, func.count())
    counted = counted.where(GroupMember.group_id.in_(ids), GroupMember.is_active.is_(True))
    return dict(iter(uow.session.execute(counted.group_by(GroupMember.group_id))))


def _check_name(uow: UnitOfWork, enterprise: Enterprise, name: str) -> None:
    if are_any(uow, groups_of(enterprise).where(Group.name == name)):
        raise Refusal(N_("There is a group with this name already."), field="name")
