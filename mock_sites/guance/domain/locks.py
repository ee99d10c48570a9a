"""Locked workspaces: what happens to them when the cloud account's subscription is closed (S2, Canceling, note).

A locked workspace can be looked at, unlocked and dissolved for 14 days; then it is expired: locked for good, its data
cleared (spec guance C.5).
"""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain import letters, settlement, subscriptions
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Account, Workspace
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.ledger import Facts

BUFFER: Final = timedelta(days=14)
BEIJING: Final = timedelta(hours=8)

JOB: Final = "close-lock"

CLOUD_ACCOUNT_CLOSED: Final = "cloud-account-closed"
"""The lock reason when the subscription that paid was closed."""


def cancel_subscription(book: Book, instance_id: str) -> bool:
    """Close a subscription and lock what it paid for; False when there is none. Done again it changes nothing."""
    subscription = subscriptions.find(book, instance_id)
    if subscription is None:
        return False
    if subscription.state != "closed":
        subscriptions.close(book, instance_id)
        lock_workspaces_of(book, subscription.huawei_account_id)
    return True


def lock_workspaces_of(book: Book, huawei_account_id: str) -> list[Workspace]:
    """Take the Huawei Cloud account from every workspace that it settles, on every site, and lock those.

    Their owners and the billing center accounts are told by mail (spec guance C.7).
    """
    settled = select(Workspace).where(Workspace.cloud_account_id == huawei_account_id)
    locked = list(book.session.scalars(settled.order_by(Workspace.created_at, Workspace.id)))
    for workspace in locked:
        settlement.detach_cloud_account(book, workspace)
        workspace.state, workspace.locked_at, workspace.lock_reason = "locked", book.now, CLOUD_ACCOUNT_CLOSED
        book.record("workspace.locked", workspace=workspace.id, site=workspace.site, reason=CLOUD_ACCOUNT_CLOSED)
        book.schedule(JOB, after=BUFFER.total_seconds(), workspace=workspace.id)
        _tell(book, workspace, huawei_account_id)
    settlement.forget_cloud_account(book, huawei_account_id)
    return locked


def unlock(book: Book, workspace: Workspace) -> None:
    """Unlock a workspace, which the billing center account settles from now on; this is no monthly change (S2).

    Raises:
        Refusal: it is not locked, or has been for more than 14 days.
    """
    _check_locked(workspace)
    settlement.settle_by_billing_center(book, workspace)


def dissolve(book: Book, workspace: Workspace, owner: Account) -> None:
    """Dissolve a locked workspace for good (spec guance C.5 and E: the owner only).

    Raises:
        Refusal: somebody else wants it, or the workspace is not locked, or has been for more than 14 days.
    """
    if workspace.owner_id != owner.id:
        raise Refusal(N_("Only its owner can dissolve a workspace."))
    _check_locked(workspace)
    workspace.state = "dissolved"
    book.record("workspace.dissolved", workspace=workspace.id, owner=owner.id)


def close_lock(book: Book, payload: Facts) -> None:
    """The job after 14 days: a workspace that is locked since then is locked for good, and its data is cleared."""
    workspace = book.session.get_one(Workspace, payload["workspace"])
    if workspace.state == "locked" and (until := locked_until(workspace)) and until <= book.now:
        workspace.state = "expired"
        book.record("workspace.expired", workspace=workspace.id, site=workspace.site)


def locked_until(workspace: Workspace) -> datetime | None:
    """When the 14 days of a lock end."""
    return workspace.locked_at + BUFFER if workspace.locked_at else None


def days_left(workspace: Workspace, now: datetime) -> int:
    """How many days the lock still lasts, a begun day included."""
    until = locked_until(workspace)
    return max(0, ceil((until - now) / timedelta(days=1))) if until else 0


def is_history_visible(workspace: Workspace) -> bool:
    """Whether the workspace can be looked at: also while it is locked, but not after its data was cleared."""
    return workspace.state in {"normal", "locked"}


def _check_locked(workspace: Workspace) -> None:
    if workspace.state == "expired":
        raise Refusal(N_("This workspace was locked for more than 14 days and its data has been cleared."))
    if workspace.state != "locked":
        raise Refusal(N_("This workspace is not locked."))


def _tell(book: Book, workspace: Workspace, huawei_account_id: str) -> None:
    """Mail the owner and the billing center account, each in its own language; one mail if they share an address."""
    holder, site = workspace.billing_account, SITES[workspace.site]
    languages = {workspace.owner.email: workspace.language, holder.email: holder.language}
    for email, language in languages.items():
        letter = letters.write(
            language,
            N_("Your Guance workspace {name} has been locked"),
            N_(
                "The workspace {name} ({workspace}) at {site} has been locked, because the subscription to Guance of"
                " the Huawei Cloud account {huawei_account} was closed. The cloud account is no longer linked to it."
            ),
            N_(
                "Until {until} (Beijing time), that is for 14 days, you can still view its history, unlock it or"
                " dissolve it. Then it is locked for good and its data is cleared."
            ),
            N_(
                "To unlock it, sign in to the workspace and click Unlock Now, or go to Workspace Management in the"
                " Billing Center. It is then settled by the Billing Center account {username}."
            ),
            name=workspace.name,
            workspace=workspace.id,
            site=letters.in_language(language, site.name),
            huawei_account=huawei_account_id,
            until=f"{book.now + BUFFER + BEIJING:%Y-%m-%d %H:%M}",
            username=holder.username,
        )
        letters.send(book, email, letter)
