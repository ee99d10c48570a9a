"""Answers to "Get code": JSON for a script, else the page with the typed values."""

from collections.abc import Callable

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from wtforms import Field

from mock_sites.web.context import commit, discard
from mock_sites.web.forms import SiteForm, refusal_text
from mock_sites.web.language import translate
from mock_sites.web.messages import alert, notice
from mock_sites.world.errors import Refusal


def answer(
    form: SiteForm, recipient: Field, send: Callable[[str], None], sent: str, page: Callable[[], str]
) -> ResponseReturnValue:
    """Send a code if ``recipient``, the field with the address, is valid. The other fields do not matter."""
    refused = ""
    if recipient.validate(form):
        try:
            send(str(recipient.data))
            commit()
        except Refusal as refusal:
            refused = refusal_text(refusal, translate)
    else:
        refused = str(recipient.errors[0])
    status = 422 if refused else 200
    if request.accept_mimetypes.best == "application/json":
        return jsonify(good=not refused, text=refused or sent), status
    discard()
    recipient.errors = []
    (alert if refused else notice)(refused or sent)
    return page(), status
