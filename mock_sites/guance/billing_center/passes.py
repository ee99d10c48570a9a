"""Coming from a locked workspace: the billing center without a login (spec guance C.5, Unlock Now)."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.guance.domain import passes
from mock_sites.web.context import book
from mock_sites.web.forms import refusal_text
from mock_sites.web.messages import alert
from mock_sites.web.signing_in import sign_in
from mock_sites.world.errors import Refusal

blueprint = Blueprint("passes", __name__)


@blueprint.get("/pass")
def enter() -> ResponseReturnValue:
    """Let the holder of a pass in, once, and show Workspace Management."""
    wanted = url_for("billing_center.workspaces.manage", _external=True)
    try:
        found = passes.redeem(book(write=True), request.args.get("token", ""))
    except Refusal as refusal:
        alert(refusal_text(refusal))
        return redirect(url_for("billing_center.door.enter", next=wanted))
    sign_in(found.billing_account_id)
    return redirect(wanted)
