"""Settings of a workspace: what describes it, its token, who may open it from where, and deletions (spec guance C2)."""

from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain.storage import check_name, check_open
from mock_sites.guance.domain.tables import Deletion, PastToken, Workspace
from mock_sites.guance.domain.telemetry.hosts import is_online
from mock_sites.guance.domain.telemetry.metrics import METRICS
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.guance.domain.workspaces import LANGUAGES
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

GRACES: Final = {
    "0": (timedelta(0), N_("At once")),
    "10m": (timedelta(minutes=10), N_("In 10 minutes")),
    "6h": (timedelta(hours=6), N_("In 6 hours")),
    "12h": (timedelta(hours=12), N_("In 12 hours")),
    "24h": (timedelta(hours=24), N_("In 24 hours")),
}
"""When the token before becomes invalid after a change (spec guance E), by their keys in forms."""

MOST_ADDRESSES: Final = 50

KINDS: Final = {"host": N_("Host"), "measurement": N_("Metric")}
"""What can be deleted (spec guance E: resource catalogue and metrics)."""


def change_basics(uow: UnitOfWork, workspace: Workspace, *, language: str, remark: str, description: str) -> None:
    """Change what describes a workspace. Its language is that of mails about it from now on.

    Raises:
        Refusal: for ``language``, or because the workspace is locked.
    """
    check_open(workspace)
    if language not in LANGUAGES:
        raise Refusal(N_("Choose one of the languages."), field="language")
    workspace.language, workspace.remark, workspace.description = language, remark, description
    uow.record("workspace.changed", workspace=workspace.id, language=language, remark=remark)


def change_token(uow: UnitOfWork, workspace: Workspace, grace: str, name: str) -> None:
    """Give a workspace a new token. The one before works until the ``grace`` is over. ``name`` confirms it.

    Raises:
        Refusal: for ``grace`` or ``name``, or because the workspace is locked.
    """
    check_open(workspace)
    if grace not in GRACES:
        raise Refusal(N_("Choose when the previous token becomes invalid."), field="grace")
    check_name(workspace, name)
    until = uow.now + GRACES[grace][0]
    uow.session.add(PastToken(token=workspace.token, workspace_id=workspace.id, until=until))
    workspace.token = f"tkn_{uow.random_text('token', 32)}"
    uow.record("workspace.token-changed", workspace=workspace.id, until=until.isoformat())


def valid_past_tokens(uow: UnitOfWork, workspace: Workspace) -> list[PastToken]:
    """The tokens from before that still work, the one that works longest first."""
    wanted = select(PastToken).where(PastToken.workspace_id == workspace.id, PastToken.until > uow.now)
    return list(uow.session.scalars(wanted.order_by(PastToken.until.desc())))


def allow_addresses(uow: UnitOfWork, workspace: Workspace, text: str, here: str) -> None:
    """Let a workspace be opened from these IP addresses and networks only, one a line. None: from everywhere.

    Raises:
        Refusal: for ``addresses``: a line is no address, there are too many, or ``here`` is not among them. Or because
            the workspace is locked.
    """
    check_open(workspace)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_ADDRESSES:
        raise Refusal(N_("At most {number} addresses."), field="addresses", number=MOST_ADDRESSES)
    for line in lines:
        try:
            ip_network(line, strict=False)
        except ValueError:
            raise Refusal(N_("This is no IP address or network: {line}"), field="addresses", line=line[:50]) from None
    if lines and not is_allowed("\n".join(lines), here):
        raise Refusal(
            N_("Your own address {address} is not in the list. You would lock yourself out."),
            field="addresses",
            address=here,
        )
    workspace.allowed_addresses = "\n".join(lines)
    uow.record("workspace.addresses-changed", workspace=workspace.id, addresses=len(lines))


def is_allowed(addresses: str, here: str) -> bool:
    """Whether an address is in a list of addresses and networks. An empty list has all."""
    return not addresses or any(ip_address(here) in ip_network(line, strict=False) for line in addresses.splitlines())


def delete(uow: UnitOfWork, workspace: Workspace, kind: str, target: str, name: str) -> None:
    """Delete a host that is offline from the list, or the values of a metric so far. ``name`` confirms it.

    Raises:
        Refusal: for ``kind``, ``target`` or ``name``, or because the workspace is locked.
    """
    check_open(workspace)
    if kind not in KINDS:
        raise Refusal(N_("Choose what is to be deleted."), field="kind")
    if kind == "host":
        host = uow.session.get(Host, (workspace.id, target))
        if host is None or host.deleted_at:
            raise Refusal(N_("There is no such host in this workspace."), field="target")
        if is_online(host, uow.now):
            raise Refusal(N_("This host is online. Stop DataKit on it first."), field="target")
        check_name(workspace, name)
        host.deleted_at = uow.now
    else:
        if target not in {metric.key for metric in METRICS}:
            raise Refusal(N_("There is no such metric in this workspace."), field="target")
        check_name(workspace, name)
        uow.session.merge(Deletion(workspace_id=workspace.id, metric=target, at=uow.now))
    uow.record("workspace.data-deleted", workspace=workspace.id, what=kind, target=target)


def deletions_of(uow: UnitOfWork, workspace: Workspace) -> dict[str, Deletion]:
    """The deletions of metrics, by their keys."""
    wanted = select(Deletion).where(Deletion.workspace_id == workspace.id).order_by(Deletion.metric)
    return {one.metric: one for one in uow.session.scalars(wanted)}
