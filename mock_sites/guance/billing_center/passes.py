"""Coming from a workspace: the billing center without a login (spec guance C, B4; C.5, Unlock Now)."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.guance.billing_center.sign_in import let_in
from mock_sites.guance.domain import passes
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.web.context import uow
from mock_sites.web.forms import refusal_text
from mock_sites.web.messages import alert
from mock_sites.web.site import csrf
from mock_sites.world.errors import Refusal

blueprint = Blueprint("passes", __name__)


@blueprint.post("/pass")
@csrf.exempt
def enter() -> ResponseReturnValue:
    """Let the holder of a pass in, once: to Workspace Management from a locked workspace, else to the overview.

    The form comes from the console, another host, whose session has no part in this site's. So it cannot carry a token
    of this site; it is the pass that proves that the console sent it, and whoever has none changes nothing here.
    """
    try:
        found = passes.redeem(uow(), request.form.get("pass", ""))
    except Refusal as refusal:
        alert(refusal_text(refusal))
        return redirect(url_for("billing_center.sign_in.enter"))
    let_in(found.billing_account)
    locked = found.workspace.state is WorkspaceState.LOCKED
    return redirect(url_for("billing_center.workspaces.manage" if locked else "billing_center.wallet.overview"))
