"""Settings: what describes a workspace, its token, from where it may be opened, its export, and deletions."""

import json

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.console.forms import AddressesForm, BasicsForm, DeletionForm, TokenForm
from mock_sites.guance.console.workspace import my_workspace, to_change, workspace_page
from mock_sites.guance.domain import settings, workspace_export
from mock_sites.guance.domain.members import ADMINISTRATOR, OWNER
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry.metrics import METRICS
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, submit
from mock_sites.web.messages import notice
from mock_sites.web.signing_in import login_required

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
    return _page("access", workspace, "access", form, here=here)


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
        notice(_("%(name)s was deleted.", name=form.target.data))
        return redirect(url_for(".deletions", workspace_id=workspace.id))
    done = settings.deletions_of(uow(), workspace)
    return _page("deletions", workspace, "deletions", form, done=done, metrics=METRICS)


def _page(name: str, workspace: Workspace, tab: str, form: SiteForm, **values: object) -> tuple[str, int]:
    page = workspace_page(f"console/{name}.html", workspace, page="settings", tab=tab, form=form, **values)
    return page, 422 if form.refused else 200
