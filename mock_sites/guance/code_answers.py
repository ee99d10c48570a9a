"""Answering "Get code": as JSON to a script, else as the page with what was typed on it."""

from collections.abc import Callable

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from wtforms import Field

from mock_sites.web.context import discard, keep
from mock_sites.web.forms import SiteForm, refusal_text
from mock_sites.web.messages import alert, notice
from mock_sites.world.errors import Refusal


def answer(
    form: SiteForm, recipient: Field, send: Callable[[str], None], sent: str, page: Callable[[], str]
) -> ResponseReturnValue:
    """Have a code sent if only ``recipient``, the field that says to whom, is good."""
    refused = ""
    if recipient.validate(form):
        try:
            send(str(recipient.data))
            keep()
        except Refusal as refusal:
            refused = refusal_text(refusal)
    else:
        refused = str(recipient.errors[0])
    status = 422 if refused else 200
    if request.accept_mimetypes.best == "application/json":
        return jsonify(good=not refused, text=refused or sent), status
    discard()
    recipient.errors = []
    (alert if refused else notice)(refused or sent)
    return page(), status
