"""Dissolving a locked workspace. Only its owner can do it (spec guance C.5)."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mock_sites.guance.console.views import overview_page
from mock_sites.guance.console.workspace import my_account, my_workspace
from mock_sites.guance.domain import locks
from mock_sites.guance.domain.tables import Workspace
from mock_sites.web.context import uow
from mock_sites.web.forms import SiteForm, submit
from mock_sites.web.messages import notice
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("locks", __name__)


@blueprint.route("/workspace/<workspace_id>/dissolve", methods=["GET", "POST"])
@login_required
def dissolve(workspace_id: str) -> ResponseReturnValue:
    """Ask whether to dissolve the workspace, and do it. This cannot be undone."""
    workspace, form = my_workspace(workspace_id), SiteForm()

    def confirm() -> Workspace:
        locks.dissolve(uow(), workspace, my_account())
        return workspace

    if submit(form, confirm):
        notice(_("%(name)s has been dissolved.", name=workspace.name))
        return redirect(url_for("console.home"))
    page = overview_page(workspace, "console/dissolve.html", form=form)
    return page, 422 if form.refused else 200
