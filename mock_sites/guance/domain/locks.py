"""Locked workspaces: what happens to them when the cloud account's subscription is closed or suspended.

A closed one: S2, Canceling, note. A frozen or expired one: spec guance C.5 and D; its workspaces keep the cloud account
and are unlocked by themselves when it can be used again. A locked workspace can be looked at, unlocked and dissolved
for 14 days; then it is expired: locked for good, its data cleared (spec guance C.5).
"""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain import lock_mails, settlement, subscriptions
from mock_sites.guance.domain.jobs import CloseLock, RemindOfLock
from mock_sites.guance.domain.states import BILLED, LockReason, SubscriptionState, SuspendedFor, WorkspaceState
from mock_sites.guance.domain.tables import Account, Subscription, Workspace
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

BUFFER: Final = timedelta(days=14)
REMINDER: Final = timedelta(days=3)
"""How long before a workspace is locked for good its people are reminded (spec guance C.7, countdown reminder)."""


def cancel_subscription(uow: UnitOfWork, instance_id: str) -> bool:
    """Close a subscription and lock what it paid for; False when there is none. Done again it changes nothing."""
    subscription = subscriptions.find(uow, instance_id)
    if subscription is None:
        return False
    if subscription.state is not SubscriptionState.CLOSED:
        subscriptions.close(uow, instance_id)
        lock_workspaces_of(uow, subscription.huawei_account_id)
    return True


def suspend_subscription(uow: UnitOfWork, subscription: Subscription, reason: SuspendedFor) -> None:
    """Suspend a subscription, and lock what its account settles unless another one of it is open."""
    subscriptions.suspend(uow, subscription, reason)
    _follow(uow, subscription.huawei_account_id)


def resume_subscription(uow: UnitOfWork, subscription: Subscription) -> None:
    """Let a suspended subscription be used again, and unlock what was locked for it."""
    subscriptions.resume(uow, subscription)
    _follow(uow, subscription.huawei_account_id)


def renew_subscription(
    uow: UnitOfWork, subscription: Subscription, *, until: datetime, scene: str, order_id: str
) -> None:
    """Let a subscription end at another time; if that resumes it, what was locked for it is unlocked."""
    subscriptions.renew(uow, subscription, until=until, scene=scene, order_id=order_id)
    _follow(uow, subscription.huawei_account_id)


def lock_workspaces_of(uow: UnitOfWork, huawei_account_id: str) -> list[Workspace]:
    """Take the Huawei Cloud account from every workspace that it settles, on every site, and lock those.

    Their owners and the billing center accounts are told by mail (spec guance C.7). What is locked for good already
    stays so.
    """
    settled = _settled_by(uow, huawei_account_id)
    for workspace in settled:
        settlement.detach_cloud_account(uow, workspace)
        if workspace.state is not WorkspaceState.EXPIRED:
            _lock(uow, workspace, huawei_account_id, LockReason.CLOUD_ACCOUNT_CLOSED)
    settlement.forget_cloud_account(uow, huawei_account_id)
    return settled


def unlock(uow: UnitOfWork, workspace: Workspace) -> None:
    """Unlock a workspace, which the billing center account settles from now on; this is no monthly change (S2).

    Raises:
        Refusal: it is not locked, or has been for more than 14 days.
    """
    _check_locked(workspace)
    settlement.settle_by_billing_center(uow, workspace)


def dissolve(uow: UnitOfWork, workspace: Workspace, owner: Account) -> None:
    """Dissolve a locked workspace for good (spec guance C.5 and E: the owner only).

    Raises:
        Refusal: somebody else wants it, or the workspace is not locked, or has been for more than 14 days.
    """
    if workspace.owner_id != owner.id:
        raise Refusal(N_("Only its owner can dissolve a workspace."))
    _check_locked(workspace)
    settlement.detach_cloud_account(uow, workspace)
    workspace.state = WorkspaceState.DISSOLVED
    uow.record("workspace.dissolved", workspace=workspace.id, owner=owner.id)


def close_lock(uow: UnitOfWork, job: CloseLock) -> None:
    """The job after 14 days: a workspace that is locked since then is locked for good, and its data is cleared."""
    workspace = uow.session.get_one(Workspace, job.workspace)
    if workspace.state is WorkspaceState.LOCKED and (until := locked_until(workspace)) and until <= uow.now:
        workspace.state = WorkspaceState.EXPIRED
        uow.record("workspace.expired", workspace=workspace.id, site=workspace.site)


def remind(uow: UnitOfWork, job: RemindOfLock) -> None:
    """The job three days before a lock ends: tell whoever can still unlock the workspace."""
    workspace = uow.session.get_one(Workspace, job.workspace)
    until = locked_until(workspace)
    if workspace.state is WorkspaceState.LOCKED and until and timedelta(0) < until - uow.now <= REMINDER:
        lock_mails.remind(uow, workspace, until)
        uow.record("workspace.lock-reminded", workspace=workspace.id, site=workspace.site)


def locked_until(workspace: Workspace) -> datetime | None:
    """When the 14 days of a lock end."""
    return workspace.locked_at + BUFFER if workspace.locked_at else None


def days_left(workspace: Workspace, now: datetime) -> int:
    """How many days the lock still lasts, a begun day included."""
    until = locked_until(workspace)
    return max(0, ceil((until - now) / timedelta(days=1))) if until else 0


def is_history_visible(workspace: Workspace) -> bool:
    """Whether the workspace can be looked at: also while it is locked, but not after its data was cleared."""
    return workspace.state in BILLED


def _follow(uow: UnitOfWork, huawei_account_id: str) -> None:
    """Lock what an account settles while all its subscriptions are suspended, and unlock it when one is open again."""
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
    uow.schedule(RemindOfLock(workspace.id), after=(BUFFER - REMINDER).total_seconds())
    uow.schedule(CloseLock(workspace.id), after=BUFFER.total_seconds())
    tell = lock_mails.tell_closed if reason == LockReason.CLOUD_ACCOUNT_CLOSED else lock_mails.tell_suspended
    tell(uow, workspace, huawei_account_id, uow.now + BUFFER)


def _check_locked(workspace: Workspace) -> None:
    if workspace.state is WorkspaceState.EXPIRED:
        raise Refusal(N_("This workspace was locked for more than 14 days and its data has been cleared."))
    if workspace.state is not WorkspaceState.LOCKED:
        raise Refusal(N_("This workspace is not locked."))
