"""The account that is signed in to the billing center, and its workspaces."""

from flask import abort

from mock_sites.guance.domain import billing_accounts, workspaces
from mock_sites.guance.domain.sites import BILLING_CENTER_HOST
from mock_sites.guance.domain.tables import BillingAccount, Workspace
from mock_sites.web.context import uow
from mock_sites.web.signing_in import signed_in_subject

SIGN_IN_PAGE = f"https://{BILLING_CENTER_HOST}/signin"


def account() -> BillingAccount:
    """The account that is signed in. Only for views with ``login_required``, where there is one."""
    return billing_accounts.find(uow(), signed_in_subject()) or abort(401)


def workspace_or_404(workspace_id: str) -> Workspace:
    """The workspace of the account with this id. Another account's workspace is a 404."""
    mine = workspaces.of_billing_account(account().id).where(Workspace.id == workspace_id)
    return uow().session.scalars(mine).first() or abort(404)
