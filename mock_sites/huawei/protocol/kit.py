"""The interfaces of the joint-operation kit with their fields (spec huawei 4.1)."""

from typing import Final

from mock_sites.huawei.protocol import names, orders, sources
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.parameters import Interface, Operation, Parameter, ValueType, mandatory
from mock_sites.huawei.protocol.production import TEST_FLAG
from mock_sites.world.errors import N_

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
_USERS: Final = (
    '[{"userName":"debug","name":"Debug","orgCode":"org-1","role":"user","enable":"true","email":"debug@example.com"}]'
)


def _flag(about: str = "0 delete, 1 add, 2 modify") -> Parameter:
    return mandatory(names.FLAG, 2, "1", about, ValueType.NUMBER)


def _interface(name: str, title: str, source: str, *fields: Parameter) -> Operation:
    debug = mandatory(TEST_FLAG.name, TEST_FLAG.longest, TEST_FLAG.example, TEST_FLAG.about, ValueType.NUMBER)
    return Operation(name=name, title=title, interface=Interface.KIT, parameters=(*fields, debug), source=source)


def _interfaces(departments: str, department_name: str) -> tuple[Operation, ...]:
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
            _flag(),
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
            mandatory(names.USER_LIST, 100_000, _USERS, N_("A JSON list of members."), ValueType.LIST),
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
                f'[{{"orgCode":"org-1","{department_name}":"Debug department"}}]',
                N_("A JSON list of departments."),
                ValueType.LIST,
            ),
        ),
    )


DEPARTMENTS: Final = {"v1": (names.ORG_INFO, names.NAME), "v2": (names.ORG_INFO_LIST, names.ORG_NAME)}
"""By version: the name of the list of allOrgSync, and the name of a department in it."""

V1: Final = _interfaces(*DEPARTMENTS["v1"])
V2: Final = _interfaces(*DEPARTMENTS["v2"])
