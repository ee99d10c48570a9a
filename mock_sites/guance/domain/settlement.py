"""Who pays for a workspace, and when that may change (S2; spec guance A.6 and C.4; architecture, decisions).

``settle_by_huawei``, ``settle_by_registered`` and ``settle_by_billing_center`` are a user's choice. They follow all
rules (``settlement_options``) and mail a notice. For a locked workspace a choice also unlocks it, and does not count as
a change. ``attach_cloud_account`` and ``detach_cloud_account`` are for other rules, and check nothing.
"""

from typing import Final

from sqlalchemy import func, select

from mock_sites.guance.domain import billing_accounts, mails, subscriptions
from mock_sites.guance.domain.jobs import CloseLock, RemindOfLock
from mock_sites.guance.domain.settlement_options import BILLING_CENTER, HUAWEI, REGISTERED, objection
from mock_sites.guance.domain.states import LockReason, SubscriptionState, WorkspaceState
from mock_sites.guance.domain.tables import BillingAccount, CloudAccount, PastSettlement, Workspace
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

_LONGEST_INSTANCE_ID: Final = 64


def settle_by_huawei(uow: UnitOfWork, workspace: Workspace, *, huawei_account_id: str, instance_id: str) -> None:
    """Let the Huawei Cloud account with this open subscription pay (S2, Changing Settlement Method, 4-7).

    Raises:
        Refusal: for ``huawei_account_id`` or ``instance_id``, or because the method cannot be chosen. Nothing changes.
    """
    check(uow, workspace, HUAWEI)
    subscriptions.HUAWEI_ACCOUNT_ID.check(huawei_account_id, "huawei_account_id")
    subscription = subscriptions.find(uow, instance_id) if len(instance_id) <= _LONGEST_INSTANCE_ID else None
    if subscription is None or subscription.huawei_account_id != huawei_account_id:
        raise Refusal(
            N_(
                "This Account ID and this Product Instance ID do not belong together, or there is no such subscription."
                " Compare them with My Credentials and with Application Information on Huawei Cloud."
            ),
            field="instance_id",
        )
    if subscription.state is SubscriptionState.SUSPENDED:
        raise Refusal(subscriptions.SUSPENDED, field="instance_id")
    if subscription.state is not SubscriptionState.OPEN:
        raise Refusal(
            N_("This subscription was closed on Huawei Cloud. Subscribe to Guance there again."), field="instance_id"
        )
    _choose(uow, workspace, billing_accounts.link_cloud_account(uow, workspace.billing_account, huawei_account_id))


def settle_by_registered(uow: UnitOfWork, workspace: Workspace, cloud_account: CloudAccount) -> None:
    """Let a cloud account pay that already pays for other workspaces of the account (spec guance C.3).

    Raises:
        Refusal: for ``cloud_account``, or because the method cannot be chosen. Nothing changes.
    """
    check(uow, workspace, REGISTERED)
    if cloud_account.billing_account_id != workspace.billing_account_id:
        raise Refusal(N_("Choose one of your cloud accounts."), field="cloud_account")
    if subscriptions.is_suspended(uow, cloud_account.id):
        raise Refusal(subscriptions.SUSPENDED, field="cloud_account")
    if not subscriptions.has_open(uow, cloud_account.id):
        raise Refusal(N_("This cloud account has no open subscription any more."), field="cloud_account")
    _choose(uow, workspace, cloud_account)


def settle_by_billing_center(uow: UnitOfWork, workspace: Workspace) -> None:
    """Let the billing center account pay. For a locked workspace, unlocking does this (S2, Canceling, note).

    Raises:
        Refusal: the method cannot be chosen. Nothing changes.
    """
    check(uow, workspace, BILLING_CENTER)
    _choose(uow, workspace, None)


def check(uow: UnitOfWork, workspace: Workspace, method: str) -> None:
    """Check that ``method`` can be chosen now.

    Raises:
        Refusal: it cannot.
    """
    if (refusal := objection(uow, workspace, method)) is not None:
        raise refusal


def bind_workspace(uow: UnitOfWork, billing_account: BillingAccount, workspace_id: str) -> Workspace:
    """Move a workspace to ``billing_account``, by its ID (spec guance C.4, E: Change Binding).

    A workspace always belongs to an account, so binding moves it. Both accounts must be certified as the same
    enterprise, and no cloud account of the other one may pay for the workspace.

    Raises:
        Refusal: for ``workspace_id``. The message is the same for an unknown workspace and for another person's.
    """
    workspace = uow.session.get(Workspace, workspace_id.strip())
    if workspace is not None and workspace.state is WorkspaceState.DISSOLVED:
        workspace = None
    if workspace is not None and workspace.billing_account_id == billing_account.id:
        raise Refusal(N_("This workspace is bound to your account already."), field="workspace_id")
    if workspace is None or not _same_enterprise(workspace.billing_account, billing_account):
        raise Refusal(
            N_(
                "There is no workspace with this ID that you can bind. A workspace of another Billing Center account"
                " can be bound when both accounts are certified as the same enterprise."
            ),
            field="workspace_id",
        )
    if workspace.state is not WorkspaceState.NORMAL or workspace.cloud_account_id:
        raise Refusal(
            N_("This workspace is locked or settled by a cloud account. It cannot be bound now."), field="workspace_id"
        )
    close_period(uow, workspace)
    before, workspace.billing_account = workspace.billing_account, billing_account
    uow.record("workspace.bound", workspace=workspace.id, billing_account=billing_account.id, before=before.id)
    mails.send(
        uow,
        before.email,
        mails.write(
            uow.mail_language(before.language),
            N_("Workspace {workspace} bound to another account"),
            N_("The workspace {workspace} ({id}) has been bound to the Billing Center account {username}."),
            N_("Its usage is on the bills of that account from now on."),
            workspace=workspace.name,
            id=workspace.id,
            username=billing_account.username,
        ),
    )
    return workspace


def attach_cloud_account(uow: UnitOfWork, workspace: Workspace, cloud_account: CloudAccount) -> None:
    """Let ``cloud_account`` pay from now on, without the rules of choosing. It does not count as a change."""
    close_period(uow, workspace)
    workspace.settlement, workspace.cloud_account_id = HUAWEI, cloud_account.id
    _record(uow, workspace)


def detach_cloud_account(uow: UnitOfWork, workspace: Workspace) -> None:
    """Remove the cloud account from ``workspace``. The billing center account then has to pay.

    Call it before the workspace is locked. When a cloud account has no workspace and no open subscription left, its
    link to the billing center account is deleted (S2, Canceling, note; spec guance D).
    """
    cloud_account_id = workspace.cloud_account_id
    if cloud_account_id is None:
        return
    close_period(uow, workspace)
    workspace.settlement, workspace.cloud_account_id = BILLING_CENTER, None
    _record(uow, workspace)
    forget_cloud_account(uow, cloud_account_id)


def forget_cloud_account(uow: UnitOfWork, huawei_account_id: str) -> None:
    """Delete the link of a cloud account whose subscriptions are all closed and that pays for no workspace."""
    uow.session.flush()
    cloud_account = uow.session.get(CloudAccount, huawei_account_id)
    if cloud_account is None or subscriptions.has_any(uow, huawei_account_id):
        return
    settled = select(func.count()).where(Workspace.cloud_account_id == huawei_account_id)
    if not uow.session.scalar(settled):
        uow.record(
            "cloud-account.unlinked",
            billing_account=cloud_account.billing_account_id,
            huawei_account=huawei_account_id,
        )
        uow.session.delete(cloud_account)


def close_period(uow: UnitOfWork, workspace: Workspace) -> None:
    """Store who has paid until now, for the bills."""
    uow.session.add(
        PastSettlement(
            workspace_id=workspace.id,
            until=uow.now,
            billing_account_id=workspace.billing_account_id,
            settlement=workspace.settled_by,
            cloud_account_id=workspace.cloud_account_id,
        )
    )


def end_lock(uow: UnitOfWork, workspace: Workspace) -> None:
    """Unlock a workspace. This does not decide who pays."""
    forget_lock(uow, workspace)
    workspace.state, workspace.locked_at, workspace.lock_reason = WorkspaceState.NORMAL, None, LockReason.NONE
    uow.record("workspace.unlocked", workspace=workspace.id)


def forget_lock(uow: UnitOfWork, workspace: Workspace) -> None:
    """Schedule nothing any more for the end of a lock."""
    uow.unschedule(RemindOfLock(workspace.id), CloseLock(workspace.id))


def _choose(uow: UnitOfWork, workspace: Workspace, cloud_account: CloudAccount | None) -> None:
    close_period(uow, workspace)
    if workspace.state is WorkspaceState.LOCKED:
        end_lock(uow, workspace)
    else:
        workspace.settlement_changed_at = uow.now
    workspace.settlement = HUAWEI if cloud_account else BILLING_CENTER
    workspace.cloud_account_id = cloud_account.id if cloud_account else None
    _record(uow, workspace)
    mails.send(
        uow,
        workspace.billing_account.email,
        mails.write(
            uow.mail_language(workspace.billing_account.language),
            N_("Settlement method of {workspace} changed"),
            N_("The settlement method of the workspace {workspace} ({id}) has been changed."),
            N_("It is settled by the Huawei Cloud account {payer} from now on.")
            if cloud_account
            else N_("It is settled by your Billing Center account {payer} from now on."),
            workspace=workspace.name,
            id=workspace.id,
            payer=cloud_account.id if cloud_account else workspace.billing_account.username,
        ),
    )


def _record(uow: UnitOfWork, workspace: Workspace) -> None:
    uow.record(
        "settlement.changed",
        workspace=workspace.id,
        settlement=workspace.settlement,
        huawei_account=workspace.cloud_account_id,
    )


def _same_enterprise(one: BillingAccount, other: BillingAccount) -> bool:
    return bool(one.certified_at and other.certified_at and one.taxpayer_number == other.taxpayer_number)
