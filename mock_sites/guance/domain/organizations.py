"""Departments and members of an enterprise, from the calls of the joint-operation kit (spec huawei 4.1)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select

from mock_sites.guance.domain.tables import Department, Tenant, TenantMember
from mock_sites.world.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Unit:
    """A department. ``parent_code`` is empty for a top department."""

    org_code: str
    name: str
    parent_code: str


@dataclass(frozen=True, kw_only=True)
class OrganizationPerson:
    """A member. The call that names a member authorizes it."""

    user_name: str
    name: str
    org_code: str
    role: str
    enabled: bool
    mobile: str
    email: str


def put(uow: UnitOfWork, tenant: Tenant, unit: Unit) -> None:
    """Add or change one department. Repeating it changes nothing.

    Raises:
        ValueError: a department of the same level has its name, or it would be below itself.
    """
    siblings = {row.org_code: Unit(row.org_code, row.name, row.parent_code) for row in departments(uow, tenant)}
    check([*(siblings | {unit.org_code: unit}).values()])
    key = (tenant.tenant_id, tenant.instance_id, unit.org_code)
    uow.session.merge(Department(**_key(tenant), **asdict(unit)))
    uow.record("department.synced", tenant=key[0], instance=key[1], department=unit.org_code, name=unit.name)


def replace_all(uow: UnitOfWork, tenant: Tenant, units: Sequence[Unit]) -> None:
    """Replace all departments of the enterprise.

    Raises:
        ValueError: a code is given twice, or a rule of ``put`` is broken. Nothing changes then.
    """
    check(units)
    of_it = (Department.tenant_id == tenant.tenant_id, Department.instance_id == tenant.instance_id)
    uow.session.execute(delete(Department).where(*of_it))
    uow.session.add_all(Department(**_key(tenant), **asdict(unit)) for unit in units)
    uow.record("departments.replaced", tenant=tenant.tenant_id, instance=tenant.instance_id, departments=len(units))


def check(units: Sequence[Unit]) -> None:
    """Check whether these can be the departments of one enterprise.

    Raises:
        ValueError: a code is given twice, a name is given twice at one level, or a department is below itself.
    """
    parents = {unit.org_code: unit.parent_code for unit in units}
    if len(parents) < len(units):
        raise ValueError("two departments have one code")
    if len({(unit.parent_code, unit.name) for unit in units}) < len(units):
        raise ValueError("two departments of one level have one name")
    for parent_code in parents.values():
        above, steps = parent_code, 0
        while above in parents and steps <= len(parents):
            above, steps = parents[above], steps + 1
        if steps > len(parents):
            raise ValueError("a department stands below itself")


def remove_department(uow: UnitOfWork, tenant_id: str, instance_id: str, org_code: str) -> None:
    """Delete a department. An unknown department is no error."""
    row = uow.session.get(Department, (tenant_id, instance_id, org_code))
    if row is not None:
        uow.session.delete(row)
        uow.record("department.removed", tenant=tenant_id, instance=instance_id, department=org_code)


def departments(uow: UnitOfWork, tenant: Tenant) -> list[Department]:
    """The departments of an enterprise, by code."""
    of_it = (Department.tenant_id == tenant.tenant_id, Department.instance_id == tenant.instance_id)
    return list(uow.session.scalars(select(Department).where(*of_it).order_by(Department.org_code)))


def authorize(uow: UnitOfWork, tenant: Tenant, people: Sequence[OrganizationPerson]) -> None:
    """Add or change members. Repeating it makes no new rows."""
    for person in people:
        uow.session.merge(TenantMember(**_key(tenant), **asdict(person), authorized=True))
    uow.record("members.synced", tenant=tenant.tenant_id, members=[person.user_name for person in people])


def withdraw(uow: UnitOfWork, tenant_id: str, instance_id: str, user_names: Sequence[str]) -> None:
    """Cancel the authorization of members. Unknown members are ignored."""
    for row in _members(uow, tenant_id, instance_id, user_names):
        row.authorized = False
    uow.record("members.withdrawn", tenant=tenant_id, members=list(user_names))


def remove_members(uow: UnitOfWork, tenant_id: str, instance_id: str, user_names: Sequence[str]) -> None:
    """Delete members. Unknown members are ignored."""
    for row in _members(uow, tenant_id, instance_id, user_names):
        uow.session.delete(row)
    uow.record("members.removed", tenant=tenant_id, members=list(user_names))


def may_sign_in(uow: UnitOfWork, tenant: Tenant, user_name: str) -> bool:
    """Whether the member may sign in. A member that the marketplace never named may, because unified login vouches for
    it.
    """
    row = uow.session.get(TenantMember, (tenant.tenant_id, tenant.instance_id, user_name))
    return row is None or (row.enabled and row.authorized)


def _members(uow: UnitOfWork, tenant_id: str, instance_id: str, user_names: Sequence[str]) -> list[TenantMember]:
    found = (uow.session.get(TenantMember, (tenant_id, instance_id, name)) for name in user_names)
    return [row for row in found if row is not None]


def _key(tenant: Tenant) -> dict[str, str]:
    return {"tenant_id": tenant.tenant_id, "instance_id": tenant.instance_id}
