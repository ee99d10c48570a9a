"""Binding an existing fee center account and its workspaces (S1, Existing Fee Center Account)."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance import code_answers
from mock_sites.guance.domain import bindings, visits, workspaces
from mock_sites.guance.domain.bindings import WorkspaceRow
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Visit, Workspace
from mock_sites.guance.onboarding.forms import AccountForm
from mock_sites.guance.onboarding.mails import binding_code
from mock_sites.guance.onboarding.visiting import on_visit
from mock_sites.web.context import local, uow
from mock_sites.web.forms import SiteForm, refusal_text, submit
from mock_sites.web.messages import alert, notice
from mock_sites.web.paging import page_of
from mock_sites.world.errors import Refusal

blueprint = Blueprint("binding", __name__, url_prefix="/huaweicloud/bind")


@blueprint.route("", methods=["GET", "POST"])
@on_visit
def page(visit: Visit) -> ResponseReturnValue:
    """The binding page. Its form names the fee center account to bind."""
    form = AccountForm()
    account = submit(form, lambda: bindings.bind_account(uow(), visit, form.username.data or "", form.code.data or ""))
    if account is None:
        return _page(visit, form), 422 if form.refused else 200
    notice(_("The fee center account %(username)s is bound. Now bind a workspace.", username=account.username))
    return redirect(url_for(".page"))


@blueprint.post("/code")
@on_visit
def send_code(visit: Visit) -> ResponseReturnValue:
    """Mail a code to the holder of a fee center account. The answer does not reveal whether the account exists."""
    form = AccountForm()
    return code_answers.answer(
        form,
        form.username,
        lambda username: bindings.send_code(uow(), username, lambda digits: binding_code(visit, digits)),
        _(
            "If there is a fee center account with this username, we have sent a code to its email. It is valid for"
            " 5 minutes."
        ),
        lambda: _page(visit, form),
    )


@blueprint.post("/account/release")
@on_visit
def release_account(visit: Visit) -> ResponseReturnValue:
    """Start again with another fee center account."""
    bindings.release_account(uow(), visit)
    return redirect(url_for(".page"))


@blueprint.post("/site")
@on_visit
def choose_site(visit: Visit) -> ResponseReturnValue:
    """Choose the site of workspaces that are created afterwards."""
    try:
        bindings.choose_site(uow(), visit, request.form.get("site", ""))
    except Refusal as refusal:
        alert(refusal_text(refusal))
    return redirect(url_for(".page"))


@blueprint.route("/workspaces/<workspace_id>", methods=["GET", "POST"])
@on_visit
def workspace(visit: Visit, workspace_id: str) -> ResponseReturnValue:
    """The page that asks to confirm the binding of a workspace (S1, Bind Existing Workspace, 2)."""
    row = bindings.find(uow(), visit, workspace_id) or abort(404)
    if request.method == "GET":
        if row.is_bound or row.objection:
            return redirect(url_for(".page"))
        return render_template(
            "onboarding/bind_workspace.html",
            visit=visit,
            row=row,
            payer=visits.payer(uow(), visit),
            account=bindings.account_of(uow(), visit),
            settlement=workspaces.SETTLEMENTS[row.workspace.settled_by],
        )
    try:
        bindings.bind_workspace(uow(), visit, row.workspace)
    except Refusal as refusal:
        alert(refusal_text(refusal))
    return redirect(url_for(".page"))


@blueprint.post("/confirm")
@on_visit
def confirm(visit: Visit) -> ResponseReturnValue:
    """Let the binding take effect, and go to the login page of the workspace's site (S1, Successful Activation)."""
    form = SiteForm()
    bound = submit(form, lambda: bindings.confirm(uow(), visit))
    if bound is None:
        return _page(visit, AccountForm(formdata=None), form), 422
    visits.end(uow(), visit)
    names = ", ".join(f"{one.name} · {_(SITES[one.site].name)}" for one in bound)
    notice(_("Successfully Bind the Following Guance Workspace: %(names)s", names=names))
    return redirect(f"{local(SITES[bound[0].site].login_url)}?workspace={bound[0].id}")


@blueprint.get("/code")
@blueprint.get("/confirm")
def after_post() -> ResponseReturnValue:
    """Where a change of the language leads from the page of a refused form."""
    return redirect(url_for(".page"))


def _page(visit: Visit, form: AccountForm, confirmation: SiteForm | None = None) -> str:
    search = request.args.get("search", "").strip()

    def row(workspace: Workspace) -> WorkspaceRow:
        return bindings.row_of(uow(), visit, workspace)

    return render_template(
        "onboarding/bind.html",
        visit=visit,
        form=form,
        refused=confirmation or form,
        account=bindings.account_of(uow(), visit),
        site=SITES[visit.site],
        sites=bindings.sites_for(uow(), visit),
        open=page_of(uow(), bindings.available(uow(), visit, search)).with_rows(row),
        closed=page_of(uow(), bindings.unavailable(uow(), visit), "closed-page").with_rows(row),
        any_bound=bindings.any_bound(uow(), visit),
        search=search,
        settlements=workspaces.SETTLEMENTS,
        all_sites=SITES,
    )
