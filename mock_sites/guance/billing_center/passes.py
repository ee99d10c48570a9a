"""Opening the billing center from a workspace without a login (spec guance C, B4; C.5, Unlock Now)."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.guance.billing_center.sign_in import start_session
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
    """Sign in the holder of a pass. A pass works once. It leads from a locked workspace to Workspace Management, else
    to the overview.

    The form comes from the console, which is another host and has another session. So it cannot carry a CSRF token of
    this site. The pass proves that the console sent the form, and a request without a pass changes nothing.
    """
    try:
        found = passes.redeem(uow(), request.form.get("pass", ""))
    except Refusal as refusal:
        alert(refusal_text(refusal))
        return redirect(url_for("billing_center.sign_in.enter"))
    start_session(found.billing_account)
    locked = found.workspace.state is WorkspaceState.LOCKED
    return redirect(url_for("billing_center.workspaces.manage" if locked else "billing_center.overview.show"))
