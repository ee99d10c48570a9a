"""The configuration of a workspace as plain values, to be kept elsewhere. It has no secrets and no data."""

from typing import Final

from mock_sites.guance.domain import high_consumption, storage
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry.events import MONITORS, NO_DATA
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.unit_of_work import UnitOfWork

KIND: Final = "guance-workspace-configuration"
"""What the file says it is."""

VERSION: Final = 1
"""The version of its entries."""


def monitors() -> list[JsonObject]:
    """The monitors of every workspace."""
    return [{"name": one.name, "limit": one.limit} for one in (*MONITORS, NO_DATA)]


def configuration_of(uow: UnitOfWork, workspace: Workspace) -> JsonObject:
    """The settings of a workspace, its storage policy, its monitors and its alerts."""
    return {
        "kind": KIND,
        "version": VERSION,
        "workspace": {
            "id": workspace.id,
            "name": workspace.name,
            "site": workspace.site,
            "language": workspace.language,
            "remark": workspace.remark,
            "description": workspace.description,
            "created_at": workspace.created_at.isoformat(),
        },
        "allowed_addresses": workspace.allowed_addresses.splitlines(),
        "storage_days": storage.policy_of(uow, workspace),
        "monitors": monitors(),
        "high_consumption_alerts": {
            item: alert.threshold for item, alert in high_consumption.alerts_of(uow, workspace).items()
        },
        "exported_at": uow.now.isoformat(),
    }
