"""The objects in the lists of the joint-operation kit: members and departments (spec huawei 4.1)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.parameters import NestedField, ValueType
from mock_sites.world.shared_tables import JsonObject

ROLE: Final = "user"
ADMINISTRATOR: Final = "admin"
"""The values of ``role`` of a member."""

ENABLED: Final = "true"
DISABLED: Final = "false"
"""The values of ``enable`` of a member."""

_KINDS: Final = "1 regular, 2 intern, 3 dispatched, 4 outsourced"
_MEMBER: Final = (
    NestedField(names.USER_NAME, 64, "debug", mandatory=True, about="Unique within its tenant only."),
    NestedField(names.NAME, 64, "Debug", mandatory=True),
    NestedField(names.ORG_CODE, 64, "org-1", mandatory=True),
    NestedField(names.ROLE, example=ROLE, mandatory=True, about=f"{ROLE}, {ADMINISTRATOR}"),
    NestedField(names.ENABLE, example=ENABLED, mandatory=True, about=f"The text {ENABLED} or {DISABLED}."),
    NestedField(names.POSITION),
    NestedField(names.EMPLOYEE_CODE),
    NestedField(names.MOBILE),
    NestedField(names.EMAIL, example="debug@example.com"),
)
MEMBERS: Final[Mapping[str, tuple[NestedField, ...]]] = {
    "v1": (
        *_MEMBER,
        NestedField(names.EMPLOYEE_TYPE, example="1", about=_KINDS, within=names.EXTENSION),
        NestedField(names.WORK_PLACE, example="Beijing", within=names.EXTENSION),
        NestedField(names.ENTRY_DATE, example="2026-01-5", about="yyyy-MM-d", within=names.EXTENSION),
    ),
    "v2": (
        *_MEMBER,
        NestedField(names.EMPLOYEE_TYPE, example=1, about=_KINDS, kind=ValueType.NUMBER),
        NestedField(names.WORK_PLACE, example="Beijing"),
        NestedField(names.ENTRY_DATE, example="2026-01-05"),
    ),
}
"""A member of ``userList``, by version. V1.0 has the details of the employment in ``extension``, the type as a text and
the day as ``yyyy-MM-d``; V2.0 has them beside the others, the type as a number (``sources.AUTH_SYNC``).
"""


def _department(name: str, *, has_parent: bool) -> tuple[NestedField, ...]:
    return (
        NestedField(names.ORG_CODE, 64, "org-1", mandatory=True, about="Unique within the tenant."),
        NestedField(name, 128, "Debug department", mandatory=True),
        NestedField(names.PARENT_CODE, 64, "", mandatory=has_parent, about="Empty at the top."),
    )


DEPARTMENTS: Final[Mapping[str, tuple[NestedField, ...]]] = {
    "v1": _department(names.NAME, has_parent=False),
    "v2": _department(names.ORG_NAME, has_parent=True),
}
"""A department of allOrgSync, by version (``sources.ALL_ORG_SYNC``)."""


def example(fields: Iterable[NestedField]) -> JsonObject:
    """The object in debugging calls: the fields that have an example."""
    found: dict[str, Any] = {}
    for one in fields:
        if one.example is not None:
            holder = found.setdefault(one.within, {}) if one.within else found
            holder[one.name] = one.example
    return found
