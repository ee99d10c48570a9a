"""Which changes of an enterprise are sent to its sellers, and when (spec huawei 3). Each is requested here and sent by
a job.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from mock_sites.huawei.domain.jobs import KitCall, Sync, Unit
from mock_sites.huawei.domain.states import MemberState, ResourceState
from mock_sites.huawei.domain.tables import Department, Enterprise, Member, Resource
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.kit import ADD, CANCEL, DELETE, MOST_USERS
from mock_sites.world.unit_of_work import UnitOfWork


def bound(uow: UnitOfWork, enterprise: Enterprise, instance_id: str) -> None:
    """An enterprise uses a service. The seller gets it, and then what belongs to it."""
    tenant = KitCall(interface=KitInterface.TENANT, flag=ADD)
    uow.schedule(Sync.of(tenant, enterprise.id, instance_id, after_tenant(uow, enterprise)))


def after_tenant(uow: UnitOfWork, enterprise: Enterprise, *, stopped: bool = False) -> tuple[KitCall, ...]:
    """What the seller gets after the enterprise: its application, departments and authorized members. None of these
    may use a ``stopped`` application.
    """
    then = [KitCall(interface=KitInterface.APPLICATION, flag=ADD), KitCall(interface=KitInterface.ALL_DEPARTMENTS)]
    return (*then, *_authorizations([] if stopped else _authorized(uow, enterprise), ADD))


def application_started(uow: UnitOfWork, enterprise: Enterprise, instance_id: str) -> None:
    """An enterprise has started an application. The seller gets the authorized members."""
    for call in _authorizations(_authorized(uow, enterprise), ADD):
        uow.schedule(Sync.of(call, enterprise.id, instance_id))


def application_stopped(uow: UnitOfWork, enterprise: Enterprise, instance_id: str) -> None:
    """An enterprise has stopped an application. For the seller, all authorizations are cancelled."""
    for call in _authorizations(_authorized(uow, enterprise), CANCEL):
        uow.schedule(Sync.of(call, enterprise.id, instance_id))


def authorized(uow: UnitOfWork, enterprise: Enterprise, members: Sequence[Member]) -> None:
    """Members may use the application from now on."""
    for instance_id in _instances(uow, enterprise, Resource.is_stopped.is_(False)):
        for call in _authorizations(members, ADD):
            uow.schedule(Sync.of(call, enterprise.id, instance_id))


def authorization_cancelled(uow: UnitOfWork, member: Member) -> None:
    """A member may no longer use the application."""
    for instance_id in _instances(uow, member.enterprise, Resource.is_stopped.is_(False)):
        for call in _authorizations([member], CANCEL):
            uow.schedule(Sync.of(call, member.enterprise_id, instance_id))


def members_changed(uow: UnitOfWork, enterprise: Enterprise, members: Sequence[Member], flag: int) -> None:
    """Members were changed or deleted. Sellers know only of those who are authorized.

    To change a member authorizes it (spec huawei 4.1), so sellers of stopped applications get deletions only.
    """
    known = [member for member in members if member.authorized]
    for instance_id in _instances(uow, enterprise, *([] if flag == DELETE else [Resource.is_stopped.is_(False)])):
        for call in _authorizations(known, flag):
            uow.schedule(Sync.of(call, enterprise.id, instance_id))


def department_changed(uow: UnitOfWork, enterprise: Enterprise, department: Department, flag: int) -> None:
    """The enterprise has a new department, or has changed or deleted one."""
    unit = unit_of(department)
    for instance_id in _instances(uow, enterprise):
        call = KitCall(interface=KitInterface.DEPARTMENT, flag=flag, department=unit)
        uow.schedule(Sync.of(call, enterprise.id, instance_id))


def unit_of(department: Department) -> Unit:
    """A department as it is now."""
    return Unit(department.code, department.name, department.parent_code or "")


def _authorizations(members: Sequence[Member], flag: int) -> list[KitCall]:
    ids = [member.id for member in members]
    parts = [tuple(ids[first : first + MOST_USERS]) for first in range(0, len(ids), MOST_USERS)]
    return [KitCall(interface=KitInterface.AUTHORIZATION, flag=flag, members=part) for part in parts]


def _authorized(uow: UnitOfWork, enterprise: Enterprise) -> Sequence[Member]:
    wanted = select(Member).where(
        Member.enterprise_id == enterprise.id, Member.authorized, Member.state != MemberState.DELETED
    )
    return uow.session.scalars(wanted.order_by(Member.added_at, Member.in_order)).all()


def _instances(uow: UnitOfWork, enterprise: Enterprise, *such: ColumnElement[bool]) -> Sequence[str]:
    wanted = select(Resource.instance_id).where(
        Resource.enterprise_id == enterprise.id, Resource.state == ResourceState.IN_USE, *such
    )
    return uow.session.scalars(wanted.order_by(Resource.created_at, Resource.instance_id)).all()
