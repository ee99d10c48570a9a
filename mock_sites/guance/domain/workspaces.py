"""Workspaces: a console account of their site owns them; a billing center account or its cloud account pays for
them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from mock_sites.guance.domain import usage
from mock_sites.guance.domain.sites import RegionalSite
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.tables import Account, BillingAccount, CloudAccount, Workspace
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import count_of, have_text
from mock_sites.world.unit_of_work import UnitOfWork

LANGUAGES: Final = {"zh": "中文", "en": "English"}
"""Workspace languages (spec guance C2), each by its own name."""

LONGEST_NAME: Final = 256

SETTLEMENTS: Final = {
    "huawei": N_("Huawei Cloud account"),
    "billing-center": N_("Billing Center account"),
    "": N_("None while the workspace is locked"),
}
"""The pages' word for the payer of a workspace, by ``Workspace.settled_by``."""


@dataclass(frozen=True)
class SettledCounts:
    """How many workspaces a billing center account manages, and who pays for them."""

    total: int
    by_billing_center: int
    by_nobody: int
    by_cloud_account: Mapping[str, int]


def create(
    uow: UnitOfWork,
    site: RegionalSite,
    *,
    name: str,
    language: str,
    owner: Account,
    billing_account: BillingAccount,
    cloud_account: CloudAccount | None,
) -> Workspace:
    """Open a workspace of the Commercial Plan at ``site``. ``cloud_account`` pays for it, if it is given.

    Raises:
        Refusal: for ``workspace_name`` or ``language``.
    """
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refusal(N_("A workspace name has 1 to 256 characters."), field="workspace_name")
    if language not in LANGUAGES:
        raise Refusal(N_("Choose one of the languages."), field="language")
    workspace = Workspace(
        id=f"wksp_{uow.random_text('workspace', 32)}",
        name=name,
        site=site.code,
        plan="commercial",
        language=language,
        settlement="huawei" if cloud_account else "billing-center",
        token=f"tkn_{uow.random_text('token', 32)}",
        state=WorkspaceState.NORMAL,
        created_at=uow.now,
        settled_until=usage.day_of(uow.now),
        owner=owner,
        billing_account=billing_account,
        cloud_account_id=cloud_account.id if cloud_account else None,
    )
    uow.session.add(workspace)
    uow.session.flush()
    uow.record("workspace.created", workspace=workspace.id, site=site.code, name=name, settlement=workspace.settlement)
    return workspace


def next_attempt(uow: UnitOfWork, owner: Account) -> int:
    """The number of the owner's next workspace."""
    return count_of(uow, _opened_by(owner)) + 1


def create_further(
    uow: UnitOfWork,
    site: RegionalSite,
    *,
    attempt: int,
    name: str,
    language: str,
    owner: Account,
    billing_account: BillingAccount,
) -> Workspace:
    """Open a further workspace for its owner. Sending the same attempt again returns the same workspace.

    Raises:
        Refusal: for ``workspace_name`` or ``language``.
    """
    if 0 < attempt < next_attempt(uow, owner):
        named = _opened_by(owner).where(Workspace.name == name.strip())
        if sent := uow.session.scalars(named.order_by(Workspace.created_at.desc(), Workspace.id).limit(1)).first():
            return sent
    return create(
        uow, site, name=name, language=language, owner=owner, billing_account=billing_account, cloud_account=None
    )


def owned_by(account_id: str, text: str = "") -> Select[Workspace]:
    """The workspaces of a console account, oldest first, without dissolved ones. ``text`` filters by name."""
    return _listed(text).where(Workspace.owner_id == account_id)


def of_billing_account(billing_account_id: str, text: str = "") -> Select[Workspace]:
    """The workspaces that a billing center account manages, oldest first, without dissolved ones. ``text`` filters by
    name or ID.
    """
    return _listed(text).where(Workspace.billing_account_id == billing_account_id)


def unpaid(billing_account_id: str, text: str = "") -> Select[Workspace]:
    """Those of them that no cloud account pays for."""
    return of_billing_account(billing_account_id, text).where(Workspace.cloud_account_id.is_(None))


def first_settled_by(uow: UnitOfWork, cloud_account_ids: Sequence[str], most: int = 5) -> list[Workspace]:
    """The first workspaces that each of these cloud accounts pays for, at most ``most`` of each."""
    other = aliased(Workspace)
    first = select(other.id).where(other.cloud_account_id == CloudAccount.id, other.state != WorkspaceState.DISSOLVED)
    first = first.order_by(other.created_at, other.id).limit(most).correlate(CloudAccount)
    wanted = select(Workspace).join(CloudAccount, Workspace.id.in_(first)).where(CloudAccount.id.in_(cloud_account_ids))
    return list(uow.session.scalars(wanted.order_by(Workspace.created_at, Workspace.id)))


def settled_counts(uow: UnitOfWork, billing_account_id: str, cloud_account_ids: Sequence[str]) -> SettledCounts:
    """How many workspaces of an account the given cloud accounts, the account itself and nobody pay for."""
    mine = select(func.count()).where(Workspace.billing_account_id == billing_account_id)
    paid = mine.where(Workspace.state == WorkspaceState.NORMAL)
    unpaid_for = mine.where(Workspace.state.in_((WorkspaceState.LOCKED, WorkspaceState.EXPIRED)))
    itself = paid.where(Workspace.cloud_account_id.is_(None))
    total, own, locked = uow.session.execute(
        select(paid.scalar_subquery(), itself.scalar_subquery(), unpaid_for.scalar_subquery())
    ).one()
    of_each = paid.where(Workspace.cloud_account_id == CloudAccount.id).correlate(CloudAccount).scalar_subquery()
    counted = select(CloudAccount.id, of_each).where(CloudAccount.id.in_(cloud_account_ids))
    by_cloud_account = {name: number or 0 for name, number in uow.session.execute(counted)}
    return SettledCounts((total or 0) + (locked or 0), own or 0, locked or 0, by_cloud_account)


def _listed(text: str) -> Select[Workspace]:
    wanted = select(Workspace).where(Workspace.state != WorkspaceState.DISSOLVED)
    if text:
        wanted = wanted.where(have_text(text, Workspace.name, Workspace.id))
    return wanted.order_by(Workspace.created_at, Workspace.id)


def _opened_by(owner: Account) -> Select[Workspace]:
    """The workspaces that an account has opened, with dissolved ones."""
    return select(Workspace).where(Workspace.owner_id == owner.id)
