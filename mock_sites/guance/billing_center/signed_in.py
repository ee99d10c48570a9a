"""Who is signed in to the billing center, and what of theirs an address names."""

from flask import abort

from mock_sites.guance.domain import billing_accounts, workspaces
from mock_sites.guance.domain.tables import BillingAccount, Workspace
from mock_sites.web.context import uow
from mock_sites.web.signing_in import signed_in_subject

HOST = "boss.guance.com"
SIGN_IN_PAGE = f"https://{HOST}/signin"


def account() -> BillingAccount:
    """The account that is signed in; behind ``login_required`` there is one."""
    return billing_accounts.find(uow(), signed_in_subject()) or abort(401)


def workspace_or_404(workspace_id: str) -> Workspace:
    """The account's workspace with this id."""
    mine = workspaces.of_billing_account(account().id).where(Workspace.id == workspace_id)
    return uow().session.scalars(mine).first() or abort(404)
