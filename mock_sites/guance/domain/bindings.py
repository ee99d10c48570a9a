"""Binding a fee center account and its workspaces to the Huawei Cloud account of a visit (S1, Existing Fee Center
Account).

The choice is stored with the visit and takes effect when the visit is confirmed: the cloud account is linked to the fee
center account and pays for the bound workspaces. Before that nothing changes. So a binding has no effect if it is not
finished or if the subscription is closed in the meantime.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, delete, not_, select

from mock_sites.guance.domain import billing_accounts, codes, settlement, visits, workspaces
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.sites import SITES, RegionalSite, offers_huawei
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.tables import BillingAccount, Binding, CloudAccount, Visit, Workspace
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork

PURPOSE: Final = codes.Purpose.BIND_BILLING_ACCOUNT
"""The purpose of its verification codes."""


@dataclass(frozen=True)
class WorkspaceRow:
    """A workspace of the fee center account on the binding page. ``objection`` says why it cannot be bound."""

    workspace: Workspace
    site: RegionalSite
    is_bound: bool
    objection: str


def send_code(uow: UnitOfWork, username: str, write: Callable[[str], MailText]) -> None:
    """Mail a code to the email of the fee center account ``username``, if it exists. The answer is the same if it does
    not.

    Raises:
        Refusal: for ``username``: the last code is less than 60 seconds old.
    """
    account = billing_accounts.named(uow, username)
    codes.send_to_holder(uow, username, account.email if account else None, PURPOSE, write)


def bind_account(uow: UnitOfWork, visit: Visit, username: str, code: str) -> BillingAccount:
    """Bind the fee center account ``username``, verified by the mailed code (S1, Bind Fee Center Account).

    Raises:
        Refusal: for ``code``; or for ``username``: the Huawei Cloud account is linked to another account.
    """
    payer = visits.payer(uow, visit)
    codes.redeem(uow, username, PURPOSE, code)
    account = billing_accounts.named(uow, username)
    if account is None:
        raise Refusal(N_("This code is wrong. Look at the latest mail and try again."), field="code")
    linked = uow.session.get(CloudAccount, payer)
    if linked is not None and linked.billing_account_id != account.id:
        raise Refusal(
            N_("Your Huawei Cloud account is linked to another fee center account already. Bind that one."),
            field="username",
        )
    if visit.billing_account_id != account.id:
        _forget(uow, visit)
    visit.billing_account_id = account.id
    uow.record("visit.fee-center-account-bound", visit=visit.id, billing_account=account.id)
    return account


def release_account(uow: UnitOfWork, visit: Visit) -> None:
    """Start again with another fee center account. What was bound so far is removed."""
    if visit.billing_account_id is not None:
        uow.record("visit.fee-center-account-released", visit=visit.id, billing_account=visit.billing_account_id)
        visit.billing_account_id = None
        _forget(uow, visit)


def account_of(uow: UnitOfWork, visit: Visit) -> BillingAccount | None:
    """The fee center account that was bound on this visit."""
    return billing_accounts.find(uow, visit.billing_account_id)


def sites_for(uow: UnitOfWork, visit: Visit) -> list[RegionalSite]:
    """The sites where a workspace can be created on this visit: those where the Huawei Cloud account can pay."""
    return [site for site in SITES.values() if _can_pay(site, account_of(uow, visit))]


def choose_site(uow: UnitOfWork, visit: Visit, code: str) -> None:
    """Choose the site of workspaces that are created from now on. It does not matter for binding (S1, note).

    Raises:
        Refusal: a Huawei Cloud account cannot pay there.
    """
    if code not in {site.code for site in sites_for(uow, visit)}:
        raise Refusal(N_("Choose a site where a Huawei Cloud account can pay."))
    visit.site = code


def available(uow: UnitOfWork, visit: Visit, text: str = "") -> Select[Workspace]:
    """The workspaces of the bound fee center account that can be bound, oldest first. ``text`` filters them."""
    return workspaces.of_billing_account(visit.billing_account_id or "", text).where(_free(uow, visit))


def unavailable(uow: UnitOfWork, visit: Visit) -> Select[Workspace]:
    """Those that cannot be bound, oldest first."""
    return workspaces.of_billing_account(visit.billing_account_id or "").where(not_(_free(uow, visit)))


def row_of(uow: UnitOfWork, visit: Visit, workspace: Workspace) -> WorkspaceRow:
    """A workspace as the page shows it."""
    objection = _objection(workspace)
    bound = uow.session.get(Binding, (visit.id, workspace.id)) is not None
    return WorkspaceRow(workspace, SITES[workspace.site], bound and not objection, objection)


def any_bound(uow: UnitOfWork, visit: Visit) -> bool:
    """Whether at least one workspace is bound that can still be bound."""
    bound = select(Binding.workspace_id).where(Binding.visit_id == visit.id)
    return are_any(uow, available(uow, visit).where(Workspace.id.in_(bound)))


def find(uow: UnitOfWork, visit: Visit, workspace_id: str) -> WorkspaceRow | None:
    """The row of a workspace, if it belongs to the bound fee center account."""
    mine = workspaces.of_billing_account(visit.billing_account_id or "").where(Workspace.id == workspace_id)
    workspace = uow.session.scalars(mine).first()
    return row_of(uow, visit, workspace) if workspace else None


def bind_workspace(uow: UnitOfWork, visit: Visit, workspace: Workspace) -> None:
    """Bind a workspace of the bound fee center account (S1, Bind Existing Workspace). Repeating it changes nothing.

    Raises:
        Refusal: a Huawei Cloud account cannot pay for it, or the subscription is closed.
    """
    visits.payer(uow, visit)
    if objection := _objection(workspace):
        raise Refusal(objection)
    if uow.session.get(Binding, (visit.id, workspace.id)) is None:
        uow.session.add(Binding(visit_id=visit.id, workspace_id=workspace.id, bound_at=uow.now))
        uow.record("visit.workspace-bound", visit=visit.id, workspace=workspace.id)


def confirm(uow: UnitOfWork, visit: Visit) -> list[Workspace]:
    """Let the Huawei Cloud account pay for the bound workspaces from now on (S1, Successful Activation).

    Raises:
        Refusal: nothing is bound, the subscription is closed, or a bound workspace can no longer be bound. That
            workspace is then removed from the list, and nothing else changes.
    """
    payer, account, bound = visits.payer(uow, visit), account_of(uow, visit), _bound(uow, visit)
    if visit.confirmed_at is not None:
        return bound
    if account is None:
        raise Refusal(N_("Bind a fee center account first."))
    if not bound:
        raise Refusal(N_("Bind a workspace first: nothing is bound yet."))
    if lost := [workspace for workspace in bound if not _can_be_bound(workspace, account)]:
        _forget(uow, visit, lost)
        uow.commit()
        raise Refusal(
            N_(
                "Something has changed in the meantime: {names} cannot be bound any more and was taken off."
                " Nothing has taken effect. Look at the list, then confirm again."
            ),
            names=", ".join(workspace.name for workspace in lost),
        )
    cloud_account = billing_accounts.link_cloud_account(uow, account, payer)
    for workspace in bound:
        settlement.attach_cloud_account(uow, workspace, cloud_account)
    visit.confirmed_at = uow.now
    uow.record("visit.confirmed", visit=visit.id, workspaces=[workspace.id for workspace in bound])
    return bound


def _bound(uow: UnitOfWork, visit: Visit) -> list[Workspace]:
    wanted = select(Workspace).join(Binding, Binding.workspace_id == Workspace.id).where(Binding.visit_id == visit.id)
    return list(uow.session.scalars(wanted.order_by(Binding.bound_at, Workspace.id)))


def _forget(uow: UnitOfWork, visit: Visit, which: list[Workspace] | None = None) -> None:
    forgotten = _bound(uow, visit) if which is None else which
    ids = [workspace.id for workspace in forgotten]
    uow.session.execute(delete(Binding).where(Binding.visit_id == visit.id, Binding.workspace_id.in_(ids)))


def _can_be_bound(workspace: Workspace, account: BillingAccount) -> bool:
    return workspace.billing_account_id == account.id and not _objection(workspace)


def _can_pay(site: RegionalSite, account: BillingAccount | None) -> bool:
    return offers_huawei(site) or (account is not None and account.any_settlement)


def _free(uow: UnitOfWork, visit: Visit) -> ColumnElement[bool]:
    """The SQL condition for workspaces that can be bound. ``_objection`` gives the reason for the others."""
    sites = [site.code for site in sites_for(uow, visit)]
    return and_(
        Workspace.state == WorkspaceState.NORMAL, Workspace.cloud_account_id.is_(None), Workspace.site.in_(sites)
    )


def _objection(workspace: Workspace) -> str:
    """Why the workspace cannot be bound. Empty if it can."""
    if workspace.state is WorkspaceState.DISSOLVED:
        return N_("This workspace was dissolved.")
    if workspace.state is WorkspaceState.EXPIRED:
        return N_("This workspace was locked for more than 14 days. It cannot be used any more.")
    if workspace.state is WorkspaceState.LOCKED:
        return N_("This workspace is locked. Unlock it in the Billing Center first.")
    if workspace.cloud_account_id is not None:
        return N_("This workspace is settled by a Huawei Cloud account already.")
    if not _can_pay(SITES[workspace.site], workspace.billing_account):
        return N_("Workspaces of this site cannot be settled by a Huawei Cloud account.")
    return ""
