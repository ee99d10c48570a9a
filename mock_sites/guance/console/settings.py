"""Settings: what describes a workspace, its token, from where it may be opened, its export, and deletions."""

import json

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.console.forms import AddressesForm, BasicsForm, DeletionForm, ImportForm, TokenForm
from mock_sites.guance.console.workspace import my_account, my_workspace, to_change, workspace_page
from mock_sites.guance.domain import members, mfa, settings, workspace_export, workspace_import
from mock_sites.guance.domain.members import ADMINISTRATOR, OWNER
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry.metrics import METRICS
from mock_sites.guance.domain.workspace_import import Configuration, Importer
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, done, submit
from mock_sites.web.json_forms import typed
from mock_sites.web.messages import notice
from mock_sites.web.signing_in import login_required
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import count_of

blueprint = Blueprint("settings", __name__, url_prefix="/workspace/<workspace_id>/settings")


@blueprint.route("", methods=["GET", "POST"])
@login_required
def basics(workspace_id: str) -> ResponseReturnValue:
    """Basic Information, and its change."""
    workspace = my_workspace(workspace_id, to_change(ADMINISTRATOR))
    form = BasicsForm(obj=workspace)

    def change() -> bool:
        language, remark, description = form.language.data or "", form.remark.data or "", form.description.data or ""
        settings.change_basics(uow(), workspace, language=language, remark=remark, description=description)
        return True

    if submit(form, change):
        notice(_("The settings were saved."))
        return redirect(url_for(".basics", workspace_id=workspace.id))
    return _page("settings", workspace, "basics", form)


@blueprint.get("/export")
@login_required
def export(workspace_id: str) -> Response:
    """The configuration as a file."""
    workspace = my_workspace(workspace_id, ADMINISTRATOR)
    text = json.dumps(workspace_export.configuration_of(uow(), workspace), ensure_ascii=False, indent=2)
    named = {"Content-Disposition": f'attachment; filename="{workspace.id}.json"'}
    return Response(text + "\n", mimetype="application/json", headers=named)


@blueprint.route("/import", methods=["GET", "POST"])
@login_required
def import_configuration(workspace_id: str) -> ResponseReturnValue:
    """Take over a configuration that was exported, of this workspace or of another one."""
    workspace, form = my_workspace(workspace_id, to_change(ADMINISTRATOR)), ImportForm()

    def take() -> None:
        found = workspace_import.read(form.file.data.read())
        _check_basics(found)
        by = Importer(g.role, request.remote_addr or "")
        choice, name = form.taken.data or "", form.name.data or ""
        workspace_import.apply(uow(), workspace, found, taken=choice, name=name, by=by)

    if submit(form, done(take)):
        notice(_("The configuration was imported."))
        return redirect(url_for(".basics", workspace_id=workspace.id))
    return _page("import", workspace, "basics", form)


@blueprint.route("/token", methods=["GET", "POST"])
@login_required
def token(workspace_id: str) -> ResponseReturnValue:
    """The token of DataKit, and its change."""
    workspace, form = my_workspace(workspace_id, ADMINISTRATOR), TokenForm()

    def change() -> bool:
        settings.change_token(uow(), workspace, form.grace.data or "", form.name.data or "")
        return True

    if submit(form, change):
        notice(_("The token was changed. Install DataKit with the new one on all hosts."))
        return redirect(url_for(".token", workspace_id=workspace.id))
    return _page("token", workspace, "token", form, past=settings.valid_past_tokens(uow(), workspace))


@blueprint.route("/access", methods=["GET", "POST"])
@login_required
def access(workspace_id: str) -> ResponseReturnValue:
    """From where the workspace may be opened, and how its members sign in."""
    workspace, here = my_workspace(workspace_id, to_change(ADMINISTRATOR)), request.remote_addr or ""
    form = AddressesForm(addresses=workspace.allowed_addresses)

    def change() -> bool:
        settings.allow_addresses(uow(), workspace, form.addresses.data or "", here)
        return True

    if submit(form, change):
        notice(_("The settings were saved."))
        return redirect(url_for(".access", workspace_id=workspace.id))
    return _access(workspace, form, form)


@blueprint.post("/access/mfa")
@login_required
def require_mfa(workspace_id: str) -> ResponseReturnValue:
    """Require MFA of the members, or no longer."""
    workspace, form = my_workspace(workspace_id, ADMINISTRATOR), SiteForm()
    required = request.form.get("required") == "yes"
    if submit(form, done(lambda: mfa.require(uow(), workspace, my_account(), required=required))):
        notice(_("The settings were saved."))
        return redirect(url_for(".access", workspace_id=workspace.id))
    return _access(workspace, AddressesForm(formdata=None, addresses=workspace.allowed_addresses), form)


@blueprint.route("/deletions", methods=["GET", "POST"])
@login_required
def deletions(workspace_id: str) -> ResponseReturnValue:
    """Deleting a host or the values of a metric: risky operations that are confirmed by the name of the workspace."""
    workspace, form = my_workspace(workspace_id, to_change(OWNER)), DeletionForm()

    def delete() -> bool:
        kind, target, name = form.kind.data or "", form.target.data or "", form.name.data or ""
        settings.delete(uow(), workspace, kind, target, name)
        return True

    if submit(form, delete):
        deleted = N_("Host %(name)s was deleted.") if form.kind.data == "host" else N_("Metric %(name)s was deleted.")
        notice(_(deleted, name=form.target.data))
        return redirect(url_for(".deletions", workspace_id=workspace.id))
    deleted = settings.deletions_of(uow(), workspace)
    return _page("deletions", workspace, "deletions", form, deleted=deleted, metrics=METRICS)


def _check_basics(found: Configuration) -> None:
    """Check what describes a workspace in a file as the form for it does."""
    try:
        typed(BasicsForm, found.workspace.model_dump(include={"language", "remark", "description"}))
    except Refusal as refusal:
        raise workspace_import.wrong_entry(refusal.field) from None


def _access(workspace: Workspace, form: AddressesForm, refused: SiteForm) -> tuple[str, int]:
    page, _status = _page(
        "access",
        workspace,
        "access",
        form,
        refused=refused,
        here=request.remote_addr or "",
        people=count_of(uow(), members.members_of(workspace)) + 1,
        bound=mfa.bound_members(uow(), workspace),
    )
    return page, 422 if refused.refused else 200


def _page(name: str, workspace: Workspace, tab: str, form: SiteForm, **values: object) -> tuple[str, int]:
    page = workspace_page(f"console/{name}.html", workspace, page="settings", tab=tab, form=form, **values)
    return page, 422 if form.refused else 200
