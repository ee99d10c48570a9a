"""Signing in at a regional site: the username or the email and the password. A security code follows with MFA."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from mock_sites.guance.auth.forms import SignInForm
from mock_sites.guance.auth.mfa import enter
from mock_sites.guance.domain import accounts, workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Account, Workspace
from mock_sites.guance.hosts import current_site
from mock_sites.web.context import local, uow
from mock_sites.web.forms import form_page, submit
from mock_sites.web.signing_in import safe_next
from mock_sites.world.rows import are_any

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/")
def home() -> ResponseReturnValue:
    """The first page of the login host is the sign-in page."""
    return redirect("/login/pwd")


@blueprint.route("/login/pwd", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Sign in at this site."""
    form, site = SignInForm(), current_site()
    account = submit(
        form, lambda: accounts.check_password(uow(), site, form.username.data or "", form.password.data or "")
    )
    if account is None:
        return form_page("auth/sign_in.html", form, site=site, sites=SITES.values())
    return enter(account, safe_next(local(site.console_url + _asked_for(account)), "guance.com"))


def _asked_for(account: Account) -> str:
    """The address of the workspace that the query names, such as one just bound, if the account owns it."""
    wanted = request.args.get("workspace")
    owned = are_any(uow(), workspaces.owned_by(account.id).where(Workspace.id == wanted))
    return f"workspace/{wanted}/" if owned else ""
