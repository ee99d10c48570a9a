"""Enterprises: whom a service is for, and the organization whose members use it (S1, Step Two)."""

from typing import Final

from sqlalchemy import Select, select

from mock_sites.huawei.domain import departments, syncing
from mock_sites.huawei.domain.jobs import FinishEnterprise
from mock_sites.huawei.domain.states import ENDED, EnterpriseState, ResourceState
from mock_sites.huawei.domain.tables import Account, Enterprise, Resource
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork

ROLES: Final = ("personal", "customer")
"""For Personal Use, which is recommended, or For a customer."""

SET_UP_SECONDS: Final = (60, 180)
"""Initial enterprise set-up takes 1-3 minutes (S1, New Enterprise Setup, note 3)."""

LONGEST_NAME: Final = 60
LONGEST_DOMAIN: Final = 30
_DOMAIN: Final = FieldRule(
    r"[a-z0-9][a-z0-9.-]{0,28}[a-z0-9]",
    N_("A domain has 2 to 30 letters, digits, points and hyphens, and begins and ends with a letter or digit."),
)


def choose_role(uow: UnitOfWork, resource: Resource, role: str) -> None:
    """Set whom the service is for. It can be changed until the enterprise is set up.

    Raises:
        Refusal: there is no such role, or an enterprise exists already.
    """
    if role not in ROLES:
        raise Refusal(N_("Select a role."), field="role")
    if enterprise_of(uow, resource):
        raise Refusal(N_("The role cannot be changed any more: an enterprise has been set up."))
    resource.role = role
    uow.record("role.chosen", instance=resource.instance_id, role=role)


def check_role(resource: Resource) -> None:
    """Check that the role has been selected, which is the step before the enterprise (S1, Step Two).

    Raises:
        Refusal: it has not.
    """
    if resource.role not in ROLES:
        raise Refusal(N_("Select a role."), field="role")


def enterprise_of(uow: UnitOfWork, resource: Resource) -> Enterprise | None:
    """The enterprise that uses the service, if it is set up or being set up."""
    return uow.session.get(Enterprise, resource.enterprise_id) if resource.enterprise_id else None


def service_of(uow: UnitOfWork, enterprise: Enterprise) -> Resource:
    """The newest service that the enterprise uses, or has used."""
    wanted = select(Resource).where(Resource.enterprise_id == enterprise.id)
    return uow.session.scalars(wanted.order_by(Resource.created_at.desc(), Resource.instance_id).limit(1)).one()


def enterprises_of(account: Account) -> Select[Enterprise]:
    """The account's enterprises, newest first."""
    mine = select(Enterprise).where(Enterprise.account_id == account.id)
    return mine.order_by(Enterprise.created_at.desc(), Enterprise.id)


def is_in_use(uow: UnitOfWork, enterprise: Enterprise) -> bool:
    """Whether the enterprise has a service in use. Once that is closed, its members can no longer log in."""
    return are_any(
        uow, select(Resource).where(Resource.enterprise_id == enterprise.id, Resource.state == ResourceState.IN_USE)
    )


def is_expired(uow: UnitOfWork, enterprise: Enterprise) -> bool:
    """Whether a service of the enterprise has expired and can be renewed."""
    return are_any(uow, select(Resource).where(Resource.enterprise_id == enterprise.id, Resource.state.in_(ENDED)))


def bind(uow: UnitOfWork, account: Account, resource: Resource, enterprise_id: str) -> Enterprise:
    """Let an existing enterprise use the service, with its members and authorizations.

    Name and domain can never change, so a customer who subscribes again continues with the existing enterprise (spec
    huawei 1.4: several orders can be bound to one enterprise). Repeating it changes nothing.

    Raises:
        Refusal: the enterprise belongs to another account, another one uses the service already, or no role has been
            selected.
    """
    enterprise = uow.session.get(Enterprise, enterprise_id)
    if enterprise is None or enterprise.account_id != account.id:
        raise Refusal(N_("Choose one of your enterprises."), field="enterprise")
    if resource.enterprise_id == enterprise.id:
        return enterprise
    check_role(resource)
    if resource.enterprise_id:
        raise Refusal(N_("Another enterprise uses this service already."), field="enterprise")
    resource.enterprise_id = enterprise.id
    uow.record("enterprise.bound", enterprise=enterprise.name, domain=enterprise.domain, instance=resource.instance_id)
    if enterprise.state is EnterpriseState.READY:
        syncing.bound(uow, enterprise, resource.instance_id)
    return enterprise


def set_up(uow: UnitOfWork, account: Account, resource: Resource, *, name: str, domain: str) -> Enterprise:
    """Begin to set up an enterprise. ``domain`` is also its abbreviation, and identifies it at unified login.

    Neither can be changed afterwards (S1, New Enterprise Setup, notes 1 and 2). Sending the same values again during
    the set-up returns the same enterprise.

    Raises:
        Refusal: no role has been selected, name or domain is malformed, the domain is taken, or there is an enterprise
            already.
    """
    name, domain = name.strip(), domain.strip().lower()
    if existing := enterprise_of(uow, resource):
        if (existing.name, existing.domain) == (name, domain):
            return existing
        raise Refusal(N_("An enterprise has been set up already; its name and domain cannot be changed."))
    check_role(resource)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refusal(N_("An enterprise name has 1 to 60 characters."), field="name")
    _DOMAIN.check(domain, "domain")
    if uow.session.scalars(select(Enterprise).where(Enterprise.domain == domain)).first():
        raise Refusal(N_("This domain is taken by another enterprise. Choose another."), field="domain")
    seconds = uow.random_int("set-up", *SET_UP_SECONDS)
    enterprise = Enterprise(
        id=uow.random_text("tenant", 32),
        account_id=account.id,
        name=name,
        domain=domain,
        created_at=uow.now,
        ready_at=uow.later(seconds),
    )
    uow.session.add(enterprise)
    uow.session.flush()
    departments.add_top(uow, enterprise)
    resource.enterprise_id = enterprise.id
    uow.record("enterprise.requested", enterprise=name, domain=domain)
    uow.schedule(FinishEnterprise(enterprise.id), after=seconds)
    return enterprise


def finish_set_up(uow: UnitOfWork, job: FinishEnterprise) -> None:
    """The end of the set-up: the enterprise is ready, and the seller is called for each service it uses."""
    enterprise = uow.session.get_one(Enterprise, job.enterprise)
    enterprise.state = EnterpriseState.READY
    uow.record("enterprise.ready", enterprise=enterprise.name, domain=enterprise.domain)
    wanted = select(Resource.instance_id).where(
        Resource.enterprise_id == enterprise.id, Resource.state == ResourceState.IN_USE
    )
    for instance_id in uow.session.scalars(wanted.order_by(Resource.created_at)):
        syncing.bound(uow, enterprise, instance_id)
