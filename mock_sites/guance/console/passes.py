"""Going from a workspace to the billing center without a login (spec guance C, B4; C.5, Unlock Now)."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mock_sites.guance.console.workspace import my_account, my_workspace
from mock_sites.guance.domain import passes
from mock_sites.guance.hosts import current_site
from mock_sites.web.context import commit, uow
from mock_sites.web.forms import refusal_text
from mock_sites.web.messages import alert
from mock_sites.web.signing_in import login_required
from mock_sites.world.errors import Refusal

blueprint = Blueprint("passes", __name__)


@blueprint.post("/workspace/<workspace_id>/billing-center")
@login_required
def hand_over(workspace_id: str) -> ResponseReturnValue:
    """A page whose form sends a pass to the billing center.

    The pass is in the body of the request, because an address is not secret. A script sends the form. Without scripts
    the user presses its button.
    """
    workspace = my_workspace(workspace_id)
    try:
        token = passes.issue(uow(), workspace, my_account())
    except Refusal as refusal:
        alert(refusal_text(refusal))
        return redirect(url_for("console.overview", workspace_id=workspace.id))
    commit()
    return render_template("console/hand_over.html", token=token, workspace=workspace, site=current_site())
