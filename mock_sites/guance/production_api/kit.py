"""The joint-operation kit: enterprises, their applications, members and departments (spec huawei 4.1).

Repeating an addition or a deletion succeeds and changes nothing. Deleting something unknown succeeds too.
"""

from collections.abc import Mapping
from typing import Final

from mock_sites.guance.domain import applications, organizations, subscriptions, tenants
from mock_sites.guance.domain.applications import Credentials
from mock_sites.guance.domain.organizations import OrganizationPerson, Unit
from mock_sites.guance.domain.tables import Tenant
from mock_sites.guance.production_api import client_secrets
from mock_sites.guance.production_api.answers import BAD_SECRET, INVALID_PARAMETER, Fault, unknown_instance
from mock_sites.guance.production_api.changes import Operation, PreparedChange, silent
from mock_sites.guance.production_api.envelope import Body, ProductionCall
from mock_sites.world.unit_of_work import UnitOfWork

DELETE, ADD, MODIFY, WITHDRAW = "0", "1", "2", "3"

ROLES: Final = ("user", "admin")
MOST_USERS: Final = 500
MOST_DEPARTMENTS: Final = 5000
LONGEST_SECRET: Final = 1024
"""The longest encrypted client secret, in characters: an RSA key of up to 6144 bits, in Base64."""


def tenant_sync(call: ProductionCall) -> PreparedChange:
    """An enterprise uses an instance, changes its name or domain, or stops using it.

    A call without instance and order is only about a seller's credential.
    """
    instance_id, tenant_id, flag = _id(call, "instanceId"), call.text("tenantId"), _flag(call)
    if not instance_id:
        return silent(lambda _uow: None)
    if flag == DELETE:
        return silent(lambda uow: tenants.remove(uow, tenant_id, instance_id))
    details = tenants.TenantFacts(
        tenant_id, instance_id, call.text("tenantCode"), call.text("name", 255), call.text("domainName", 255)
    )

    def sync(uow: UnitOfWork) -> None:
        if subscriptions.find(uow, instance_id) is None:
            raise unknown_instance()
        tenants.sync(uow, details)

    return silent(sync)


def application_sync(call: ProductionCall) -> PreparedChange:
    """The OAuth client with which the login codes of an enterprise are redeemed from now on."""
    instance_id, tenant_id = _id(call, "instanceId"), _id(call, "tenantId")
    app_id, flag = call.text("appId"), _flag(call)
    if flag == DELETE:
        return silent(lambda uow: applications.remove(uow, tenant_id, instance_id, app_id))
    try:
        secret = client_secrets.decrypt(call.text("clientSecret", LONGEST_SECRET))
    except ValueError:
        raise Fault(BAD_SECRET, "the clientSecret cannot be decrypted") from None
    credentials = Credentials(call.text("clientId"), secret)
    return silent(lambda uow: applications.sync(uow, _tenant(uow, tenant_id, instance_id), app_id, credentials))


def auth_sync(call: ProductionCall) -> PreparedChange:
    """Members were authorized, changed or deleted, or their authorization was cancelled."""
    instance_id, tenant_id = _id(call, "instanceId"), _id(call, "tenantId")
    call.text("appId")
    flag, users = _flag(call, WITHDRAW), call.rows("userList", MOST_USERS)
    names = [_within(user, "userName", 64) for user in users]
    if flag == DELETE:
        return silent(lambda uow: organizations.remove_members(uow, tenant_id, instance_id, names))
    if flag == WITHDRAW:
        return silent(lambda uow: organizations.withdraw(uow, tenant_id, instance_id, names))
    people = [_person(user) for user in users]
    return silent(lambda uow: organizations.authorize(uow, _tenant(uow, tenant_id, instance_id), people))


def single_org_sync(call: ProductionCall) -> PreparedChange:
    """One department was added, changed or deleted."""
    instance_id, tenant_id = _id(call, "instanceId"), _id(call, "tenantId")
    flag, org_code = _flag(call), call.text("orgCode")
    if flag == DELETE:
        return silent(lambda uow: organizations.remove_department(uow, tenant_id, instance_id, org_code))
    unit = Unit(org_code, call.text("orgName", 128), call.optional("parentCode"))

    def put(uow: UnitOfWork) -> None:
        try:
            organizations.put(uow, _tenant(uow, tenant_id, instance_id), unit)
        except ValueError as error:
            raise Fault(INVALID_PARAMETER, str(error)) from None

    return silent(put)


def all_org_sync(call: ProductionCall) -> PreparedChange:
    """All departments of an enterprise. In V1.0 the list is ``orgInfo`` and the names in it are ``name``."""
    instance_id, tenant_id = _id(call, "instanceId"), _id(call, "tenantId")
    listed, name = ("orgInfo", "name") if call.protocol == "v1" else ("orgInfoList", "orgName")
    rows = call.rows(listed, MOST_DEPARTMENTS)
    units = [
        Unit(_within(row, "orgCode", 64), _within(row, name, 128), _within(row, "parentCode", 64, needed=False))
        for row in rows
    ]
    try:
        organizations.check(units)
    except ValueError as error:
        raise Fault(INVALID_PARAMETER, str(error)) from None
    return silent(lambda uow: organizations.replace_all(uow, _tenant(uow, tenant_id, instance_id), units))


INTERFACES: Final[Mapping[str, Operation]] = {
    "tenantSync": tenant_sync,
    "applicationSync": application_sync,
    "authSync": auth_sync,
    "singleOrgSync": single_org_sync,
    "allOrgSync": all_org_sync,
}


def _id(call: ProductionCall, name: str) -> str:
    """An id. It may be empty in debugging calls and while a seller applies for its credential."""
    applying = call.body.get("instanceId") == call.body.get("orderId") == ""
    return call.optional(name) if call.is_test or applying else call.text(name)


def _flag(call: ProductionCall, *more: str) -> str:
    return call.one_of("flag", DELETE, ADD, MODIFY, *more)


def _tenant(uow: UnitOfWork, tenant_id: str, instance_id: str) -> Tenant:
    if subscriptions.find(uow, instance_id) is None:
        raise unknown_instance()
    tenant = tenants.at_instance(uow, tenant_id, instance_id)
    if tenant is None:
        raise Fault(INVALID_PARAMETER, "no such enterprise at this instance")
    return tenant


def _person(user: Body) -> OrganizationPerson:
    role, enable = user.get("role"), str(user.get("enable")).lower()
    if role not in ROLES or enable not in {"true", "false"}:
        raise Fault(INVALID_PARAMETER, "role must be user or admin, and enable true or false")
    return OrganizationPerson(
        user_name=_within(user, "userName", 64),
        name=_within(user, "name", 64),
        org_code=_within(user, "orgCode", 64),
        role=role,
        enabled=enable == "true",
        mobile=_within(user, "mobile", 255, needed=False),
        email=_within(user, "email", 255, needed=False),
    )


def _within(row: Body, name: str, longest: int, *, needed: bool = True) -> str:
    value = row.get(name)
    if not (needed or value):
        return ""
    if not (isinstance(value, str) and 0 < len(value) <= longest):
        raise Fault(INVALID_PARAMETER, f"{name} is missing or too long")
    return value
