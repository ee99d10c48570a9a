"""A failed call of the joint-operation kit that the buyer sends again says what is true now (spec huawei 2.8).

No document says what the call has in it then. Changes since the failure have been sent in calls of their own, so the
old call would undo them at the seller.
"""

from dataclasses import replace

from sqlalchemy import select

from mock_sites.huawei.domain import syncing
from mock_sites.huawei.domain.jobs import Sync
from mock_sites.huawei.domain.states import MemberState, ResourceState
from mock_sites.huawei.domain.tables import Department, Enterprise, Member, Resource
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.kit import ADD, CANCEL, DELETE, MODIFY
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork


def up_to_date(uow: UnitOfWork, asked: Sync) -> Sync | None:
    """The call as it has to be sent now. None if nothing in it is true any more.

    Raises:
        Refusal: the service is not in use now, and may be so again.
    """
    resource = uow.session.get_one(Resource, asked.instance)
    if resource.state is ResourceState.CLOSED:
        return None
    if resource.state is not ResourceState.IN_USE:
        raise Refusal(N_("The service of this call is not in use now. Send the call again when it is."))
    match asked.interface:
        case KitInterface.TENANT:
            enterprise = uow.session.get_one(Enterprise, asked.enterprise)
            return replace(asked, then=syncing.after_tenant(uow, enterprise, stopped=resource.is_stopped))
        case KitInterface.AUTHORIZATION:
            return _authorization(uow, asked, stopped=resource.is_stopped)
        case KitInterface.DEPARTMENT:
            return _department(uow, asked)
        case KitInterface.APPLICATION | KitInterface.ALL_DEPARTMENTS:
            return asked  # what is in them is read when they are sent


def _authorization(uow: UnitOfWork, asked: Sync, *, stopped: bool) -> Sync | None:
    """The call with the members of whom it is still true. Only of those who may use the application, so that a stopped
    one has none, can it be said that they were authorized or changed. Sellers know members by their accounts: what was
    lost by somebody whose account another one has, who may use the application now, is not said any more.
    """
    asked_of = select(Member).where(Member.id.in_(asked.members))
    may = select(Member).where(Member.authorized, Member.state != MemberState.DELETED)
    members = uow.session.scalars(asked_of).all()
    accounts = {one.account for one in members}
    holders = may.where(Member.enterprise_id == asked.enterprise, Member.account.in_(accounts))
    allowed = {} if stopped else {one.account: one.id for one in uow.session.scalars(holders)}
    still = {one.id for one in members if allowed.get(one.account) == one.id}
    lost = {one.id for one in members if one.account not in allowed}
    deleted = {one.id for one in members if one.state is MemberState.DELETED}
    true = {ADD: still, MODIFY: still, CANCEL: lost, DELETE: lost & deleted}[asked.flag or 0]
    left = tuple(one for one in asked.members if one in true)
    return replace(asked, members=left) if left else None


def _department(uow: UnitOfWork, asked: Sync) -> Sync | None:
    """The call with the name and the place that the department has now."""
    assert asked.department is not None  # noqa: S101 - ``syncing`` names it
    department = uow.session.get(Department, asked.department.code)
    if asked.flag == DELETE:
        return None if department else asked
    return replace(asked, department=syncing.unit_of(department)) if department else None
