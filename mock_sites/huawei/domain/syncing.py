"""What the sellers of an enterprise's services are told, and when (spec huawei 3): asked for here, sent as jobs."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from mock_sites.huawei.domain.tables import Enterprise, Member, Resource
from mock_sites.world.unit_of_work import UnitOfWork

JOB: Final = "sync"

ADD: Final = 1
CANCEL: Final = 3
"""Flags of the kit's interfaces."""

MOST_USERS: Final = 500
"""Members of one authSync (spec huawei 4.1)."""


def bound(uow: UnitOfWork, enterprise: Enterprise, instance_id: str) -> None:
    """An enterprise uses a service: the seller is told of it, its application, departments and authorized members."""
    then: list[dict[str, Any]] = [{"interface": "applicationSync", "flag": ADD}, {"interface": "allOrgSync"}]
    wanted = select(Member).where(Member.enterprise_id == enterprise.id, Member.authorized)
    then += _authorizations(uow.session.scalars(wanted.order_by(Member.added_at, Member.account)).all(), ADD)
    _schedule(uow, enterprise, instance_id, interface="tenantSync", flag=ADD, then=then)


def authorized(uow: UnitOfWork, enterprise: Enterprise, members: Sequence[Member]) -> None:
    """Members may use the application from now on."""
    for instance_id in _instances(uow, enterprise):
        for call in _authorizations(members, ADD):
            _schedule(uow, enterprise, instance_id, **call)


def authorization_cancelled(uow: UnitOfWork, member: Member) -> None:
    """A member may not use the application any more."""
    for instance_id in _instances(uow, member.enterprise):
        for call in _authorizations([member], CANCEL):
            _schedule(uow, member.enterprise, instance_id, **call)


def department_added(uow: UnitOfWork, enterprise: Enterprise, name: str) -> None:
    """The enterprise has a new department."""
    for instance_id in _instances(uow, enterprise):
        _schedule(uow, enterprise, instance_id, interface="singleOrgSync", flag=ADD, department=name)


def _authorizations(members: Sequence[Member], flag: int) -> list[dict[str, Any]]:
    ids = [member.id for member in members]
    parts = [ids[first : first + MOST_USERS] for first in range(0, len(ids), MOST_USERS)]
    return [{"interface": "authSync", "flag": flag, "members": part} for part in parts]


def _instances(uow: UnitOfWork, enterprise: Enterprise) -> Sequence[str]:
    wanted = select(Resource.instance_id).where(Resource.enterprise_id == enterprise.id, Resource.state == "in_use")
    return uow.session.scalars(wanted.order_by(Resource.created_at, Resource.instance_id)).all()


def _schedule(uow: UnitOfWork, enterprise: Enterprise, instance_id: str, **call: Any) -> None:
    uow.schedule(JOB, enterprise=enterprise.id, instance=instance_id, **call)
