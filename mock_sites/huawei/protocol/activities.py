"""The names of operations in calls: ``activity`` of the production interface, and the kit's interfaces."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Activity(StrEnum):
    """Operations of the production interface by their names in V2.0 (spec huawei 2.6)."""

    NEW_INSTANCE = "newInstance"
    QUERY_INSTANCE = "queryInstance"
    REFRESH_INSTANCE = "refreshInstance"
    UPDATE_INSTANCE_STATUS = "updateInstanceStatus"
    RELEASE_INSTANCE = "releaseInstance"
    UPGRADE_INSTANCE = "upgradeInstance"
    CHANGE_INSTANCE_CHECK = "changeInstanceCheck"
    ORDER_NOTIFY = "orderNotify"


class V1Activity(StrEnum):
    """The operations that only V1.0 has, or that have another name there (spec huawei 2.4)."""

    EXPIRE_INSTANCE = "expireInstance"
    INSTANCE_STATUS = "instanceStatus"
    UPGRADE = "upgrade"
    GET_LICENSE = "getLicense"


V1_NAMES: Final[Mapping[Activity, V1Activity]] = {
    Activity.UPDATE_INSTANCE_STATUS: V1Activity.INSTANCE_STATUS,
    Activity.UPGRADE_INSTANCE: V1Activity.UPGRADE,
}
"""The V1.0 name of an operation that has another name in V2.0."""


class KitInterface(StrEnum):
    """Interfaces of the joint-operation kit (spec huawei 4.1)."""

    TENANT = "tenantSync"
    APPLICATION = "applicationSync"
    AUTHORIZATION = "authSync"
    DEPARTMENT = "singleOrgSync"
    ALL_DEPARTMENTS = "allOrgSync"
