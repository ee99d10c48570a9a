"""Enterprise members who came through unified login, and where they belong (S1, Step Three).

A visit is a sign-in of its own: its id is the token of a row of ``sign_ins``, and its subject is the member.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain import tenants
from mock_sites.guance.domain.sites import HUAWEI_SITE
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.subscriptions import SUSPENDED
from mock_sites.guance.domain.tables import Tenant, Visit, Workspace
from mock_sites.world import sign_ins
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

REALM: Final = "visit"

LIFETIME: Final = timedelta(hours=2)
"""A visit lasts as long as the access token that came with it (spec huawei 4.2)."""


@dataclass(frozen=True)
class VisitingMember:
    """A member who comes from the marketplace, as its user information describes them."""

    user_name: str
    name: str
    email: str
    mobile: str


def begin(uow: UnitOfWork, tenant: Tenant, member: VisitingMember) -> Visit:
    """Start the visit of an enterprise member."""
    sign_in = sign_ins.begin(uow, REALM, _subject(member.user_name, tenant.tenant_id), LIFETIME)
    visit = Visit(
        id=sign_in.token,
        tenant_id=tenant.tenant_id,
        enterprise=tenant.name,
        enterprise_code=tenant.code,
        user_name=member.user_name,
        name=member.name,
        email=member.email,
        mobile=member.mobile,
        began_at=uow.now,
        site=HUAWEI_SITE.code,
    )
    uow.session.add(visit)
    uow.record("visit.began", tenant=tenant.tenant_id, member=f"{member.user_name}@{tenant.code}")
    return visit


def find(uow: UnitOfWork, visit_id: str, visitor: str) -> Visit | None:
    """The visit of ``visitor`` with this id, unless it has ended. In a restored world, it can be somebody else's."""
    sign_in = sign_ins.find(uow, REALM, visit_id)
    return uow.session.get_one(Visit, visit_id) if sign_in and sign_in.subject == visitor else None


def visitor_of(visit: Visit) -> str:
    """Whose visit it is: the subject of its sign-in."""
    return _subject(visit.user_name, visit.tenant_id)


def end(uow: UnitOfWork, visit: Visit) -> None:
    """End the visit for good, for other tabs and old cookies too."""
    sign_ins.end(uow, visit.id, visitor_of(visit))


def payer(uow: UnitOfWork, visit: Visit) -> str:
    """The account ID of the Huawei Cloud account of the visit.

    Raises:
        Refusal: its subscription is suspended or closed.
    """
    huawei_account_id = tenants.payer(uow, visit.tenant_id)
    if tenants.is_suspended(uow, visit.tenant_id):
        raise Refusal(SUSPENDED)
    if huawei_account_id is None:
        raise Refusal(N_("The subscription to Guance was closed on Huawei Cloud. Nothing can be bound to it any more."))
    return huawei_account_id


def linked_workspace(uow: UnitOfWork, visit: Visit) -> Workspace | None:
    """The workspace that the enterprise's Huawei Cloud account already pays for; the oldest if there are
    several (S1).
    """
    huawei_account_id = tenants.payer(uow, visit.tenant_id)
    if huawei_account_id is None:
        return None
    wanted = select(Workspace).where(
        Workspace.cloud_account_id == huawei_account_id, Workspace.state == WorkspaceState.NORMAL
    )
    return uow.session.scalar(wanted.order_by(Workspace.created_at, Workspace.id).limit(1))


def _subject(user_name: str, tenant_id: str) -> str:
    return f"{user_name}@{tenant_id}"
