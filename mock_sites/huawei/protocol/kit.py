"""The interfaces of the joint-operation kit with their fields (spec huawei 4.1)."""

from collections.abc import Mapping
from typing import Final

from mock_sites.huawei.protocol import names, orders, signing_v1, sources
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.parameters import Interface, Operation, Parameter, ValueType, mandatory
from mock_sites.huawei.protocol.production import TEST_FLAG
from mock_sites.world.errors import N_
from mock_sites.world.shared_tables import JsonObject

DELETE: Final = 0
ADD: Final = 1
MODIFY: Final = 2
CANCEL: Final = 3
"""The values of ``flag``. Only V2.0 has CANCEL, the end of an authorization."""

MOST_USERS: Final = 500
"""The most members in one authSync."""

ROLE: Final = "user"
"""The role of a member who is not an administrator."""

ENABLED: Final = "true"
DISABLED: Final = "false"
"""The values of ``enable`` of a member."""

_EMPTY: Final = N_("Empty when a credential is applied for.")
_INSTANCE: Final = Parameter(names.INSTANCE_ID, 64, "$instance", about=_EMPTY, may_be_empty=True)
_TENANT: Final = mandatory(names.TENANT_ID, 64, "$tenant")
_APP: Final = mandatory(names.APP_ID, 64, "$app")
_USER: Final = {
    names.USER_NAME: "debug",
    names.NAME: "Debug",
    names.ORG_CODE: "org-1",
    names.ROLE: ROLE,
    names.ENABLE: ENABLED,
    names.EMAIL: "debug@example.com",
}
_USERS: Final[Mapping[str, JsonObject]] = {
    "v1": _USER
    | {names.EXTENSION: {names.EMPLOYEE_TYPE: "1", names.WORK_PLACE: "Beijing", names.ENTRY_DATE: "2026-01-5"}},
    "v2": _USER | {names.EMPLOYEE_TYPE: 1, names.WORK_PLACE: "Beijing", names.ENTRY_DATE: "2026-01-05"},
}
"""A member in debugging calls, by version. V1.0 has the details of the employment in ``extension``, the type as a text
and the day as ``yyyy-MM-d``; V2.0 has them beside the others, the type as a number (``sources.AUTH_SYNC``).
"""

_TENANT_FLAG: Final = {"v1": "0 delete, 1 add", "v2": "0 delete, 1 add, 2 modify"}
"""The values of ``flag`` of tenantSync, by version. Only V2.0 has MODIFY (``sources.TENANT_SYNC``)."""

DEPARTMENTS: Final = {"v1": (names.ORG_INFO, names.NAME), "v2": (names.ORG_INFO_LIST, names.ORG_NAME)}
"""By version: the name of the list of allOrgSync, and the name of a department in it."""


def _flag(about: str = "0 delete, 1 add, 2 modify") -> Parameter:
    return mandatory(names.FLAG, 2, "1", about, ValueType.NUMBER)


def _interface(name: str, title: str, source: str, *fields: Parameter) -> Operation:
    debug = mandatory(TEST_FLAG.name, TEST_FLAG.longest, TEST_FLAG.example, TEST_FLAG.about, ValueType.NUMBER)
    return Operation(name=name, title=title, interface=Interface.KIT, parameters=(*fields, debug), source=source)


def _interfaces(version: str) -> tuple[Operation, ...]:
    departments, department_name = DEPARTMENTS[version]
    department = {names.ORG_CODE: "org-1", department_name: "Debug department", names.PARENT_CODE: ""}
    return (
        _interface(
            KitInterface.TENANT,
            N_("Synchronise an enterprise"),
            sources.TENANT_SYNC,
            _INSTANCE,
            Parameter(names.ORDER_ID, 64, orders.MOCK_YEAR, about=_EMPTY, may_be_empty=True),
            _TENANT,
            mandatory(names.TENANT_CODE, 64, "debug"),
            mandatory(names.NAME, 255, "Debug enterprise"),
            mandatory(names.DOMAIN_NAME, 255, "$auth_centre"),
            _flag(_TENANT_FLAG[version]),
        ),
        _interface(
            KitInterface.APPLICATION,
            N_("Synchronise an application"),
            sources.APPLICATION_SYNC,
            _INSTANCE,
            _TENANT,
            _APP,
            mandatory(names.CLIENT_ID, 64, "$client"),
            Parameter(
                names.CLIENT_SECRET,
                128,
                about=N_("Left empty, the one that was agreed on is sent, encrypted."),
                kind=ValueType.SECRET,
            ),
            _flag(),
        ),
        _interface(
            KitInterface.AUTHORIZATION,
            N_("Synchronise authorized members"),
            sources.AUTH_SYNC,
            _INSTANCE,
            _TENANT,
            _APP,
            mandatory(
                names.USER_LIST,
                100_000,
                signing_v1.as_text([_USERS[version]]),
                N_("A JSON list of members."),
                ValueType.LIST,
            ),
            mandatory(names.CURRENT_SYNC_TIME, 20, "$beijing"),
            _flag("0 delete, 1 add, 2 modify, 3 cancel (V2)"),
        ),
        _interface(
            KitInterface.DEPARTMENT,
            N_("Synchronise a department"),
            sources.SINGLE_ORG_SYNC,
            _INSTANCE,
            _TENANT,
            mandatory(names.ORG_CODE, 64, "org-1"),
            mandatory(names.ORG_NAME, 128, "Debug department"),
            Parameter(names.PARENT_CODE, 64, about=N_("Empty at the top."), may_be_empty=True),
            _flag(),
        ),
        _interface(
            KitInterface.ALL_DEPARTMENTS,
            N_("Synchronise all departments"),
            sources.ALL_ORG_SYNC,
            _INSTANCE,
            _TENANT,
            mandatory(
                departments,
                100_000,
                signing_v1.as_text([department]),
                N_("A JSON list of departments."),
                ValueType.LIST,
            ),
        ),
    )


V1: Final = _interfaces("v1")
V2: Final = _interfaces("v2")
