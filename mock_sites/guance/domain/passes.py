"""Passes from a locked workspace into the billing center, without a login (spec guance C.5, Unlock Now; B4)."""

from datetime import timedelta
from typing import Final

from mock_sites.guance.domain.tables import Account, Pass, Workspace
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal

LIFETIME: Final = timedelta(minutes=1)


def issue(book: Book, workspace: Workspace, owner: Account) -> str:
    """A pass for the owner of a locked workspace to its billing center account; good once, for a minute.

    Raises:
        Refusal: somebody else asks, or the workspace is not locked, or has been for more than 14 days.
    """
    if workspace.owner_id != owner.id or workspace.state != "locked":
        raise Refusal(N_("Only the owner of a locked workspace can go on to unlock it."))
    row = Pass(
        token=book.letters("pass", 32),
        workspace_id=workspace.id,
        billing_account_id=workspace.billing_account_id,
        expires_at=book.now + LIFETIME,
    )
    book.session.add(row)
    book.record("pass.issued", workspace=workspace.id, billing_account=workspace.billing_account_id)
    return row.token


def redeem(book: Book, token: str) -> Pass:
    """The pass behind ``token``, which is used up.

    Raises:
        Refusal: it is unknown, used or too old; all read the same.
    """
    row = book.session.get(Pass, token)
    if row is None or row.used or row.expires_at <= book.now:
        raise Refusal(N_("This link has been used or is too old. Sign in to the Billing Center to go on."))
    row.used = True
    book.record("billing-account.signed-in", billing_account=row.billing_account_id, workspace=row.workspace_id)
    return row
