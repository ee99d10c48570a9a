"""Workspace Management: the list, binding, the settlement method, and unlocking (spec guance C.4 and C.5; S2)."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.billing_center.forms import BindForm, HuaweiForm, RegisteredForm
from mock_sites.guance.billing_center.signed_in import account, workspace_or_404
from mock_sites.guance.domain import locks, settlement, settlement_options, workspaces
from mock_sites.guance.domain.settlement_options import BILLING_CENTER, HUAWEI, METHODS, REGISTERED
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import CloudAccount, Workspace
from mock_sites.guance.domain.workspaces import SETTLEMENTS
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, form_page, options, submit
from mock_sites.web.messages import notice
from mock_sites.web.paging import Page, page_of
from mock_sites.web.signing_in import login_required
from mock_sites.world.agreement import PRODUCT_PAGE
from mock_sites.world.errors import N_, Refusal

blueprint = Blueprint("workspaces", __name__, url_prefix="/workspaces")


@blueprint.get("")
@login_required
def manage() -> ResponseReturnValue:
    """Workspace Management."""
    return render_template("billing_center/workspaces.html", **_list())


@blueprint.route("/bind", methods=["GET", "POST"])
@login_required
def bind() -> ResponseReturnValue:
    """Bind Workspace, a dialog."""
    form = BindForm()
    bound = submit(form, lambda: settlement.bind_workspace(uow(), account(), form.workspace_id.data or ""))
    if bound is None:
        return form_page("billing_center/bind_workspace.html", form, **_list())
    notice(_("%(name)s was bound to your account.", name=bound.name))
    return redirect(url_for(".manage"))


@blueprint.route("/<workspace_id>/settlement", methods=["GET", "POST"])
@login_required
def change(workspace_id: str) -> ResponseReturnValue:
    """Change Settlement Method, a dialog. ``method`` in the address says whose fields it shows."""
    workspace = workspace_or_404(workspace_id)
    method = request.args.get("method", "")
    if method not in {"", *METHODS}:
        abort(404)
    registered = _registered(workspace) if method == REGISTERED else Page[CloudAccount]([], 1, 0)
    form = _method_form(method, registered)
    if submit(form, lambda: _settle(workspace, method, form, registered)) is None:
        values = {"registered": registered, **_list(), **_choices(workspace, method)}
        return form_page("billing_center/change_settlement.html", form, **values)
    if method == BILLING_CENTER:
        notice(_("%(name)s is settled by your Billing Center account now.", name=workspace.name))
    else:
        notice(_("%(name)s is settled by the Huawei Cloud account now.", name=workspace.name))
    return redirect(url_for(".manage"))


@blueprint.route("/<workspace_id>/unlock", methods=["GET", "POST"])
@login_required
def unlock(workspace_id: str) -> ResponseReturnValue:
    """Ask whether to unlock the workspace, and unlock it (S2, Canceling, note)."""
    workspace, form = workspace_or_404(workspace_id), SiteForm()
    if submit(form, lambda: _unlock(workspace)) is None:
        return form_page("billing_center/unlock.html", form, chosen=workspace, account=account(), **_list())
    notice(_("%(name)s is unlocked. It is settled by your Billing Center account from now on.", name=workspace.name))
    return redirect(url_for(".manage"))


def _unlock(workspace: Workspace) -> bool:
    locks.unlock(uow(), workspace)
    return True


def _registered(workspace: Workspace) -> Page[CloudAccount]:
    return page_of(uow(), settlement_options.registered_accounts(workspace.billing_account_id), "account-page")


def _method_form(method: str, registered: Page[CloudAccount]) -> SiteForm:
    if method == HUAWEI:
        return HuaweiForm()
    if method == REGISTERED:
        form = RegisteredForm()
        form.cloud_account.choices = options({one.id: one.id for one in registered})
        return form
    return SiteForm()


def _settle(workspace: Workspace, method: str, form: SiteForm, registered: Page[CloudAccount]) -> bool:
    if isinstance(form, HuaweiForm):
        settlement.settle_by_huawei(
            uow(),
            workspace,
            huawei_account_id=form.huawei_account_id.data or "",
            instance_id=form.instance_id.data or "",
        )
    elif isinstance(form, RegisteredForm):
        chosen = next(one for one in registered if one.id == form.cloud_account.data)
        settlement.settle_by_registered(uow(), workspace, chosen)
    elif method == BILLING_CENTER:
        settlement.settle_by_billing_center(uow(), workspace)
    elif method:
        settlement.check(uow(), workspace, method)
    else:
        raise Refusal(N_("Choose a settlement method."))
    return True


def _choices(workspace: Workspace, method: str) -> dict[str, Any]:
    found = settlement_options.options_for(uow(), workspace)
    return {
        "chosen": workspace,
        "objection": settlement_options.objection_to_any_change(uow(), workspace),
        "choices": found,
        "choice": next((one for one in found if one.method == method), None),
        "product_page": PRODUCT_PAGE,
    }


def _list() -> dict[str, Any]:
    text = request.args.get("search", "").strip()
    bound = page_of(uow(), workspaces.of_billing_account(account().id, text))
    return {
        "page": "workspaces",
        "workspaces": bound,
        "search": text,
        "days_left": {workspace.id: locks.days_left(workspace, uow().now) for workspace in bound},
        "sites": SITES,
        "settlements": SETTLEMENTS,
    }
