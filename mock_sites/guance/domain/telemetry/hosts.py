"""Hosts: DataKit reports them, with the token of a workspace. What they are is drawn from the world's seed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, or_, select

from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.tables import PastToken, Workspace
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.rows import have_text
from mock_sites.world.seed import Seed
from mock_sites.world.unit_of_work import UnitOfWork

SYSTEMS: Final = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}
"""The platforms of DataKit, each by its name."""

SILENT_AFTER: Final = timedelta(minutes=10)
"""A host that has not reported for so long is offline."""

COUNTED_AFTER: Final = timedelta(hours=12)
"""A DataKit that has lived for so long is counted (Guance's documentation, billing items)."""

MOST_SENDING: Final = 20
"""How many hosts send logs: those that reported first."""

NAME: Final = FieldRule(
    r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?",
    N_("A host name has 1 to 63 letters, digits, dots, hyphens and underscores."),
)

_VERSIONS: Final = {
    "linux": ("Ubuntu 22.04.4 LTS", "Ubuntu 24.04.1 LTS", "CentOS Stream 9", "Debian GNU/Linux 12"),
    "windows": ("Windows Server 2019", "Windows Server 2022"),
    "macos": ("macOS 14.6", "macOS 15.1"),
}


@dataclass(frozen=True)
class Machine:
    """What a host is. ``memory`` and ``disk`` are in bytes."""

    version: str
    architecture: str
    cores: int
    memory: int
    disk: int
    address: str


def report(uow: UnitOfWork, token: str, name: str, system: str) -> Host:
    """DataKit on a host has begun to send data. The data of the workspace begin with its first host.

    Raises:
        Refusal: no workspace has this token, the workspace is locked, or the name or the system is not one.
    """
    workspace = _open(uow, token)
    NAME.check(name, "name")
    if system not in SYSTEMS:
        raise Refusal(N_("The system is linux, windows or macos."), field="system")
    host = uow.session.get(Host, (workspace.id, name))
    if host is None:
        host = Host(workspace_id=workspace.id, name=name, system=system, since=uow.now)
        uow.session.add(host)
        uow.record("host.reported", workspace=workspace.id, host=name, system=system)
    elif host.stopped_at:
        host.stopped_at = host.deleted_at = None
        uow.record("host.reported", workspace=workspace.id, host=name, system=host.system)
    workspace.reporting_since = workspace.reporting_since or uow.now
    uow.session.flush()
    return host


def stop(uow: UnitOfWork, token: str, name: str) -> Host:
    """DataKit on a host has stopped. Stopping it again changes nothing.

    Raises:
        Refusal: no workspace has this token, the workspace is locked, or the host has never reported.
    """
    workspace = _open(uow, token)
    host = uow.session.get(Host, (workspace.id, name))
    if host is None:
        raise Refusal(N_("The host has not reported to this workspace. Start DataKit on it first."), field="name")
    if host.stopped_at is None:
        host.stopped_at = uow.now
        uow.record("host.stopped", workspace=workspace.id, host=name)
    return host


def hosts_of(workspace: Workspace, text: str = "", online_at: datetime | None = None) -> Select[Host]:
    """The hosts of a workspace that are not deleted, in the order of their first reports. ``text`` filters by name,
    ``online_at`` by who was online then.
    """
    wanted = select(Host).where(Host.workspace_id == workspace.id, Host.deleted_at.is_(None))
    if text:
        wanted = wanted.where(have_text(text, Host.name))
    if online_at:
        wanted = wanted.where(or_(Host.stopped_at.is_(None), Host.stopped_at > online_at - SILENT_AFTER))
    return wanted.order_by(Host.since, Host.name)


def sending(uow: UnitOfWork, workspace: Workspace) -> list[Host]:
    """The hosts that send logs. Those that were deleted have sent some."""
    wanted = select(Host).where(Host.workspace_id == workspace.id).order_by(Host.since, Host.name)
    return list(uow.session.scalars(wanted.limit(MOST_SENDING)))


def counted(workspace: Workspace, at: datetime) -> Select[Host]:
    """The hosts of a workspace that count as DataKits at a moment: those that had reported for ``COUNTED_AFTER``."""
    running = or_(Host.stopped_at.is_(None), Host.stopped_at > at - SILENT_AFTER)
    return select(Host).where(Host.workspace_id == workspace.id, Host.since <= at - COUNTED_AFTER, running)


def is_online(host: Host, at: datetime) -> bool:
    """Whether a host was heard of in the ten minutes before ``at``."""
    return host.stopped_at is None or host.stopped_at > at - SILENT_AFTER


def machine_of(seed: Seed, host: Host) -> Machine:
    """What a host is."""
    random = seed.random_bytes(f"guance/host/{host.workspace_id}/{host.name}", 8)
    versions, cores = _VERSIONS[host.system], 2 << random[1] % 4
    return Machine(
        version=versions[random[0] % len(versions)],
        architecture="arm64" if host.system == "macos" else "amd64",
        cores=cores,
        memory=cores * (2 << random[2] % 2) << 30,
        disk=(80 << random[3] % 3) << 30,
        address=f"10.{random[4]}.{random[5]}.{random[6] % 254 + 1}",
    )


def _open(uow: UnitOfWork, token: str) -> Workspace:
    past = select(PastToken.workspace_id).where(PastToken.token == token, PastToken.until > uow.now)
    wanted = select(Workspace).where(or_(Workspace.token == token, Workspace.id.in_(past)))
    workspace = uow.session.scalars(wanted).first()
    if workspace is None:
        raise Refusal(N_("No workspace has this token. Copy the command from Integrations > DataKit."), field="token")
    if workspace.state is not WorkspaceState.NORMAL:
        raise Refusal(N_("This workspace is locked and takes in no data."), field="token")
    return workspace
