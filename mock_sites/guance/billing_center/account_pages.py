"""Account Management: Profile, Security, Real-Name Authentication, Cloud Accounts (spec guance C.2)."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.billing_center.forms import AnotherWorkspaceForm, ProfileForm, RealNameForm
from mock_sites.guance.billing_center.signed_in import account, workspace_or_404
from mock_sites.guance.domain import (
    billing_accounts,
    profile,
    settlement,
    settlement_options,
    subscriptions,
    workspaces,
)
from mock_sites.guance.domain.profile import Profile
from mock_sites.guance.domain.settlement_options import REGISTERED
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.states import SubscriptionState
from mock_sites.guance.domain.tables import CloudAccount
from mock_sites.guance.forms import ChangePasswordForm
from mock_sites.guance.people import company_names
from mock_sites.web.context import uow
from mock_sites.web.forms import form_page, options, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required, sign_in
from mock_sites.web.texts import spoken

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.route("/profile", methods=["GET", "POST"])
@login_required
def show_profile() -> ResponseReturnValue:
    """Profile. The username is shown and cannot be changed."""
    who = account()
    form = ProfileForm(obj=who)
    if not form.is_submitted():
        form.company.data = spoken(company_names(who.company))
    if submit(form, lambda: _update(form)) is None:
        return form_page("billing_center/profile.html", form, page="account", tab="profile", account=who)
    notice(_("Your profile was saved."))
    return redirect(url_for(".show_profile"))


@blueprint.route("/security", methods=["GET", "POST"])
@login_required
def security() -> ResponseReturnValue:
    """Security: change the password. This session stays signed in, and all others end."""
    who, form = account(), ChangePasswordForm()
    if submit(form, lambda: _change_password(form)) is None:
        return form_page("billing_center/security.html", form, page="account", tab="security", account=who)
    sign_in(who.id)
    notice(_("Your password was changed. All other sessions have ended."))
    return redirect(url_for(".security"))


@blueprint.route("/real-name", methods=["GET", "POST"])
@login_required
def real_name() -> ResponseReturnValue:
    """Real-Name Authentication of an enterprise."""
    who, form = account(), RealNameForm()
    if submit(form, lambda: _certify(form)) is None:
        return form_page("billing_center/real_name.html", form, page="account", tab="real-name", account=who)
    notice(_("Your account is certified as an enterprise."))
    return redirect(url_for(".real_name"))


@blueprint.get("/cloud-accounts")
@login_required
def cloud_accounts() -> ResponseReturnValue:
    """Cloud Accounts, and the workspaces that each of them pays for."""
    return render_template("billing_center/cloud_accounts.html", **_cloud_accounts())


@blueprint.route("/cloud-accounts/<cloud_account_id>/bind", methods=["GET", "POST"])
@login_required
def another(cloud_account_id: str) -> ResponseReturnValue:
    """Bind Workspace, a dialog: let a cloud account pay for one more workspace. The rules are those of Workspace
    Management.
    """
    linked = billing_accounts.cloud_accounts(account().id).where(CloudAccount.id == cloud_account_id)
    cloud_account = uow().session.scalars(linked).first() or abort(404)
    form, search = AnotherWorkspaceForm(), request.args.get("search", "").strip()
    candidates = page_of(uow(), workspaces.unpaid(account().id, search), "workspace-page")
    can_be = [one for one in candidates if settlement_options.objection(uow(), one, REGISTERED) is None]
    form.workspace.choices = options({one.id: f"{one.name} ({_(SITES[one.site].name)})" for one in can_be})
    name = submit(form, lambda: _settle(cloud_account, form.workspace.data))
    if name is None:
        dialog = {"chosen": cloud_account, "can_be": can_be, "candidates": candidates, "search": search}
        return form_page("billing_center/another_workspace.html", form, **dialog, **_cloud_accounts())
    notice(_("%(name)s is settled by the Huawei Cloud account now.", name=name))
    return redirect(url_for(".cloud_accounts"))


def _update(form: ProfileForm) -> bool:
    fields = (form.company, form.industry, form.region, form.description, form.contact)
    profile.update(uow(), account(), Profile(*(field.data or "" for field in fields)))
    return True


def _change_password(form: ChangePasswordForm) -> bool:
    profile.change_password(uow(), account(), form.current.data or "", form.password.data or "")
    return True


def _certify(form: RealNameForm) -> bool:
    profile.certify(uow(), account(), form.licence_name.data or "", form.taxpayer_number.data or "")
    return True


def _settle(cloud_account: CloudAccount, workspace_id: str) -> str:
    workspace = workspace_or_404(workspace_id)
    settlement.settle_by_registered(uow(), workspace, cloud_account)
    return workspace.name


def _cloud_accounts() -> dict[str, object]:
    linked = page_of(uow(), billing_accounts.cloud_accounts(account().id))
    ids = [one.id for one in linked]
    return {
        "page": "account",
        "tab": "cloud-accounts",
        "cloud_accounts": linked,
        "open_ones": subscriptions.those_with(uow(), ids, SubscriptionState.OPEN),
        "suspended": subscriptions.those_with(uow(), ids, SubscriptionState.SUSPENDED),
        "counts": workspaces.settled_counts(uow(), account().id, ids).by_cloud_account,
        "workspaces": workspaces.first_settled_by(uow(), ids),
        "sites": SITES,
    }
