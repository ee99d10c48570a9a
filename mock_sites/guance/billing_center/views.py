"""The billing center: an account's overview and its workspaces (spec guance C)."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from mock_sites.guance.domain import billing_accounts, workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.web.context import book, local
from mock_sites.web.forms import SiteForm, attempt, form_page, required, trimmed
from mock_sites.web.signing_in import safe_next, sign_in, sign_out, signed_in_subject
from mock_sites.web.texts import lazy as _l

HOST = "boss.guance.com"
REALM = "billing-center"
SIGN_IN_PAGE = f"https://{HOST}/signin"

blueprint = Blueprint("billing_center", __name__)


class SignInForm(SiteForm):
    """Sign in to the billing center."""

    username = StringField(_l("Username or email"), filters=[trimmed], validators=required())
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Fill in this field."))])


@blueprint.context_processor
def _who() -> dict[str, BillingAccount | str | None]:  # pyright: ignore[reportUnusedFunction]
    who = billing_accounts.find(book(), signed_in_subject())
    return {"signed_in": who, "sign_out_url": url_for("billing_center.leave")}


@blueprint.route("/signin", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """Sign in with username or email and password."""
    form = SignInForm()
    account = attempt(
        form, lambda: billing_accounts.check_password(book(), form.username.data or "", form.password.data or "")
    )
    if account is None:
        return form_page("billing_center/sign_in.html", form)
    sign_in(account.id)
    return redirect(safe_next(local(f"https://{HOST}/"), HOST))


@blueprint.get("/")
@login_required
def overview() -> ResponseReturnValue:
    """Account Overview."""
    account = _account()
    return render_template(
        "billing_center/overview.html",
        page="overview",
        account=account,
        cloud_accounts=billing_accounts.cloud_accounts(book(), account.id),
        workspaces=workspaces.of_billing_account(book(), account.id),
    )


@blueprint.get("/workspaces")
@login_required
def workspace_management() -> ResponseReturnValue:
    """Workspace Management."""
    return render_template(
        "billing_center/workspaces.html",
        page="workspaces",
        workspaces=workspaces.of_billing_account(book(), _account().id),
        sites=SITES,
        settlements=workspaces.SETTLEMENTS,
    )


@blueprint.post("/signout")
def leave() -> ResponseReturnValue:
    """Sign out."""
    sign_out()
    return redirect(local(SIGN_IN_PAGE))


def _account() -> BillingAccount:
    return billing_accounts.find(book(), signed_in_subject()) or abort(401)
