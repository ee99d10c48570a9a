"""The interfaces of the joint-operation kit with their fields (spec huawei 4.1)."""

from dataclasses import replace
from typing import Final

from mock_sites.huawei.protocol import kit_lists, names, orders, signing_v1, sources
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.parameters import Interface, NestedField, Operation, Parameter, ValueType, mandatory
from mock_sites.huawei.protocol.production import TEST_FLAG
from mock_sites.world.errors import N_

DELETE: Final = 0
ADD: Final = 1
MODIFY: Final = 2
CANCEL: Final = 3
"""The values of ``flag``. Only V2.0 has CANCEL, the end of an authorization."""

MOST_USERS: Final = 500
"""The most members in one authSync."""

_EMPTY: Final = N_("Empty when a credential is applied for.")
_INSTANCE: Final = Parameter(names.INSTANCE_ID, 64, "$instance", about=_EMPTY, may_be_empty=True)
_TENANT: Final = mandatory(names.TENANT_ID, 64, "$tenant")
_APP: Final = mandatory(names.APP_ID, 64, "$app")

_FLAGS: Final = N_("0 delete, 1 add, 2 modify")
_TENANT_FLAG: Final = {"v1": N_("0 delete, 1 add"), "v2": _FLAGS}
"""The values of ``flag`` of tenantSync, by version. Only V2.0 has MODIFY (``sources.TENANT_SYNC``)."""

_AUTH_FLAG: Final = {"v1": _FLAGS, "v2": N_("0 delete, 1 add, 2 modify, 3 cancel")}
"""Those of authSync (``sources.AUTH_SYNC``)."""

DEPARTMENTS: Final = {"v1": (names.ORG_INFO, names.NAME), "v2": (names.ORG_INFO_LIST, names.ORG_NAME)}
"""By version: the name of the list of allOrgSync, and of the field with a department's name in it."""


def _flag(about: str = _FLAGS) -> Parameter:
    return mandatory(names.FLAG, 2, "1", about, ValueType.NUMBER)


def _list(name: str, about: str, nested: tuple[NestedField, ...]) -> Parameter:
    example = signing_v1.as_text([kit_lists.example(nested)])
    return replace(mandatory(name, 100_000, example, about, ValueType.LIST), nested=nested)


def _interface(name: str, title: str, source: str, *fields: Parameter) -> Operation:
    debug = mandatory(TEST_FLAG.name, TEST_FLAG.longest, TEST_FLAG.example, TEST_FLAG.about, ValueType.NUMBER)
    return Operation(name=name, title=title, interface=Interface.KIT, parameters=(*fields, debug), source=source)


def _interfaces(version: str) -> tuple[Operation, ...]:
    departments, _name = DEPARTMENTS[version]
    return (
        _interface(
            KitInterface.TENANT,
            N_("Synchronize an enterprise"),
            sources.TENANT_SYNC,
            _INSTANCE,
            Parameter(names.ORDER_ID, 64, orders.MOCK_YEAR, about=_EMPTY, may_be_empty=True),
            _TENANT,
            mandatory(names.TENANT_CODE, 64, "debug", N_("The domain of the enterprise.")),
            mandatory(names.NAME, 255, "Debug enterprise"),
            mandatory(names.DOMAIN_NAME, 255, "$auth_centre", N_("The address of unified login.")),
            _flag(_TENANT_FLAG[version]),
        ),
        _interface(
            KitInterface.APPLICATION,
            N_("Synchronize an application"),
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
            N_("Synchronize authorized members"),
            sources.AUTH_SYNC,
            _INSTANCE,
            _TENANT,
            _APP,
            _list(names.USER_LIST, N_("A JSON list of up to 500 members."), kit_lists.MEMBERS[version]),
            mandatory(names.CURRENT_SYNC_TIME, 20, "$beijing", N_("Beijing time, as in timeStamp.")),
            _flag(_AUTH_FLAG[version]),
        ),
        _interface(
            KitInterface.DEPARTMENT,
            N_("Synchronize a department"),
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
            N_("Synchronize all departments"),
            sources.ALL_ORG_SYNC,
            _INSTANCE,
            _TENANT,
            _list(departments, N_("A JSON list of departments."), kit_lists.DEPARTMENTS[version]),
        ),
    )


V1: Final = _interfaces("v1")
V2: Final = _interfaces("v2")
