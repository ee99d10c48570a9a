"""The configuration of a workspace as plain values, to be kept elsewhere. It has no secrets and no data."""

from mock_sites.guance.domain import high_consumption, storage
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry.events import MONITORS, NO_DATA
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.unit_of_work import UnitOfWork


def configuration_of(uow: UnitOfWork, workspace: Workspace) -> JsonObject:
    """The settings of a workspace, its storage policy, its monitors and its alerts."""
    return {
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
        "monitors": [{"name": one.name, "limit": one.limit} for one in (*MONITORS, NO_DATA)],
        "high_consumption_alerts": {
            item: alert.threshold for item, alert in high_consumption.alerts_of(uow, workspace).items()
        },
        "exported_at": uow.now.isoformat(),
    }
