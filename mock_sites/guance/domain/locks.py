"""Locked workspaces: what happens to them when the cloud account's subscription is closed or suspended.

Closed: S2, Canceling, note. Frozen or expired: spec guance C.5 and D; the workspaces keep the cloud account and are
unlocked automatically when it can be used again. For 14 days a locked workspace can be viewed, unlocked and dissolved.
Then it is locked for good and its data is deleted (spec guance C.5).
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain import high_consumption, lock_mails, settlement, subscriptions
from mock_sites.guance.domain.jobs import CloseLock, RemindOfLock
from mock_sites.guance.domain.states import BILLED, LockReason, SubscriptionState, SuspendedFor, WorkspaceState
from mock_sites.guance.domain.tables import Account, Subscription, Workspace
from mock_sites.world import clock
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

BUFFER: Final = timedelta(days=14)
REMINDER: Final = timedelta(days=3)
"""How long before the end of a lock the reminder is mailed (spec guance C.7, countdown reminder)."""


def cancel_subscription(uow: UnitOfWork, instance_id: str) -> bool:
    """Close a subscription and lock the workspaces it paid for. False if there is none. Repeating it changes
    nothing.
    """
    subscription = subscriptions.find(uow, instance_id)
    if subscription is None:
        return False
    if subscription.state is not SubscriptionState.CLOSED:
        subscriptions.close(uow, instance_id)
        lock_workspaces_of(uow, subscription.huawei_account_id)
    return True


def suspend_subscription(uow: UnitOfWork, subscription: Subscription, reason: SuspendedFor) -> None:
    """Suspend a subscription. Lock the workspaces of its account unless the account has another open subscription."""
    subscriptions.suspend(uow, subscription, reason)
    _follow(uow, subscription.huawei_account_id)


def resume_subscription(uow: UnitOfWork, subscription: Subscription) -> None:
    """Resume a suspended subscription, and unlock the workspaces that were locked for it."""
    subscriptions.resume(uow, subscription)
    _follow(uow, subscription.huawei_account_id)


def renew_subscription(
    uow: UnitOfWork, subscription: Subscription, *, until: datetime, scene: str, order_id: str
) -> None:
    """Change the end of a subscription. If this resumes it, unlock the workspaces that were locked for it."""
    subscriptions.renew(uow, subscription, until=until, scene=scene, order_id=order_id)
    _follow(uow, subscription.huawei_account_id)


def lock_workspaces_of(uow: UnitOfWork, huawei_account_id: str) -> list[Workspace]:
    """Remove the Huawei Cloud account from every workspace it pays for, on every site, and lock those.

    Their owners and the billing center accounts get a mail (spec guance C.7). Workspaces that are already locked for
    good stay as they are.
    """
    settled = _settled_by(uow, huawei_account_id)
    for workspace in settled:
        settlement.detach_cloud_account(uow, workspace)
        if workspace.state is not WorkspaceState.EXPIRED:
            _lock(uow, workspace, huawei_account_id, LockReason.CLOUD_ACCOUNT_CLOSED)
    settlement.forget_cloud_account(uow, huawei_account_id)
    return settled


def unlock(uow: UnitOfWork, workspace: Workspace) -> None:
    """Unlock a workspace. The billing center account pays from now on; this does not count as the monthly change (S2).

    Raises:
        Refusal: it is not locked, or has been locked for more than 14 days.
    """
    _check_locked(workspace)
    settlement.settle_by_billing_center(uow, workspace)


def dissolve(uow: UnitOfWork, workspace: Workspace, owner: Account) -> None:
    """Dissolve a locked workspace (spec guance C.5 and E: the owner only). This cannot be undone.

    Raises:
        Refusal: the account is not the owner, or the workspace is not locked, or it has been locked for more than 14
            days.
    """
    if workspace.owner_id != owner.id:
        raise Refusal(N_("Only its owner can dissolve a workspace."))
    _check_locked(workspace)
    settlement.detach_cloud_account(uow, workspace)
    workspace.state = WorkspaceState.DISSOLVED
    settlement.forget_lock(uow, workspace)
    high_consumption.stop_unless_needed(uow)
    uow.record("workspace.dissolved", workspace=workspace.id, owner=owner.id)


def close_lock(uow: UnitOfWork, job: CloseLock) -> None:
    """The job after 14 days: lock a workspace for good and delete its data, if it has been locked since then."""
    workspace = uow.session.get_one(Workspace, job.workspace)
    if workspace.state is WorkspaceState.LOCKED and (until := locked_until(workspace)) and until <= uow.now:
        workspace.state = WorkspaceState.EXPIRED
        high_consumption.stop_unless_needed(uow)
        uow.record("workspace.expired", workspace=workspace.id, site=workspace.site)


def remind(uow: UnitOfWork, job: RemindOfLock) -> None:
    """The job three days before a lock ends: mail everyone who can still unlock the workspace."""
    workspace = uow.session.get_one(Workspace, job.workspace)
    until = locked_until(workspace)
    if workspace.state is WorkspaceState.LOCKED and until and timedelta(0) < until - uow.now <= REMINDER:
        lock_mails.remind(uow, workspace, until)
        uow.record("workspace.lock-reminded", workspace=workspace.id, site=workspace.site)


def locked_until(workspace: Workspace) -> datetime | None:
    """When the 14 days of a lock end."""
    return workspace.locked_at + BUFFER if workspace.locked_at else None


def days_left(workspace: Workspace, now: datetime) -> int:
    """How many days the lock still lasts."""
    until = locked_until(workspace)
    return clock.days_left(until, now) if until else 0


def is_history_visible(workspace: Workspace) -> bool:
    """Whether the workspace can be viewed. A locked one can; one whose data was deleted cannot."""
    return workspace.state in BILLED


def _follow(uow: UnitOfWork, huawei_account_id: str) -> None:
    """Lock the workspaces of an account while all its subscriptions are suspended, and unlock them when one is open
    again.
    """
    suspended = subscriptions.is_suspended(uow, huawei_account_id)
    for workspace in _settled_by(uow, huawei_account_id):
        if suspended and workspace.state is WorkspaceState.NORMAL:
            settlement.close_period(uow, workspace)
            _lock(uow, workspace, huawei_account_id, LockReason.CLOUD_ACCOUNT_SUSPENDED)
        elif not suspended and workspace.state is WorkspaceState.LOCKED:
            settlement.close_period(uow, workspace)
            settlement.end_lock(uow, workspace)


def _settled_by(uow: UnitOfWork, huawei_account_id: str) -> list[Workspace]:
    settled = select(Workspace).where(Workspace.cloud_account_id == huawei_account_id)
    return list(uow.session.scalars(settled.order_by(Workspace.created_at, Workspace.id)))


def _lock(uow: UnitOfWork, workspace: Workspace, huawei_account_id: str, reason: LockReason) -> None:
    workspace.state, workspace.locked_at, workspace.lock_reason = WorkspaceState.LOCKED, uow.now, reason
    uow.record("workspace.locked", workspace=workspace.id, site=workspace.site, reason=reason)
    settlement.forget_lock(uow, workspace)
    uow.schedule(RemindOfLock(workspace.id), after=(BUFFER - REMINDER).total_seconds())
    uow.schedule(CloseLock(workspace.id), after=BUFFER.total_seconds())
    mail_lock = lock_mails.mail_closed if reason == LockReason.CLOUD_ACCOUNT_CLOSED else lock_mails.mail_suspended
    mail_lock(uow, workspace, huawei_account_id, uow.now + BUFFER)


def _check_locked(workspace: Workspace) -> None:
    if workspace.state is WorkspaceState.EXPIRED:
        raise Refusal(N_("This workspace was locked for more than 14 days and its data has been cleared."))
    if workspace.state is not WorkspaceState.LOCKED:
        raise Refusal(N_("This workspace is not locked."))
