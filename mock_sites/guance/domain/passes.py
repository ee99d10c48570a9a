"""Passes from a workspace into the billing center, without a login (spec guance C, B4; C.5, Unlock Now)."""

from datetime import timedelta
from typing import Final

from mock_sites.guance.domain import locks
from mock_sites.guance.domain.tables import Account, Pass, Workspace
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

LIFETIME: Final = timedelta(minutes=1)


def issue(uow: UnitOfWork, workspace: Workspace, owner: Account) -> str:
    """A pass for the owner of a workspace to the billing center account that manages it. It works once, within a
    minute.

    Raises:
        Refusal: the account is not the owner, or the workspace has been locked for more than 14 days.
    """
    if workspace.owner_id != owner.id:
        raise Refusal(N_("Only its owner can go on from a workspace to the Billing Center."))
    if not locks.is_history_visible(workspace):
        raise Refusal(N_("This workspace was locked for more than 14 days. It cannot be used any more."))
    row = Pass(
        token=uow.random_text("pass", 32),
        workspace=workspace,
        billing_account=workspace.billing_account,
        expires_at=uow.now + LIFETIME,
    )
    uow.session.add(row)
    uow.record("pass.issued", workspace=workspace.id, billing_account=workspace.billing_account_id)
    return row.token


def redeem(uow: UnitOfWork, token: str) -> Pass:
    """The pass with this ``token``, which is used up.

    Raises:
        Refusal: it is unknown, used or too old. The message is the same for all three.
    """
    row = uow.session.get(Pass, token)
    if row is None or row.used or row.expires_at <= uow.now:
        raise Refusal(N_("This way in has been used or is too old. Sign in to the Billing Center to go on."))
    row.used = True
    uow.record("billing-account.signed-in", billing_account=row.billing_account_id, workspace=row.workspace_id)
    return row
